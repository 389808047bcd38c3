// Recorded conditions and expressions as tsgo's, and back.

import { CombinedExpression, type Expression, Value } from "../../../packages/orm/src/expressions/expression.ts";
import { Q } from "../../../packages/orm/src/expressions/q.ts";
import { F } from "../../../packages/orm/src/expressions/references.ts";
import * as text from "../../../packages/orm/src/functions/text.ts";
import { decode } from "../../values.ts";

type Recorded = Readonly<Record<string, unknown>>;

// What an object was made of, so that it can be shown as it was recorded.
const origins = new WeakMap<object, unknown>();

/** The recorded form of a condition or expression that was made here. */
export function showExpression(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (origins.get(value) ?? value) : value;
}

/** `{"$Q": ...}`, `{"$and": [...]}`, `{"$or": [...]}`, `{"$not": ...}` */
export function makeCondition(recorded: Recorded): Q {
  return remember(recorded, condition(recorded));
}

function condition(recorded: Recorded): Q {
  if ("$Q" in recorded)
    return new Q(
      Object.fromEntries(Object.entries(recorded["$Q"] as Recorded).map(([key, value]) => [key, makeValue(value)])),
    );
  if ("$not" in recorded) return condition(recorded["$not"] as Recorded).not();
  for (const [tag, method] of [
    ["$and", "and"],
    ["$or", "or"],
    ["$xor", "xor"],
  ] as const)
    if (tag in recorded)
      return (recorded[tag] as Recorded[]).map(condition).reduce((left, right) => left[method](right));
  return new Q(makeExpression(recorded));
}

/** `{"$F": ...}`, `{"$fn": ...}`, `{"$value": ...}`, with `op` and `rhs`, `desc` or `asc`. */
export function makeExpression(recorded: Recorded): Expression {
  const base = baseExpression(recorded);
  const combined =
    "op" in recorded ? new CombinedExpression(base, recorded["op"] as "+", asOperand(recorded["rhs"])) : base;
  if (recorded["desc"] === true) return remember(recorded, combined.desc());
  return remember(recorded, recorded["asc"] === true ? combined.asc() : combined);
}

function baseExpression(recorded: Recorded): Expression {
  if ("$F" in recorded) return new F(String(recorded["$F"]));
  if ("$expr" in recorded) return makeExpression(recorded["$expr"] as Recorded);
  if ("$value" in recorded) return new Value(decode(recorded["$value"]));
  const name = String(recorded["$fn"]);
  const make = (text as unknown as Record<string, (new (...args: unknown[]) => Expression) | undefined>)[name];
  if (make === undefined) throw new Error(`no function ${name}`);
  return new make(...(recorded["args"] as unknown[]).map(makeValue));
}

function asOperand(recorded: unknown): Expression {
  const value = makeValue(recorded);
  return typeof value === "object" && value !== null && "resolve" in value ? (value as Expression) : new Value(value);
}

function makeValue(recorded: unknown): unknown {
  const isExpression =
    typeof recorded === "object" &&
    recorded !== null &&
    ["$F", "$fn", "$value", "$expr"].some((tag) => tag in recorded);
  return isExpression ? makeExpression(recorded as Recorded) : decode(recorded);
}

function remember<T extends object>(recorded: unknown, made: T): T {
  origins.set(made, recorded);
  return made;
}
