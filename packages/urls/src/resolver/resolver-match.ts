import type { PatternMatch } from "../patterns/pattern.ts";
import type { AnyView } from "../view.ts";
import type { UrlEntry } from "./entry.ts";
import { mergeArguments, type Step } from "./step.ts";
import type { URLPattern } from "./url-pattern.ts";
import type { URLResolver } from "./url-resolver.ts";

type Kwargs = Record<string, unknown>;

/**
 * What a path leads to. What few requests ask for (names, the route) is worked out when asked. Django: `ResolverMatch`.
 */
export class ResolverMatch {
  /** The view. Call it with the request, `kwargs` and `...args`. */
  readonly func: AnyView;
  /** Unnamed groups; empty where there are named arguments. */
  readonly args: readonly (string | undefined)[];
  /** Captured and default keyword arguments of the pattern and of the includes around it. */
  readonly kwargs: Kwargs;
  readonly #pattern: URLPattern;
  readonly #match: PatternMatch;
  readonly #step: Step;
  readonly #path: string;

  constructor(pattern: URLPattern, match: PatternMatch, step: Step, path: string) {
    this.func = pattern.view;
    this.#pattern = pattern;
    this.#match = match;
    this.#step = step;
    this.#path = path;
    const merged = mergeArguments(pattern, match, step);
    this.args = merged.args;
    this.kwargs = merged.kwargs;
  }

  /** The name of the pattern; undefined where it has none. */
  get urlName(): string | undefined {
    return this.#pattern.name;
  }

  /** The name with its namespaces, `"polls:detail"`; the view's own name where the pattern has none. */
  get viewName(): string {
    return [...this.namespaces, this.#pattern.name ?? this.#pattern.viewName].join(":");
  }

  /** The application namespaces around the pattern, outermost first. */
  get appNames(): readonly string[] {
    return this.#resolvers.map(({ appName }) => appName).filter(isPresent);
  }

  /** `appNames` joined by colons. */
  get appName(): string {
    return this.appNames.join(":");
  }

  /** The instance namespaces around the pattern, outermost first. */
  get namespaces(): readonly string[] {
    return this.#resolvers.map(({ namespace }) => namespace).filter(isPresent);
  }

  /** `namespaces` joined by colons. */
  get namespace(): string {
    return this.namespaces.join(":");
  }

  /** The patterns along the way, as written, in one text. */
  get route(): string {
    const parts = [...this.#resolvers.slice(1), this.#pattern].map((entry) => entry.pattern.toString());
    return parts.reduceRight((inner, outer) => (outer === "" ? inner : outer + inner.replace(/^\^/, "")), "");
  }

  /** The keyword arguments that the pattern itself took from the path. */
  get capturedKwargs(): Readonly<Kwargs> {
    return this.#match.kwargs;
  }

  /** The default keyword arguments of the pattern and of the includes around it. */
  get extraKwargs(): Readonly<Kwargs> {
    return Object.assign({}, ...this.#resolvers.map((resolver) => resolver.defaultKwargs), this.#pattern.defaultKwargs);
  }

  /** The patterns that were tried up to and including this one; each with the includes that lead to it before it. */
  get tried(): UrlEntry[][] {
    const root = this.#resolvers[0];
    return root === undefined ? [] : root.tried(this.#path);
  }

  get #resolvers(): URLResolver[] {
    const resolvers: URLResolver[] = [];
    for (let step: Step | undefined = this.#step; step !== undefined; step = step.outer)
      resolvers.unshift(step.resolver);
    return resolvers;
  }
}

function isPresent(name: string | undefined): name is string {
  return name !== undefined && name !== "";
}
