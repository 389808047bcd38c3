// `name=value` pairs behind a tag, also in their old form `value as name`.

import { TemplateSyntaxError } from "../errors.ts";
import { splitKeyword } from "../library/tag-arguments.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

/** Pairs that were read, and how many words they took. */
export interface Assignments {
  readonly values: ReadonlyMap<string, FilterExpression>;
  readonly taken: number;
}

/**
 * Reads pairs from the beginning of words. With `legacy` also `value as name and value as name`.
 * Django: `token_kwargs`.
 */
export function parseAssignments(parser: Parser, words: readonly string[], legacy = false): Assignments {
  const values = new Map<string, FilterExpression>();
  let at = 0;
  const isLegacy = legacy && splitKeyword(words[0] ?? "") === undefined;
  while (at < words.length) {
    if (isLegacy) {
      const [value = "", as, name = ""] = words.slice(at, at + 3);
      if (as !== "as" || name === "") break;
      values.set(name, parser.compileFilter(value));
      at += 3;
      if (words[at] !== "and") break;
      at += 1;
      continue;
    }
    const pair = splitKeyword(words[at] ?? "");
    if (pair === undefined) break;
    values.set(pair[0], parser.compileFilter(pair[1]));
    at += 1;
  }
  return { values, taken: at };
}

/** `as name` at the end of a tag that must have it. */
export function requireTarget(tag: string, words: readonly string[], at: number): string {
  const name = words[at + 1];
  if (words.length === at + 2 && words[at] === "as" && name !== undefined) return name;
  throw new TemplateSyntaxError(`'${tag}' requires 'as variable' at its end: {% ${words.join(" ")} as name %}`);
}
