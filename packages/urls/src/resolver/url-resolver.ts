import { Resolver404 } from "../exceptions.ts";
import { NO_KWARGS, type PathPattern } from "../patterns/pattern.ts";
import { type ErrorStatus, errorHandlerOf } from "../urlconf/error-handlers.ts";
import type { Included } from "../urlconf/included.ts";
import type { ErrorView } from "../view.ts";
import { candidatesFor, makePrefixTree, type PrefixTree } from "./candidates.ts";
import { ENTRY, type UrlEntry } from "./entry.ts";
import { ResolverMatch } from "./resolver-match.ts";
import { type Step, stepInto } from "./step.ts";

/** A pattern that leads to further patterns: an include, or the root of a URLconf. Django: `URLResolver`. */
export class URLResolver {
  readonly [ENTRY] = "resolver";
  readonly pattern: PathPattern;
  readonly included: Included;
  /** Keyword arguments for all views below. */
  readonly defaultKwargs: Readonly<Record<string, unknown>>;
  #tree: PrefixTree | undefined;

  constructor(pattern: PathPattern, included: Included, defaultKwargs: Readonly<Record<string, unknown>> = NO_KWARGS) {
    this.pattern = pattern;
    this.included = included;
    this.defaultKwargs = defaultKwargs;
  }

  /** The patterns below. Throws ImproperlyConfigured where their module has not been loaded by `prepareUrlconf`. */
  get urlPatterns(): readonly UrlEntry[] {
    return this.included.urlPatterns;
  }

  /** The application namespace. */
  get appName(): string | undefined {
    return this.included.appName;
  }

  /** The instance namespace. */
  get namespace(): string | undefined {
    return this.included.namespace;
  }

  /**
   * What a path leads to, of which this resolver's own pattern is the front: the root takes paths with their slash.
   *
   * @throws Resolver404
   */
  resolve(path: string): ResolverMatch {
    const match = this.pattern.match(path);
    const found = match && this.#find(match.rest, stepInto(this, match, undefined), path);
    if (found !== undefined) return found;
    throw new Resolver404(match === undefined ? path : match.rest, () => this.tried(path));
  }

  /** The patterns that are tried for a path, in order, up to the one that matches. */
  tried(path: string): UrlEntry[][] {
    const match = this.pattern.match(path);
    return match === undefined ? [] : this.#try(match.rest).tried;
  }

  /**
   * The view that a root URLconf exports as `handler404` and its like; undefined where it has none.
   * Django: `resolve_error_handler`.
   */
  errorHandler(status: ErrorStatus): ErrorView | undefined {
    return errorHandlerOf(this.included, status);
  }

  toString(): string {
    const names = this.namespace === undefined ? "" : ` (${this.appName ?? ""}:${this.namespace})`;
    return `'${this.pattern.toString()}'${names}`;
  }

  #find(path: string, step: Step, wholePath: string): ResolverMatch | undefined {
    this.#tree ??= makePrefixTree(this.urlPatterns);
    for (const entry of candidatesFor(path, this.#tree)) {
      const match = entry.pattern.match(path);
      if (match === undefined) continue;
      if (entry[ENTRY] === "pattern") return new ResolverMatch(entry, match, step, wholePath);
      const found = entry.#find(match.rest, stepInto(entry, match, step), wholePath);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  // The way of `#find` once more, without its short cuts.
  #try(path: string): { tried: UrlEntry[][]; found: boolean } {
    const tried: UrlEntry[][] = [];
    for (const entry of this.urlPatterns) {
      const match = entry.pattern.match(path);
      const below = match !== undefined && entry[ENTRY] === "resolver" ? entry.#try(match.rest) : undefined;
      if (below === undefined) tried.push([entry]);
      else tried.push(...below.tried.map((entries) => [entry, ...entries]));
      if (below === undefined ? match !== undefined : below.found) return { tried, found: true };
    }
    return { tried, found: false };
  }
}
