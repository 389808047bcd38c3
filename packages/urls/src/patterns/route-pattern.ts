import { compileRegex } from "@tsgo/utils/regex";

import type { AnyConverter } from "../converters.ts";
import { type LinearMatcher, linearMatcher } from "./linear-match.ts";
import { parseRoute, type RouteParameter, type RoutePart } from "./parse-route.ts";
import { bareMatch, NO_ARGS, type PathPattern, type PatternMatch } from "./pattern.ts";

const WHOLE = bareMatch("");

/** A route with parameters in angle brackets. Django: `RoutePattern`. */
export class RoutePattern implements PathPattern {
  readonly prefix: string;
  readonly literal: boolean;
  readonly regex: string;
  readonly converters: ReadonlyMap<string, AnyConverter>;
  readonly translated = false;
  readonly #route: string;
  readonly #isEndpoint: boolean;
  /** Every path that matches ends in this. */
  readonly #suffix: string;
  readonly #parameters: readonly RouteParameter[];
  readonly #linear: LinearMatcher | undefined;
  // Made at the first path that gets here: many never do.
  #regexp: RegExp | undefined;
  #groups: readonly number[] = [];

  /** @throws ImproperlyConfigured for a route that cannot be read. */
  constructor(route: string, isEndpoint: boolean) {
    const parts = parseRoute(route);
    const [first] = parts;
    const last = isEndpoint ? parts.at(-1) : undefined;
    this.#route = route;
    this.#isEndpoint = isEndpoint;
    this.#parameters = parts.filter((part) => typeof part !== "string");
    this.#linear = linearMatcher(parts, isEndpoint);
    this.prefix = typeof first === "string" ? first : "";
    this.#suffix = typeof last === "string" ? last : "";
    this.literal = isEndpoint && this.#parameters.length === 0;
    this.regex = regexOf(parts, isEndpoint);
    this.converters = new Map(this.#parameters.map(({ name, converter }) => [name, converter]));
  }

  match(path: string): PatternMatch | undefined {
    if (this.literal) return path === this.prefix ? WHOLE : undefined;
    if (!path.startsWith(this.prefix) || !path.endsWith(this.#suffix)) return undefined;
    if (this.#parameters.length === 0) return bareMatch(path.slice(this.prefix.length));
    return this.#linear === undefined ? this.#matchRegex(path) : this.#matchLinear(path, this.#linear);
  }

  toString(): string {
    return this.#route;
  }

  #matchRegex(path: string): PatternMatch | undefined {
    const found = (this.#regexp ?? this.#compile()).exec(path);
    if (found === null) return undefined;
    const kwargs: Record<string, unknown> = {};
    let index = 0;
    for (const parameter of this.#parameters) {
      const group = this.#groups[index++] ?? 0;
      if (!convert(parameter, found[group] ?? "", kwargs)) return undefined;
    }
    return { rest: this.#isEndpoint ? "" : path.slice(found[0].length), args: NO_ARGS, kwargs };
  }

  #compile(): RegExp {
    const { regexp, names } = compileRegex(this.regex, { strictAnchors: true });
    // A converter's own expression may hold groups, so a parameter's number is not simply its place.
    this.#groups = this.#parameters.map(({ name }) => names.get(name) ?? 0);
    this.#regexp = regexp;
    return regexp;
  }

  #matchLinear(path: string, matcher: LinearMatcher): PatternMatch | undefined {
    const bounds = matcher(path);
    if (bounds === undefined) return undefined;
    const kwargs: Record<string, unknown> = {};
    for (const [index, parameter] of this.#parameters.entries()) {
      if (!convert(parameter, path.slice(bounds[index * 2], bounds[index * 2 + 1]), kwargs)) return undefined;
    }
    return { rest: path.slice(bounds.at(-1)), args: NO_ARGS, kwargs };
  }
}

/** Text as the syntax of regular expressions takes it literally. Django: `re.escape`. */
export function escapeRegex(text: string): string {
  return text.replaceAll(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, String.raw`\$&`);
}

function regexOf(parts: readonly RoutePart[], isEndpoint: boolean): string {
  const source = parts.map((part) =>
    typeof part === "string" ? escapeRegex(part) : `(?P<${part.name}>${part.converter.regex})`,
  );
  return `^${source.join("")}${isEndpoint ? "\\Z" : ""}`;
}

/** False where the converter refuses the text, so that the next pattern gets its turn. */
function convert({ name, converter }: RouteParameter, text: string, kwargs: Record<string, unknown>): boolean {
  try {
    kwargs[name] = converter.toPython(text);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** Whether a converter says with this error that the value is not one of its own. */
export function isRefusal(error: unknown): boolean {
  return error instanceof RangeError || error instanceof SyntaxError;
}
