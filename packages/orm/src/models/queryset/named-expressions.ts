// Expressions and the names that querysets know them by.

import { FieldError } from "@tsgo/core/exceptions";

import { Aggregate } from "../../expressions/aggregate.ts";
import { Expression, asExpression } from "../../expressions/expression.ts";
import { FilteredRelation } from "../../expressions/filtered-relation.ts";
import { Q } from "../../expressions/q.ts";
import { describeValue } from "../../fields/field.ts";

type Named = readonly (readonly [string, never])[];

/** What `annotate`, `alias` and `aggregate` are given, by name: aggregates may go without. */
export function namedExpressions(
  given: readonly (Readonly<Record<string, unknown>> | Expression)[],
  operation: string,
): Named {
  const named = new Map<string, unknown>();
  for (const part of given) {
    if (part instanceof Aggregate) {
      const name = part.defaultAlias;
      if (named.has(name)) throw new FieldError(`The name '${name}' is given twice to ${operation}().`);
      named.set(name, part);
      continue;
    }
    if (part instanceof Expression)
      throw new FieldError(`${operation}() needs a name for ${part.describe()}: { name: expression }.`);
    if (typeof part !== "object" || part === null)
      throw new FieldError(`${operation}() takes expressions by name, not ${describeValue(part)}.`);
    for (const [name, value] of Object.entries(part)) named.set(name, asAnnotation(value, operation));
  }
  return [...named] as unknown as Named;
}

function asAnnotation(value: unknown, operation: string): unknown {
  if (value instanceof Expression || value instanceof FilteredRelation || value instanceof Q) return value;
  if (typeof value === "object" && value !== null && "asSubquery" in value) return asExpression(value);
  throw new FieldError(`${operation}() takes expressions, not ${describeValue(value)}: wrap a literal in Value().`);
}

/** The name of an expression that was given none. */
export function expressionName(expression: Expression, taken: readonly string[]): string {
  if (expression instanceof Aggregate) return expression.defaultAlias;
  const base = expression.constructor.name.toLowerCase();
  for (let number = 1; ; number += 1) if (!taken.includes(`${base}${number}`)) return `${base}${number}`;
}
