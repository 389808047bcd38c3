// Prepares filters to be called by compiled code.

import { isSafe, markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { Context } from "../context/context.ts";
import type { Filter, FilterState } from "../library/filter.ts";
import { toLocaltime } from "../runtime/localize.ts";
import { isThenable } from "../runtime/settle.ts";

/** A filter as compiled code calls it. */
export type BoundFilter = (value: unknown, argument: unknown, autoescape: boolean, context: Context) => unknown;

const bound = new WeakMap<Filter, BoundFilter>();
const ESCAPING: FilterState = { autoescape: true };
const NOT_ESCAPING: FilterState = { autoescape: false };

/** The function that compiled code calls for a filter. It is made once for each filter. */
export function bindFilter(filter: Filter): BoundFilter {
  const known = bound.get(filter);
  if (known !== undefined) return known;
  const fn = bind(filter);
  bound.set(filter, fn);
  return fn;
}

function bind(filter: Filter): BoundFilter {
  const { isSafe: keepsSafe, expectsLocaltime, needsAutoescape } = filter;
  // A filter is written for values of a certain type, and called with what the template gives it.
  const plain = filter.apply as (value: unknown, argument: unknown) => unknown;
  if (expectsLocaltime || needsAutoescape) return keepsSafe ? keepSafe(bindState(filter)) : bindState(filter);
  if (!keepsSafe) return plain;
  return (value, argument) => {
    const result = plain(value, argument);
    return typeof value === "object" && isSafe(value) ? markResult(result) : result;
  };
}

function bindState({ apply, expectsLocaltime }: Filter): BoundFilter {
  const call = apply as (value: unknown, argument: unknown, state: FilterState) => unknown;
  return (value, argument, autoescape, context) =>
    call(expectsLocaltime ? toLocaltime(value, context) : value, argument, autoescape ? ESCAPING : NOT_ESCAPING);
}

// What was safe when it went in, is safe when it comes out.
function keepSafe(call: BoundFilter): BoundFilter {
  return (value, argument, autoescape, context) => {
    const result = call(value, argument, autoescape, context);
    return typeof value === "object" && isSafe(value) ? markResult(result) : result;
  };
}

function markResult(result: unknown): unknown {
  return isThenable(result) ? markLater(result) : mark(result);
}

async function markLater(result: PromiseLike<unknown>): Promise<unknown> {
  return mark(await result);
}

function mark(result: unknown): unknown {
  return isSafe(result) ? result : markSafe(textForm(result));
}
