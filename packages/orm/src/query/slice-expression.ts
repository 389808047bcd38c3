import type { Expression } from "../expressions/expression.ts";
import { Substr } from "../functions/text.ts";

/** A piece of a text, counted from 0. */
export function sliceOf(expression: Expression, start: number, length: number | undefined): Expression {
  return length === undefined ? new Substr(expression, start + 1) : new Substr(expression, start + 1, length);
}
