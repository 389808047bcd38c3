// The variables that a template is rendered with, in layers.

import type { HttpRequest } from "@tsgo/http/request";

import { ContextPopException } from "../errors.ts";
import { toCamelCase } from "../parser/camel-case.ts";
import type { Template } from "../template.ts";
import { RenderContext } from "./render-context.ts";

/** Variables by name. */
export type ContextValues = Readonly<Record<string, unknown>>;

/** How a context is to be printed. */
export interface ContextOptions {
  /** Whether what is printed is escaped. The engine's option where it is left out. */
  readonly autoescape?: boolean;
  /** Whether numbers and dates follow the formats of the active language; true where it is left out. */
  readonly useL10n?: boolean | undefined;
  /** Whether dates are shown in the active time zone; the setting USE_TZ where it is left out. */
  readonly useTz?: boolean | undefined;
  readonly request?: HttpRequest | undefined;
}

type Layer = Record<string, unknown>;

const BUILTINS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

/**
 * Variables in layers: a tag that sets some for what stands inside of it adds a layer and takes it off again.
 * Django: `Context`.
 *
 * @example
 * const context = new Context({ user: "ada" });
 * context.push({ user: "grace" });
 * context.get("user"); // "grace"
 * context.pop();
 */
export class Context {
  autoescape: boolean;
  useL10n: boolean | undefined;
  useTz: boolean | undefined;
  /** The request that this is rendered for, where there is one. */
  readonly request: HttpRequest | undefined;
  /** The template whose rendering began with this context; undefined before. */
  template: Template | undefined;
  /** What compiled code has to wait for next. */
  pending: Promise<string> | undefined;
  /** What tags keep to themselves while a template is rendered. */
  renderContext = new RenderContext();
  readonly #layers: Layer[];
  // The lowest layer may be an object of the caller's, which is copied before something is set in it.
  #borrowed: boolean;

  constructor(values: ContextValues = {}, options: ContextOptions = {}) {
    this.autoescape = options.autoescape ?? true;
    this.useL10n = options.useL10n;
    this.useTz = options.useTz;
    this.request = options.request;
    this.#layers = [values];
    this.#borrowed = true;
  }

  /** How many layers there are. */
  get depth(): number {
    return this.#layers.length;
  }

  /**
   * The value of a variable in the uppermost layer that has it, or undefined. A template that says `latest_list` finds
   * `latestList`, so that templates written for Django run as they are.
   */
  lookup(name: string): unknown {
    const value = this.#find(name);
    if (value !== undefined) return value;
    const camelCase = toCamelCase(name);
    return camelCase === name ? BUILTINS.get(name) : this.#find(camelCase);
  }

  #find(name: string): unknown {
    const layers = this.#layers;
    for (let index = layers.length - 1; index >= 0; index -= 1) {
      const layer = layers[index];
      if (layer === undefined || !Object.hasOwn(layer, name)) continue;
      const value = layer[name];
      return value === undefined ? null : value;
    }
    return undefined;
  }

  /** The value of a variable; `fallback` where no layer has it. */
  get(name: string, fallback?: unknown): unknown {
    const value = this.lookup(name);
    return value === undefined ? fallback : value;
  }

  has(name: string): boolean {
    return this.lookup(name) !== undefined;
  }

  /** Sets a variable in the uppermost layer. */
  set(name: string, value: unknown): void {
    this.#top()[name] = value;
  }

  /** Takes a variable out of the uppermost layer. */
  delete(name: string): void {
    delete this.#top()[name];
  }

  /** Sets a variable in the layer that has it, or in the uppermost one. Django: `set_upward`. */
  setUpward(name: string, value: unknown): void {
    this.#own();
    const layer = this.#layers.findLast((candidate) => Object.hasOwn(candidate, name)) ?? this.#top();
    layer[name] = value;
  }

  /** Adds a layer with copies of the values. Gives the layer back, to be filled. */
  push(values?: ContextValues): Record<string, unknown> {
    const layer: Layer = Object.create(null) as Layer;
    if (values !== undefined) Object.assign(layer, values);
    this.#layers.push(layer);
    return layer;
  }

  /** Puts variables below all that is there, where whatever a view gives wins over them. */
  underlay(values: ContextValues): void {
    const layer: Layer = Object.assign(Object.create(null) as Layer, values);
    if (this.#layers.length === 1) this.#own();
    this.#layers.unshift(layer);
  }

  /**
   * Takes the uppermost layer off.
   *
   * @throws ContextPopException where only one is left.
   */
  pop(): void {
    if (this.#layers.length <= 1) throw new ContextPopException();
    this.#layers.pop();
  }

  /** Takes layers off until `depth` are left, after an error left some behind. */
  cutTo(depth: number): void {
    this.#layers.length = Math.min(depth, this.#layers.length);
  }

  /** Calls `fn` with a layer of its own, and takes that off again. Django: `with context.push()`. */
  with<R>(values: ContextValues, fn: () => R): R {
    this.push(values);
    try {
      return fn();
    } finally {
      this.pop();
    }
  }

  /** All variables in one object. */
  flatten(): Record<string, unknown> {
    const flat = Object.create(null) as Record<string, unknown>;
    for (const [name, value] of BUILTINS) flat[name] = value;
    return Object.assign(flat, ...this.#layers) as Record<string, unknown>;
  }

  /** A context with other variables and the same way to print them. Django: `new`. */
  new(values: ContextValues = {}): Context {
    const { autoescape, useL10n, useTz, request } = this;
    const context = new Context(values, { autoescape, useL10n, useTz, request });
    context.template = this.template;
    context.renderContext = this.renderContext;
    return context;
  }

  #top(): Layer {
    if (this.#layers.length === 1) this.#own();
    return this.#layers.at(-1) ?? this.push();
  }

  #own(): void {
    if (!this.#borrowed) return;
    this.#borrowed = false;
    this.#layers[0] = Object.assign(Object.create(null) as Layer, this.#layers[0]);
  }
}
