// The code that calls a filter.

import { isSafe, markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { Filter, FilterState } from "../library/filter.ts";
import { textFilter } from "../library/stringfilter.ts";
import { isThenable } from "../runtime/settle.ts";

/** What the code of a filter's call is made of: expressions, and how constants get their names. */
export interface FilterCallParts {
  readonly value: string;
  readonly argument: string | undefined;
  readonly autoescape: string;
  readonly constant: (value: unknown) => string;
}

/**
 * An expression that calls a filter. The function itself stands in the code, without one between that would serve all
 * filters: where a place always calls the same function, the JavaScript engine can put its code in place of the call.
 */
export function filterCode(filter: Filter, { value, argument, autoescape, constant }: FilterCallParts): string {
  const ofText = textFilter(filter.apply);
  const fn = constant(ofText ?? filter.apply);
  const needsState = filter.needsAutoescape || filter.expectsLocaltime;
  const rest = needsState
    ? `,${argument ?? "undefined"},FS(${autoescape})`
    : argument === undefined
      ? ""
      : `,${argument}`;
  const call = (given: string): string => {
    const local = filter.expectsLocaltime ? `LT(${given},c)` : given;
    return `${fn}(${ofText === undefined ? local : `X(${local})`}${rest})`;
  };
  return filter.isSafe ? `KS(t=${value},${call("t")})` : call(value);
}

const ESCAPING: FilterState = { autoescape: true };
const NOT_ESCAPING: FilterState = { autoescape: false };

/** What a filter is told of the place where it stands. */
export function filterState(autoescape: boolean): FilterState {
  return autoescape ? ESCAPING : NOT_ESCAPING;
}

/** What a filter made of a value: safe, where the value was and the filter keeps it so. */
export function keepSafe(value: unknown, result: unknown): unknown {
  if (typeof value !== "object" || !isSafe(value)) return result;
  return isThenable(result) ? Promise.resolve(result).then(mark) : mark(result);
}

function mark(result: unknown): unknown {
  return isSafe(result) ? result : markSafe(textForm(result));
}
