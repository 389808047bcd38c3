// The value of an expression of a template, without its code.

import { isSafe } from "@tsgo/utils/safestring";

import type { FilterCall, FilterExpression } from "../parser/filter-expression.ts";
import { filterState, keepSafe } from "../compiler/filter-code.ts";
import type { Context } from "../context/context.ts";
import { VariableDoesNotExist } from "../errors.ts";
import { type Variable, plainText } from "../parser/variable.ts";
import { toLocaltime } from "../runtime/localize.ts";
import { callFunction, lookup } from "../runtime/lookup.ts";
import { isPending, settle } from "../runtime/settle.ts";
import { translateLiteral } from "../runtime/translate-literal.ts";
import type { Walk } from "./walk-nodes.ts";

/**
 * The value of an expression, or what has to be awaited for it.
 *
 * @param isTested Whether a tag tests the value: it is null then where a variable does not exist, and else what
 * `stringIfInvalid` says.
 */
export function resolve(expression: FilterExpression, walk: Walk, isTested: boolean): unknown {
  const { variable, filters } = expression;
  const base = resolveVariable(variable, walk.context);
  if (isPending(base)) return resolveLater(expression, walk, isTested, base);
  const value = orMissing(base, expression, walk, isTested);
  return isMissing(base, expression, value) ? value : applyFilters(value, filters, walk.context);
}

/** Works a value out, and yields what it waits for. */
export type Valuing = Generator<unknown, unknown, unknown>;

/** The value of an expression, waited for. `isTested` as for `resolve`. */
export function* awaited(expression: FilterExpression, walk: Walk, isTested = false): Valuing {
  const value = resolve(expression, walk, isTested);
  return isPending(value) ? yield settle(value) : value;
}

async function resolveLater(
  expression: FilterExpression,
  walk: Walk,
  isTested: boolean,
  pending: object,
): Promise<unknown> {
  const base = await settle(pending);
  const value = orMissing(base, expression, walk, isTested);
  return isMissing(base, expression, value) ? value : settled(applyFilters(value, expression.filters, walk.context));
}

function orMissing(base: unknown, { variable, filters }: FilterExpression, walk: Walk, isTested: boolean): unknown {
  if (base !== undefined) return base;
  if (isTested) return filters.length === 0 ? undefined : null;
  return walk.options.stringIfInvalid.replaceAll("%s", () => variable.text);
}

// What is put out for a missing variable is not filtered, unless it is nothing.
function isMissing(base: unknown, { filters }: FilterExpression, value: unknown): boolean {
  return filters.length === 0 || (base === undefined && value !== null && value !== "");
}

function applyFilters(start: unknown, filters: readonly FilterCall[], context: Context): unknown {
  let value = start;
  for (const [index, call] of filters.entries()) {
    const argument = resolveArgument(call, context);
    if (isPending(value) || isPending(argument)) return applyLater(value, argument, filters.slice(index), context);
    value = apply(call, value, argument, context);
  }
  return value;
}

async function applyLater(
  start: unknown,
  firstArgument: unknown,
  filters: readonly FilterCall[],
  context: Context,
): Promise<unknown> {
  let value = await settled(start);
  for (const [index, call] of filters.entries()) {
    const argument = await settled(index === 0 ? firstArgument : resolveArgument(call, context));
    value = await settled(apply(call, value, argument, context));
  }
  return value;
}

function settled(value: unknown): unknown {
  return isPending(value) ? settle(value) : value;
}

function resolveArgument({ argument }: FilterCall, context: Context): unknown {
  return argument === undefined ? undefined : (plainText(argument) ?? resolveVariable(argument, context));
}

function apply(
  { filter, argument: variable }: FilterCall,
  value: unknown,
  argument: unknown,
  context: Context,
): unknown {
  if (variable !== undefined && argument === undefined) throw new VariableDoesNotExist(variable.text);
  const call = filter.apply as (value: unknown, argument: unknown, state?: unknown) => unknown;
  const given = filter.expectsLocaltime ? toLocaltime(value, context) : value;
  const result =
    filter.needsAutoescape || filter.expectsLocaltime
      ? call(given, argument, filterState(context.autoescape))
      : variable === undefined
        ? (call as (value: unknown) => unknown)(given)
        : call(given, argument);
  return filter.isSafe ? keepSafe(value, result) : result;
}

function resolveVariable({ literal, lookups, translate }: Variable, context: Context): unknown {
  if (literal !== undefined) return translate && isSafe(literal) ? translateLiteral(literal) : literal;
  let value = context.lookup(lookups[0] ?? "");
  if (lookups.length === 1) return typeof value === "function" ? callFunction(value) : value;
  value = callFunction(value);
  for (let index = 1; index < lookups.length; index += 1) value = lookup(value, lookups[index] ?? "");
  return value;
}
