// Which lookups and transforms a value has.

import { FieldError } from "@tsgo/core/exceptions";
import { closest } from "@tsgo/utils/nearest-name";

import type { Expression } from "../expressions/expression.ts";
import type { Field } from "../fields/field.ts";
import { CompositePrimaryKey } from "../fields/composite.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import { JSONField } from "../fields/json.ts";
import { forgetShapes } from "../query/shapes/shape.ts";
import { dateLookups } from "./dates.ts";
import { Exact, GreaterThan, GreaterThanOrEqual, IExact, In, LessThan, LessThanOrEqual, Range } from "./comparison.ts";
import { IsNull } from "./is-null.ts";
import { jsonLookups, keyTransform } from "./json.ts";
import type { Lookup, LookupClass } from "./lookup.ts";
import { Contains, EndsWith, IContains, IEndsWith, IRegex, IStartsWith, Regex, StartsWith } from "./text.ts";
import type { TransformClass } from "./transform.ts";
import { tupleLookups } from "./tuple.ts";

/** A lookup or a transform, as it is registered. */
export type LookupEntry = LookupClass | TransformClass;

const COMMON: readonly LookupClass[] = [
  Exact,
  IExact,
  GreaterThan,
  GreaterThanOrEqual,
  LessThan,
  LessThanOrEqual,
  In,
  Contains,
  IContains,
  StartsWith,
  IStartsWith,
  EndsWith,
  IEndsWith,
  Range,
  IsNull,
  Regex,
  IRegex,
];

const RELATED: ReadonlySet<string> = new Set(["exact", "in", "gt", "gte", "lt", "lte", "isnull"]);

const custom = Symbol("lookups");
type WithCustom = { [custom]?: Map<string, LookupEntry> };

/**
 * Gives a field class a lookup or transform of your own, its subclasses included.
 *
 * @example registerLookup(CharField, NotEqual); // title__ne
 */
export function registerLookup(
  fieldClass: abstract new (...args: never[]) => Field,
  entry: LookupEntry,
  name = entry.lookupName,
): void {
  const owner = fieldClass as WithCustom;
  if (!Object.hasOwn(owner, custom)) owner[custom] = new Map();
  owner[custom]?.set(name, entry);
  forgetShapes();
}

/** Takes a lookup away again. */
export function unregisterLookup(fieldClass: abstract new (...args: never[]) => Field, name: string): void {
  if (Object.hasOwn(fieldClass, custom)) (fieldClass as WithCustom)[custom]?.delete(name);
  forgetShapes();
}

function findCustom(field: Field, name: string): LookupEntry | undefined {
  for (
    let owner: unknown = field.constructor;
    typeof owner === "function" && owner !== Function.prototype;
    owner = Object.getPrototypeOf(owner)
  ) {
    const entry = Object.hasOwn(owner, custom) ? (owner as WithCustom)[custom]?.get(name) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function find(field: Field, name: string): LookupEntry | undefined {
  const own = findCustom(field, name);
  if (own !== undefined) return own;
  const type = field.outputField.internalType;
  if (field.outputField instanceof JSONField) {
    const json = jsonLookups.get(name);
    if (json !== undefined) return json;
  }
  return dateLookups(type).get(name) ?? COMMON.find((lookup) => lookup.lookupName === name);
}

/** The lookup of a name for an expression, or undefined. */
export function getLookup(lhs: Expression, name: string): LookupClass | undefined {
  const field = lhs.outputField;
  if (field instanceof ForeignKey && !RELATED.has(name)) return undefined;
  if (field instanceof CompositePrimaryKey) return tupleLookups.get(name);
  const special =
    "getLookup" in lhs && typeof lhs.getLookup === "function"
      ? (lhs.getLookup(name) as LookupClass | undefined)
      : undefined;
  if (special !== undefined) return special;
  const entry = find(field, name);
  return entry === undefined || isTransform(entry) ? undefined : (entry as LookupClass);
}

function isTransform(entry: LookupEntry): boolean {
  return "isTransform" in entry && entry.isTransform === true;
}

/** An expression with a transform around it. @throws FieldError where there is none of that name. */
export function tryTransform(lhs: Expression, name: string, _rest: readonly string[] = []): Expression {
  const field = lhs.outputField;
  if (!(field instanceof ForeignKey) && !(field instanceof CompositePrimaryKey)) {
    const entry = find(field, name);
    if (entry !== undefined && isTransform(entry)) return new (entry as TransformClass)(lhs);
    if (field.outputField instanceof JSONField) return keyTransform(name, lhs);
    const own = field.outputField.transformFor(name);
    if (own !== undefined) return own(lhs);
  }
  const hint = closest(name, lookupNames(field));
  throw new FieldError(
    `Unsupported lookup '${name}' for ${field.constructor.name}${field.name === "" ? "" : ` '${field.name}'`}, or a join on it is not permitted.${hint === undefined ? "" : ` Did you mean '${hint}'?`}`,
  );
}

function unknownOfRelation({ name: relation, remoteField }: ForeignKey, name: string): FieldError {
  const choices = [
    ...remoteField.model._meta.fieldNames().filter((choice) => !choice.endsWith("+")),
    ...RELATED,
  ].sort();
  const hint = closest(name, choices);
  return new FieldError(
    `The relation '${relation}' leads to no field '${name}', and has no such lookup.${hint === undefined ? "" : ` Did you mean '${hint}'?`} Choices are: ${choices.join(", ")}`,
  );
}

function lookupNames(field: Field): string[] {
  if (field instanceof ForeignKey) return [...RELATED];
  if (field instanceof CompositePrimaryKey) return [...tupleLookups.keys()];
  return [...COMMON.map((lookup) => lookup.lookupName), ...dateLookups(field.outputField.internalType).keys()];
}

/** Builds a condition from the names behind a field, the last of which is the lookup. Answers to `build_lookup`. */
export function buildLookup(names: readonly string[], start: Expression, rhs: unknown): Lookup {
  const transforms = names.slice(0, -1);
  let name = names.at(-1) ?? "exact";
  let lhs = start;
  for (const transform of transforms) lhs = tryTransform(lhs, transform, names);
  let lookupClass = getLookup(lhs, name);
  if (lookupClass === undefined) {
    if (lhs.outputField instanceof ForeignKey) throw unknownOfRelation(lhs.outputField, name);
    lhs = tryTransform(lhs, name);
    name = "exact";
    lookupClass = getLookup(lhs, name) ?? Exact;
  }
  const lookup = new lookupClass(lhs, rhs);
  if (lookup.rhs !== null || lookup.canUseNull) return lookup;
  if (name !== "exact" && name !== "iexact") throw new FieldError(`The lookup '${name}' does not take null.`);
  return new (getLookup(lhs, "isnull") ?? IsNull)(lhs, true);
}
