import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import {
  type CompiledRegex,
  compileTree,
  literalPrefix,
  parseRegex,
  RegexError,
  type RegexTree,
} from "@tsgo/utils/regex";

import type { AnyConverter } from "../converters.ts";
import { NO_ARGS, NO_KWARGS, type PathPattern, type PatternMatch } from "./pattern.ts";

const NO_CONVERTERS: ReadonlyMap<string, AnyConverter> = new Map();

/** A regular expression in Python's syntax. Django: `RegexPattern`. */
export class RegexPattern implements PathPattern {
  readonly prefix: string;
  readonly literal = false;
  readonly regex: string;
  readonly converters: ReadonlyMap<string, AnyConverter>;
  readonly translated = false;
  readonly #compiled: CompiledRegex;

  /** @throws ImproperlyConfigured for an expression that cannot be compiled. */
  constructor(regex: string, isEndpoint: boolean, converters = NO_CONVERTERS) {
    const tree = parse(regex);
    this.regex = regex;
    this.prefix = literalPrefix(tree);
    this.converters = converters;
    // A pattern that leads to a view and ends in `$` has to take all of the path, whatever its alternatives.
    this.#compiled = compileTree(tree, { strictAnchors: true, full: isEndpoint && regex.endsWith("$") });
  }

  match(path: string): PatternMatch | undefined {
    const found = this.#compiled.regexp.exec(path);
    if (found === null) return undefined;
    const rest = path.slice(found.index + found[0].length);
    const { names, groups } = this.#compiled;
    if (names.size > 0) return { rest, args: NO_ARGS, kwargs: namedGroups(found, names) };
    return { rest, args: groups.length === 0 ? NO_ARGS : groups.map((group) => found[group]), kwargs: NO_KWARGS };
  }

  toString(): string {
    return this.regex;
  }
}

function parse(regex: string): RegexTree {
  try {
    return parseRegex(regex);
  } catch (error) {
    if (error instanceof RegexError) throw new ImproperlyConfigured(`${error.message}.`, { cause: error });
    throw error;
  }
}

// A group that took no part is left out, so that the view's own default holds.
function namedGroups(found: RegExpExecArray, names: ReadonlyMap<string, number>): Record<string, unknown> {
  const kwargs: Record<string, unknown> = {};
  for (const [name, group] of names) {
    const text = found[group];
    if (text !== undefined) kwargs[name] = text;
  }
  return kwargs;
}
