// The arguments of a tag, and the parameters of the function that gets them.

import type { Context } from "../context/context.ts";
import { TemplateSyntaxError } from "../errors.ts";
import { toCamelCase } from "../parser/camel-case.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

/** A function behind a tag. Its parameters are what the template gives it. */
export type TagFunction = (...args: never[]) => unknown;

/** How the arguments of a tag reach its function. */
export interface ParameterOptions {
  /** The context comes first, before the arguments. */
  readonly takesContext?: boolean;
  /** The names of the parameters, in order, so that a template can give them by name: `{% greet name="Ada" %}`. */
  readonly parameters?: readonly string[];
  /** Any number of further arguments is taken; they come as one array behind the named parameters. */
  readonly variadic?: boolean;
  /** Arguments by other names are taken; they come as one object, last. */
  readonly keywords?: boolean;
}

/** The expressions that stand for the arguments of one use of a tag. */
export interface TagArguments {
  /** One for each parameter; undefined where the function's own default holds. */
  readonly positional: readonly (FilterExpression | undefined)[];
  readonly further: readonly FilterExpression[];
  readonly keywords: ReadonlyMap<string, FilterExpression>;
}

const KEYWORD = /^([\p{L}\p{N}_]+)=(.+)$/su;

/** Splits `name=value` into the two; undefined where a word is no such pair. */
export function splitKeyword(word: string): readonly [name: string, value: string] | undefined {
  const match = KEYWORD.exec(word);
  return match === null ? undefined : [match[1] ?? "", match[2] ?? ""];
}

/**
 * Fits the words behind a tag to the parameters of its function. Django: `parse_bits`.
 *
 * @param required How many parameters have no default, the first ones.
 * @throws TemplateSyntaxError where there are too many, too few or unknown ones.
 */
export function parseArguments(
  parser: Parser,
  tag: string,
  words: readonly string[],
  required: number,
  options: ParameterOptions,
): TagArguments {
  const names = options.parameters ?? [];
  const positional: (FilterExpression | undefined)[] = [];
  const further: FilterExpression[] = [];
  const keywords = new Map<string, FilterExpression>();
  let byName = false;
  for (const word of words) {
    const pair = splitKeyword(word);
    if (pair === undefined) {
      if (byName) throw new TemplateSyntaxError(`'${tag}' got a positional argument, ${word}, behind one with a name.`);
      const expression = parser.compileFilter(word);
      const takesMore = options.parameters === undefined ? options.variadic !== true : positional.length < names.length;
      (takesMore ? positional : further).push(expression);
      continue;
    }
    byName = true;
    addKeyword(tag, pair[0], parser.compileFilter(pair[1]), { names, positional, keywords }, options);
  }
  if (further.length > 0 && options.variadic !== true) {
    throw new TemplateSyntaxError(`'${tag}' got ${words.length} arguments and takes no more than ${names.length}.`);
  }
  checkRequired(tag, positional, required, names);
  return { positional, further, keywords };
}

interface Fitted {
  readonly names: readonly string[];
  readonly positional: (FilterExpression | undefined)[];
  readonly keywords: Map<string, FilterExpression>;
}

function addKeyword(
  tag: string,
  name: string,
  expression: FilterExpression,
  fitted: Fitted,
  options: ParameterOptions,
): void {
  const exact = fitted.names.indexOf(name);
  const index = exact === -1 ? fitted.names.indexOf(toCamelCase(name)) : exact;
  if (index === -1 && options.keywords !== true) {
    throw new TemplateSyntaxError(`'${tag}' takes no argument called '${name}'.`);
  }
  if (index === -1 ? fitted.keywords.has(name) : fitted.positional[index] !== undefined) {
    throw new TemplateSyntaxError(`'${tag}' got the argument '${name}' more than once.`);
  }
  if (index === -1) fitted.keywords.set(name, expression);
  else fitted.positional[index] = expression;
}

function checkRequired(
  tag: string,
  positional: readonly (FilterExpression | undefined)[],
  required: number,
  names: readonly string[],
): void {
  const missing = Array.from({ length: required }, (_, index) => index).filter(
    (index) => positional[index] === undefined,
  );
  if (missing.length === 0) return;
  const called = missing.map((index) => (names[index] === undefined ? `number ${index + 1}` : `'${names[index]}'`));
  throw new TemplateSyntaxError(
    `'${tag}' is missing the argument${called.length > 1 ? "s" : ""} ${called.join(", ")}.`,
  );
}

/** How many parameters of the function are filled by a template and have no default. */
export function requiredArguments(fn: TagFunction, options: ParameterOptions, before: number): number {
  const behind = (options.variadic === true ? 1 : 0) + (options.keywords === true ? 1 : 0);
  const most = options.parameters?.length ?? Infinity;
  const own = options.parameters === undefined ? fn.length - before - behind : fn.length - before;
  return Math.max(0, Math.min(own, most));
}

/** Puts the values of arguments into the order that the function takes them in. */
export function callWithArguments(
  fn: TagFunction,
  before: readonly unknown[],
  values: { readonly positional: readonly unknown[]; readonly further: readonly unknown[]; readonly keywords: object },
  options: ParameterOptions,
): unknown {
  const args: unknown[] = [...before, ...values.positional];
  const named = before.length + (options.parameters?.length ?? values.positional.length);
  while (args.length < named) args.push(undefined);
  if (options.variadic === true) args.push(values.further);
  if (options.keywords === true) args.push(values.keywords);
  return (fn as (...values: unknown[]) => unknown)(...args);
}

/** What a tag does with the context: without asking for it, nothing. */
export function contextFor(context: Context, options: ParameterOptions): readonly unknown[] {
  return options.takesContext === true ? [context] : [];
}
