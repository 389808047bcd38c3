// Matches routes whose parameters can end in several places, in time linear in the length of the path.
//
// `<slug:a>-<slug:b>-<slug:c>/` as a regular expression tries every way to share the hyphens out, which for a path of
// twenty thousand of them takes longer than anyone waits.

import { IntConverter, PathConverter, SlugConverter, StringConverter, UUIDConverter } from "../converters.ts";
import type { RoutePart } from "./parse-route.ts";

/** Where each parameter starts and ends, in turn, and where the match ends; undefined where there is no match. */
export type LinearMatcher = (path: string) => number[] | undefined;

/** A run of one or more characters, or text of a fixed length. */
type Item =
  | { readonly type: "run"; readonly allows: (code: number) => boolean }
  | { readonly type: "fixed"; readonly length: number; readonly at: (path: string, position: number) => boolean };

const UUID_LENGTH = 36;
const UUID_HERE = new RegExp(new UUIDConverter().regex, "y");

// By what the converter matches and not by its class: a subclass may match something else.
const ITEMS: ReadonlyMap<string, Item> = new Map<string, Item>([
  [new IntConverter().regex, { type: "run", allows: (code) => code >= 0x30 && code <= 0x39 }],
  [new StringConverter().regex, { type: "run", allows: (code) => code !== 0x2f }],
  [new SlugConverter().regex, { type: "run", allows: isSlugCharacter }],
  [new PathConverter().regex, { type: "run", allows: (code) => code !== 0x0a }],
  [new UUIDConverter().regex, { type: "fixed", length: UUID_LENGTH, at: isUuidAt }],
]);

/**
 * A matcher for these parts, or undefined where a regular expression does as well, or where a converter is not one of
 * the known ones.
 */
export function linearMatcher(parts: readonly RoutePart[], isEndpoint: boolean): LinearMatcher | undefined {
  const items: Item[] = [];
  for (const part of parts) {
    const item = typeof part === "string" ? fixedText(part) : ITEMS.get(part.converter.regex);
    if (item === undefined) return undefined;
    items.push(item);
  }
  if (!mayBacktrack(parts, items)) return undefined;
  const isParameter = parts.map((part) => typeof part !== "string");
  return (path) => matchItems(path, items, isParameter, isEndpoint);
}

// One run that may end in several places costs a regular expression nothing much, unless another run comes behind it
// and is read anew for each of them.
function mayBacktrack(parts: readonly RoutePart[], items: readonly Item[]): boolean {
  const ambiguous = items.findIndex((item, index) => item.type === "run" && mayEndIn(item.allows, parts[index + 1]));
  return ambiguous !== -1 && items.slice(ambiguous + 1).some((item) => item.type === "run");
}

function mayEndIn(allows: (code: number) => boolean, next: RoutePart | undefined): boolean {
  if (next === undefined) return false;
  return typeof next === "string" ? allows(next.charCodeAt(0)) : true;
}

function fixedText(text: string): Item {
  return { type: "fixed", length: text.length, at: (path, position) => path.startsWith(text, position) };
}

function matchItems(
  path: string,
  items: readonly Item[],
  isParameter: readonly boolean[],
  isEndpoint: boolean,
): number[] | undefined {
  const reachable = findReachable(path, items, isEndpoint);
  if (reachable[0]?.[0] !== 1) return undefined;
  const bounds: number[] = [];
  let position = 0;
  for (const [index, item] of items.entries()) {
    const start = position;
    position = item.type === "fixed" ? start + item.length : longestRun(path, start, item.allows, reachable[index + 1]);
    if (isParameter[index] === true) bounds.push(start, position);
  }
  bounds.push(position);
  return bounds;
}

/** For each item, from which positions it and all that follow match. Filled from the end backwards. */
function findReachable(path: string, items: readonly Item[], isEndpoint: boolean): Uint8Array[] {
  const end = path.length;
  const last = new Uint8Array(end + 1).fill(isEndpoint ? 0 : 1);
  last[end] = 1;
  const rows: Uint8Array[] = [last];
  for (const item of items.toReversed()) {
    const [next = last] = rows;
    rows.unshift(item.type === "run" ? reachableByRun(path, item.allows, next) : reachableByText(path, item, next));
  }
  return rows;
}

function reachableByRun(path: string, allows: (code: number) => boolean, next: Uint8Array): Uint8Array {
  const row = new Uint8Array(next.length);
  for (let position = path.length - 1; position >= 0; position -= 1) {
    if (!allows(path.charCodeAt(position))) continue;
    if (next[position + 1] === 1 || row[position + 1] === 1) row[position] = 1;
  }
  return row;
}

function reachableByText(path: string, item: Item & { type: "fixed" }, next: Uint8Array): Uint8Array {
  const row = new Uint8Array(next.length);
  for (let position = path.length - item.length; position >= 0; position -= 1) {
    if (next[position + item.length] === 1 && item.at(path, position)) row[position] = 1;
  }
  return row;
}

// The longest that lets the rest match: what a greedy expression takes.
function longestRun(path: string, start: number, allows: (code: number) => boolean, next?: Uint8Array): number {
  let longest = start;
  for (let end = start + 1; end <= path.length && allows(path.charCodeAt(end - 1)); end += 1) {
    if (next?.[end] === 1) longest = end;
  }
  return longest;
}

function isSlugCharacter(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39;
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
  return isDigit || isLetter || code === 0x2d || code === 0x5f;
}

function isUuidAt(path: string, position: number): boolean {
  UUID_HERE.lastIndex = position;
  return UUID_HERE.test(path);
}
