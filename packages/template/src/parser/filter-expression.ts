// A variable and the filters behind it: `article.title|default:"none"|upper`.

import { TemplateSyntaxError } from "../errors.ts";
import type { Filter } from "../library/filter.ts";
import { Variable } from "./variable.ts";

const STRING = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'`;
const CONSTANT = String.raw`_\((?:${STRING})\)|${STRING}`;
const VARIABLE = String.raw`[\p{L}\p{N}_.]+|[-+.]?\d[\d.e]*`;
const OPERAND = new RegExp(`${CONSTANT}|${VARIABLE}`, "uy");
const FILTER = new RegExp(String.raw`\s*\|\s*([\p{L}\p{N}_]+)(?::(${CONSTANT}|${VARIABLE}))?`, "uy");

/** One filter of an expression with its argument, where it has one. */
export interface FilterCall {
  readonly filter: Filter;
  readonly argument: Variable | undefined;
}

/** Finds a filter by its name, or throws a TemplateSyntaxError. */
export type FindFilter = (name: string) => Filter;

/** A variable or literal, and the filters that its value goes through. Django: `FilterExpression`. */
export class FilterExpression {
  /** The expression as it was written. */
  readonly text: string;
  readonly variable: Variable;
  readonly filters: readonly FilterCall[];

  constructor(text: string, findFilter: FindFilter) {
    this.text = text;
    OPERAND.lastIndex = 0;
    const operand = OPERAND.exec(text)?.[0];
    if (operand === undefined) throw remainder(text, text);
    this.variable = new Variable(operand);
    this.filters = parseFilters(text, operand.length, findFilter);
  }

  /** Whether this is a plain name or literal, without lookups changed by filters. */
  get isPlain(): boolean {
    return this.filters.length === 0;
  }

  toString(): string {
    return this.text;
  }
}

function parseFilters(text: string, start: number, findFilter: FindFilter): FilterCall[] {
  const calls: FilterCall[] = [];
  let at = start;
  while (at < text.length) {
    FILTER.lastIndex = at;
    const match = FILTER.exec(text);
    if (match === null) throw remainder(text.slice(at), text);
    const [whole, name = "", argument] = match;
    const filter = findFilter(name);
    checkArgument(filter, argument !== undefined);
    calls.push({ filter, argument: argument === undefined ? undefined : new Variable(argument) });
    at += whole.length;
  }
  return calls;
}

function checkArgument(filter: Filter, given: boolean): void {
  if (given && filter.argument === "none") {
    throw new TemplateSyntaxError(`The filter '${filter.name}' takes no argument, but one is given.`);
  }
  if (!given && filter.argument === "required") {
    throw new TemplateSyntaxError(`The filter '${filter.name}' requires an argument, and none is given.`);
  }
}

function remainder(rest: string, text: string): TemplateSyntaxError {
  return new TemplateSyntaxError(`Could not parse the remainder: '${rest}' from '${text}'`);
}
