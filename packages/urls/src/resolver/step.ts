import { NO_KWARGS, type PatternMatch } from "../patterns/pattern.ts";
import type { URLPattern } from "./url-pattern.ts";
import type { URLResolver } from "./url-resolver.ts";

/** An include on the way to a pattern: which one, what it captured, and the one around it. */
export interface Step {
  readonly resolver: URLResolver;
  readonly match: PatternMatch;
  /** Undefined at the root. */
  readonly outer: Step | undefined;
  /** Whether neither this include nor one around it has arguments for the view. */
  readonly isBare: boolean;
}

/** What a view is called with. */
export interface ViewArguments {
  readonly args: readonly (string | undefined)[];
  readonly kwargs: Record<string, unknown>;
}

/** Takes a step further in. */
export function stepInto(resolver: URLResolver, match: PatternMatch, outer: Step | undefined): Step {
  const isBare =
    match.kwargs === NO_KWARGS &&
    match.args.length === 0 &&
    resolver.defaultKwargs === NO_KWARGS &&
    (outer === undefined || outer.isBare);
  return { resolver, match, outer, isBare };
}

/** The arguments of a pattern and of the includes around it: the inner ones hold, and defaults before what was captured. */
export function mergeArguments({ defaultKwargs }: URLPattern, match: PatternMatch, step: Step): ViewArguments {
  if (step.isBare && defaultKwargs === NO_KWARGS) {
    return { args: match.args, kwargs: match.kwargs === NO_KWARGS ? {} : match.kwargs };
  }
  let { args } = match;
  let kwargs: Record<string, unknown> = { ...match.kwargs, ...defaultKwargs };
  for (let outer: Step | undefined = step; outer !== undefined; outer = outer.outer) {
    kwargs = { ...outer.match.kwargs, ...outer.resolver.defaultKwargs, ...kwargs };
    // Unnamed groups count only where nothing is named.
    if (outer.match.args.length > 0 && Object.keys(kwargs).length === 0) args = [...outer.match.args, ...args];
  }
  return { args, kwargs };
}
