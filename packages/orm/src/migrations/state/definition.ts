// When two fields, indexes or values are defined alike, whatever objects they are.

import { Decimal } from "decimal.js";

import type { Field } from "../../fields/field.ts";
import { type ModelKey, resolveRelation } from "./model-key.ts";

/** A field's class and those of its options that are not the defaults of that class. */
export interface FieldDefinition {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

const COMMON_DEFAULTS: Readonly<Record<string, unknown>> = {
  null: false,
  blank: false,
  unique: false,
  primaryKey: false,
  editable: true,
  serialize: true,
  autoCreated: false,
  helpText: "",
  verboseName: "",
  parentLink: false,
  dbConstraint: true,
  dbIndex: false,
};

const DEFAULTS_BY_TYPE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  AutoField: { blank: true },
  BigAutoField: { blank: true },
  SmallAutoField: { blank: true },
  SlugField: { dbIndex: true, maxLength: 50 },
  EmailField: { maxLength: 254 },
  URLField: { maxLength: 200 },
  FileField: { maxLength: 100 },
  ImageField: { maxLength: 100 },
  FilePathField: { maxLength: 100 },
  ForeignKey: { dbIndex: true },
  OneToOneField: { dbIndex: true, unique: true },
};

/** Options that are written down even when they are the defaults, since rows depend on them. */
const ALWAYS_WRITTEN: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  FileField: { uploadTo: "" },
  ImageField: { uploadTo: "" },
};

/** What tells this field from others: class and options, defaults left out. */
export function fieldDefinition(field: Field): FieldDefinition {
  const { type, options } = field.deconstruct();
  const defaults = { ...COMMON_DEFAULTS, ...DEFAULTS_BY_TYPE[type] };
  const implied = impliedOptions(options);
  const kept = Object.entries({ ...ALWAYS_WRITTEN[type], ...options }).filter(
    ([key, value]) =>
      value !== undefined &&
      !implied.has(key) &&
      !(key in defaults && defaults[key] === value) &&
      !isNoRule(key, value),
  );
  return { type, options: Object.fromEntries(kept) };
}

function isNoRule(key: string, value: unknown): boolean {
  return key === "validators" && Array.isArray(value) && value.length === 0;
}

function impliedOptions(options: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  // Symmetry shows on the attribute of an instance only, and is lost once "self" has been resolved.
  const implied = new Set(["symmetrical"]);
  // A value taken from the clock is not entered by anyone.
  if (options["autoNow"] === true || options["autoNowAdd"] === true) implied.add("blank").add("editable");
  // The words for a key or link that nobody wrote follow from its name.
  if (options["autoCreated"] === true) implied.add("verboseName");
  return implied;
}

/** The definition with targets written as addresses, so that fields of different models can be compared. */
export function comparableDefinition(field: Field, from: ModelKey): FieldDefinition {
  const { type, options } = fieldDefinition(field);
  const { remoteField } = field;
  if (remoteField === undefined) return { type, options };
  const { to: _to, through: _through, ...rest } = options;
  const through = remoteField.through;
  return {
    type,
    options: {
      ...rest,
      to: resolveRelation(remoteField.to, from),
      ...(through !== undefined && { through: resolveRelation(through, from) }),
    },
  };
}

interface Deconstructible {
  deconstruct(): unknown;
}

function isDeconstructible(value: object): value is Deconstructible {
  return "deconstruct" in value && typeof value.deconstruct === "function";
}

/** Whether two values are written alike in a migration: by structure, not by identity. */
export function sameDefinition(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a === "function" && typeof b === "function") return sameLiteralMaker(a, b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && sameList(a, b);
  if (isDeconstructible(a)) return isDeconstructible(b) && sameDefinition(a.deconstruct(), b.deconstruct());
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Decimal) return a.equals(b as Decimal);
  if (a instanceof Date) return a.getTime() === (b as Date).getTime();
  if (a instanceof Uint8Array) return sameList([...a], [...(b as Uint8Array)]);
  if (a instanceof RegExp) return a.toString() === (b as RegExp).toString();
  if (a instanceof Set) return sameList([...a], [...(b as Set<unknown>)]);
  if (a instanceof Map) return sameList([...a], [...(b as Map<unknown, unknown>)]);
  if (isTemporal(a) && isTemporal(b)) return a.toJSON() === b.toJSON();
  return sameRecord({ ...a }, { ...b });
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => sameDefinition(value, b[index]));
}

function sameRecord(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  return (
    keys.length === Object.keys(b).filter((key) => b[key] !== undefined).length &&
    keys.every((key) => sameDefinition(a[key], b[key]))
  );
}

/** A date, a time or a duration of Temporal, whose text says all. */
function isTemporal(value: object): value is { toJSON(): string } {
  return String((value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]).startsWith("Temporal.");
}

// Strings without escapes of code in them, numbers, the three words, keys, and what holds them together.
const LITERAL_PARTS =
  /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?n?(?![\w$])|(?:true|false|null)(?![\w$:])|[A-Za-z_$][\w$]*\s*:|[{}[\],:()]|\s)+$/;

/**
 * What a function makes whose whole code is a literal: `() => ({ tags: [] })`. Such a function is what it is wherever it stands, so it
 * needs no name to be imported by; two that make the same are the same.
 */
export function literalMaker(make: (...args: never[]) => unknown): { readonly value: unknown } | undefined {
  const body = /^\(\)\s*=>\s*(?!\{)(.+)$/s.exec(Function.prototype.toString.call(make))?.[1];
  return body !== undefined && LITERAL_PARTS.test(body) ? { value: make() } : undefined;
}

function sameLiteralMaker(a: object, b: object): boolean {
  const [first, second] = [literalMaker(a as () => unknown), literalMaker(b as () => unknown)];
  return first !== undefined && second !== undefined && sameDefinition(first.value, second.value);
}
