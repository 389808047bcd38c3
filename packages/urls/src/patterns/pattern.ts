import type { AnyConverter } from "../converters.ts";

/** What the front of a path gave. */
export interface PatternMatch {
  /** What is left of the path, for the patterns of an include. */
  readonly rest: string;
  /** The unnamed groups in order, where there are no named ones. */
  readonly args: readonly (string | undefined)[];
  readonly kwargs: Record<string, unknown>;
}

/** The part of a pattern that deals with paths. One class for each way of writing it: a route, an expression, a language. */
export interface PathPattern {
  /** Every path that matches begins with this. Empty where that cannot be told, or changes from request to request. */
  readonly prefix: string;
  /** Whether `prefix` and nothing else matches. */
  readonly literal: boolean;
  /** The same in the syntax of regular expressions, as reversing joins it to others. */
  readonly regex: string;
  readonly converters: ReadonlyMap<string, AnyConverter>;
  /** Whether the text depends on the active language. */
  readonly translated: boolean;
  /** Undefined where the pattern does not match. */
  match(path: string): PatternMatch | undefined;
  /** As written. */
  toString(): string;
}

/** What a pattern without unnamed groups gives for arguments: always this, so that it can be told by comparing. */
export const NO_ARGS: readonly (string | undefined)[] = [];

/** What a pattern without parameters gives for keyword arguments: always this. */
export const NO_KWARGS: Record<string, unknown> = Object.freeze({});

/** The match of a pattern without parameters. */
export function bareMatch(rest: string): PatternMatch {
  return { rest, args: NO_ARGS, kwargs: NO_KWARGS };
}
