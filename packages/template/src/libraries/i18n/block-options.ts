import { TemplateSyntaxError } from "../../errors.ts";
import type { FilterExpression } from "../../parser/filter-expression.ts";
import type { Parser } from "../../parser/parser.ts";
import { parseAssignments } from "../../tags/assignments.ts";

/** What stands behind `blocktranslate`. */
export interface BlockOptions {
  readonly values: ReadonlyMap<string, FilterExpression>;
  readonly count: { readonly name: string; readonly expression: FilterExpression } | undefined;
  readonly context: FilterExpression | undefined;
  /** Whether line breaks and the white space around them count as single spaces. */
  readonly trimmed: boolean;
  readonly target: string | undefined;
}

/** Reads the options of `blocktranslate`. */
export function parseBlockOptions(parser: Parser, tag: string, words: readonly string[]): BlockOptions {
  let options: BlockOptions = {
    values: new Map(),
    count: undefined,
    context: undefined,
    trimmed: false,
    target: undefined,
  };
  const seen = new Set<string>();
  for (let at = 0; at < words.length;) {
    const option = words[at] ?? "";
    if (seen.has(option)) throw new TemplateSyntaxError(`The '${option}' option was specified more than once.`);
    seen.add(option);
    const read = READERS.get(option);
    if (read === undefined) throw new TemplateSyntaxError(`'${option}' is no option of '${tag}'.`);
    const rest = words.slice(at + 1);
    const { taken, changes } = read(parser, tag, rest);
    options = { ...options, ...changes };
    at += 1 + taken;
  }
  return options;
}

type Reader = (
  parser: Parser,
  tag: string,
  rest: readonly string[],
) => { readonly taken: number; readonly changes: Partial<BlockOptions> };

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["trimmed", () => ({ taken: 0, changes: { trimmed: true } })],
  ["with", readWith],
  ["count", readCount],
  [
    "context",
    (parser, tag, rest) => ({ taken: 1, changes: { context: parser.compileFilter(first(tag, "context", rest)) } }),
  ],
  ["asvar", (_parser, tag, rest) => ({ taken: 1, changes: { target: first(tag, "asvar", rest) } })],
]);

function readWith(parser: Parser, tag: string, rest: readonly string[]): ReturnType<Reader> {
  const { values, taken } = parseAssignments(parser, rest, true);
  if (values.size === 0) throw new TemplateSyntaxError(`'with' in '${tag}' needs at least one name=value.`);
  return { taken, changes: { values } };
}

function readCount(parser: Parser, tag: string, rest: readonly string[]): ReturnType<Reader> {
  const { values, taken } = parseAssignments(parser, rest, true);
  const [entry, ...more] = values;
  if (entry === undefined || more.length > 0) {
    throw new TemplateSyntaxError(`'count' in '${tag}' needs exactly one name=value.`);
  }
  return { taken, changes: { count: { name: entry[0], expression: entry[1] } } };
}

function first(tag: string, option: string, rest: readonly string[]): string {
  const [word] = rest;
  if (word !== undefined) return word;
  throw new TemplateSyntaxError(`'${tag}' needs something behind '${option}'.`);
}
