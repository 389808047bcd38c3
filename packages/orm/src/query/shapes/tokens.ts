// Conditions as tokens of a shape, and the values that stand in them.

import type { Expression } from "../../expressions/expression.ts";
import { type Lookups, Q, type QChild } from "../../expressions/q.ts";
import { isInstance } from "../../lookups/related-value.ts";
import type { Token } from "./shape.ts";
import type { Place } from "./slots.ts";

const OPEN = Symbol("(");
const CLOSE = Symbol(")");
const LIST = Symbol("list");

/** Objects that are one value, by the tag that their class gives them. */
const VALUE_TAGS: ReadonlySet<string> = new Set([
  "Temporal.PlainDate",
  "Temporal.PlainTime",
  "Temporal.PlainDateTime",
  "Temporal.Duration",
  "Temporal.Instant",
  "Temporal.ZonedDateTime",
  "Decimal",
  "Uint8Array",
]);

/** What kind of value it is, or undefined where nothing can be told from the kind. Null and booleans are kinds of their own. */
function kindOf(value: unknown): Token {
  const type = typeof value;
  if (type === "string" || type === "number" || type === "bigint") return type;
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Date) return "date";
  if (isInstance(value)) return value.constructor;
  const tag = (value as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return typeof tag === "string" && VALUE_TAGS.has(tag) ? tag : undefined;
}

/** The kind of all items of a list, or undefined where they differ. */
function kindOfItems(items: readonly unknown[]): Token {
  const kind = kindOf(items[0]);
  for (let index = 1; index < items.length; index += 1) if (kindOf(items[index]) !== kind) return undefined;
  return kind;
}

/** Adds the tokens of a value, and the value. False where the SQL may depend on more than its kind. */
export function addValue(value: unknown, tokens: Token[], values: unknown[]): boolean {
  if (value === null || typeof value === "boolean") {
    tokens.push(value);
    return true;
  }
  if (Array.isArray(value)) {
    const kind = kindOfItems(value);
    if (kind === undefined) return false;
    tokens.push(LIST, value.length, kind);
    values.push(value);
    return true;
  }
  const kind = kindOf(value);
  if (kind === undefined) return false;
  tokens.push(kind);
  values.push(value);
  return true;
}

/** Adds the tokens of conditions, and their values. False where a condition is more than lookups with plain values. */
export function addConditions(
  conditions: readonly (Lookups | Q | Expression)[],
  tokens: Token[],
  values: unknown[],
): boolean {
  for (const condition of conditions) {
    if (condition instanceof Q) {
      if (!addQ(condition, tokens, values)) return false;
      continue;
    }
    const prototype: unknown = Object.getPrototypeOf(condition);
    if (prototype !== Object.prototype && prototype !== null) return false;
    const lookups = condition as Lookups;
    for (const name of sortedKeys(lookups)) {
      tokens.push(name);
      if (!addValue(lookups[name], tokens, values)) return false;
    }
  }
  return true;
}

function addQ({ connector, negated, children }: Q, tokens: Token[], values: unknown[]): boolean {
  tokens.push(OPEN, connector, negated);
  for (const child of children) {
    if (child instanceof Q) {
      if (!addQ(child, tokens, values)) return false;
    } else if (Array.isArray(child)) {
      const [name, value] = child as readonly [string, unknown];
      tokens.push(name);
      if (!addValue(value, tokens, values)) return false;
    } else return false;
  }
  tokens.push(CLOSE);
  return true;
}

// As a condition orders them.
function sortedKeys(lookups: Lookups): string[] {
  const keys = Object.keys(lookups);
  return keys.length > 1 ? keys.sort() : keys;
}

/** The conditions as one, with each value put where `place` puts it, in the order of `addConditions`. */
export function placedCondition(conditions: readonly (Lookups | Q | Expression)[], place: Place): Q {
  const q = new Q(...conditions);
  return placed(q, place);
}

function placed(q: Q, place: Place): Q {
  return Q.create(
    q.children.map((child): QChild => {
      if (child instanceof Q) return placed(child, place);
      if (!Array.isArray(child)) return child;
      const [name, value] = child as readonly [string, unknown];
      return [name, value === null || typeof value === "boolean" ? value : place(value)];
    }),
    q.connector,
    q.negated,
  );
}
