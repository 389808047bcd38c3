import type { Template } from "../template.ts";

/**
 * What tags remember while one template is rendered: where a `cycle` is, which blocks there are. A template that is
 * included begins with an empty one. Django: `RenderContext`.
 */
export class RenderContext {
  /** The template being rendered. */
  template: Template | undefined;
  readonly #shared = new Map<unknown, unknown>();
  #state = new Map<unknown, unknown>();

  /** What was kept under a key; a tag uses its node as the key. */
  get(key: unknown): unknown {
    return this.#state.get(key);
  }

  set(key: unknown, value: unknown): void {
    this.#state.set(key, value);
  }

  /** What was kept under a key; where nothing was, what `make` makes is kept first. */
  getOrMake<T>(key: unknown, make: () => T): T {
    if (!this.#state.has(key)) this.#state.set(key, make());
    return this.#state.get(key) as T;
  }

  /** Like `getOrMake`, for what included templates share with the one that includes them. */
  shared<T>(key: unknown, make: () => T): T {
    if (!this.#shared.has(key)) this.#shared.set(key, make());
    return this.#shared.get(key) as T;
  }

  /** Begins an empty state for a template. Gives back the function that brings the present one back. */
  enter(template: Template): () => void {
    const state = this.#state;
    const outer = this.template;
    this.#state = new Map();
    this.template = template;
    return () => {
      this.#state = state;
      this.template = outer;
    };
  }
}
