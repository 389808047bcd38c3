import type { AnyConverter } from "../converters.ts";

/** What the front of a path gave. */
export interface PatternMatch {
  /** What is left of the path, for the patterns of an include. */
  readonly rest: string;
  /** The unnamed groups in order, where there are no named ones. */
  readonly args: readonly (string | undefined)[];
  readonly kwargs: Readonly<Record<string, unknown>>;
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

/** The match of a pattern without parameters that took the whole path. */
export const WHOLE_MATCH: PatternMatch = { rest: "", args: [], kwargs: {} };
