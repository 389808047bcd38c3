import type { Engine } from "../engine.ts";
import type { TriedOrigin } from "../errors.ts";
import type { Origin } from "../origin.ts";
import { Template } from "../template.ts";
import type { Loader } from "./loader.ts";

// Names can come from a variable, so what is remembered of missing ones has a limit.
const MOST_MISSING = 1000;

/**
 * Keeps what other loaders found, and what they did not find. Django: `django.template.loaders.cached.Loader`.
 */
export class CachedLoader implements Loader {
  readonly #loaders: readonly Loader[];
  readonly #found = new Map<string, Template>();
  readonly #missing = new Map<string, readonly TriedOrigin[]>();

  constructor(loaders: readonly Loader[]) {
    this.#loaders = loaders;
  }

  find(name: string, engine: Engine, skip: readonly Origin[]): Template | readonly TriedOrigin[] {
    const key = skip.length === 0 ? name : [name, ...skip.map((origin) => origin.name)].join("\0");
    const known = this.#found.get(key) ?? this.#missing.get(key);
    if (known !== undefined) return known;
    const result = this.#search(name, engine, skip);
    if (result instanceof Template) this.#found.set(key, result);
    else if (this.#missing.size < MOST_MISSING) this.#missing.set(key, result);
    return result;
  }

  names(): Iterable<string> {
    return this.#loaders.flatMap((loader) => [...(loader.names?.() ?? [])]);
  }

  #search(name: string, engine: Engine, skip: readonly Origin[]): Template | readonly TriedOrigin[] {
    const tried: TriedOrigin[] = [];
    for (const loader of this.#loaders) {
      const result = loader.find(name, engine, skip);
      if (result instanceof Template) return result;
      tried.push(...result);
    }
    return tried;
  }

  reset(): void {
    this.#found.clear();
    this.#missing.clear();
    for (const loader of this.#loaders) loader.reset?.();
  }
}
