// Values and lengths within bounds.

import { LazyText } from "@tsgo/utils/functional";
import { type DateLike, isDateLike, readMoment, readingOf } from "@tsgo/utils/dates";
import { isDecimal } from "@tsgo/utils/decimal";
import { codePointLength } from "@tsgo/utils/text";
import { textForm } from "@tsgo/utils/text-form";
import { translator } from "@tsgo/utils/translation";
import { Decimal } from "decimal.js";

import type { ErrorText } from "../exceptions/validation.ts";
import { type Validator, type ValidatorOptions, lazy, refusal } from "./validator.ts";

/** A bound: a value, or a function that gives it at the moment of the check. */
export type Limit<T> = T | (() => T);

/** A validator with a bound, which forms read for the attributes of their fields. */
export interface LimitValidator<T> extends Validator {
  readonly limitValue: Limit<T>;
}

/** What can be compared with each other: numbers of any kind, dates, texts. */
export type Comparable = number | bigint | Decimal | DateLike | string;

interface Rule<T> {
  readonly fallback: (limit: T) => { readonly message: ErrorText; readonly code: string };
  readonly clean: (value: unknown) => unknown;
  readonly isRefused: (value: unknown, limit: T) => boolean;
}

function limitValidator<T>(limitValue: Limit<T>, options: ValidatorOptions, rule: Rule<T>): LimitValidator<T> {
  const validate = (value: unknown): void => {
    const limit = typeof limitValue === "function" ? (limitValue as () => T)() : limitValue;
    const cleaned = rule.clean(value);
    if (!rule.isRefused(cleaned, limit)) return;
    const params = { limit_value: shown(limit), show_value: shown(cleaned), value };
    throw refusal(options, rule.fallback(limit), params);
  };
  return Object.assign(validate, { limitValue });
}

/** Refuses what is greater than the limit. Django: `MaxValueValidator`. */
export function MaxValueValidator<T extends Comparable>(
  limit: Limit<T>,
  options: ValidatorOptions = {},
): LimitValidator<T> {
  return limitValidator(limit, options, {
    fallback: () => ({
      message: lazy("Ensure this value is less than or equal to %(limit_value)s."),
      code: "max_value",
    }),
    clean: (value) => value,
    isRefused: (value, bound) => compare(value, bound) > 0,
  });
}

/** Refuses what is less than the limit. Django: `MinValueValidator`. */
export function MinValueValidator<T extends Comparable>(
  limit: Limit<T>,
  options: ValidatorOptions = {},
): LimitValidator<T> {
  return limitValidator(limit, options, {
    fallback: () => ({
      message: lazy("Ensure this value is greater than or equal to %(limit_value)s."),
      code: "min_value",
    }),
    clean: (value) => value,
    isRefused: (value, bound) => compare(value, bound) < 0,
  });
}

/** Refuses texts and lists that are longer than the limit. Lengths count code points. Django: `MaxLengthValidator`. */
export function MaxLengthValidator(limit: Limit<number>, options: ValidatorOptions = {}): LimitValidator<number> {
  return limitValidator(limit, options, {
    fallback: (bound) => ({ message: lengthMessage("at most", bound), code: "max_length" }),
    clean: lengthOf,
    isRefused: (length, bound) => compare(length, bound) > 0,
  });
}

/** Refuses texts and lists that are shorter than the limit. Django: `MinLengthValidator`. */
export function MinLengthValidator(limit: Limit<number>, options: ValidatorOptions = {}): LimitValidator<number> {
  return limitValidator(limit, options, {
    fallback: (bound) => ({ message: lengthMessage("at least", bound), code: "min_length" }),
    clean: lengthOf,
    isRefused: (length, bound) => compare(length, bound) < 0,
  });
}

function lengthMessage(bound: "at most" | "at least", limit: number): ErrorText {
  const text = (unit: string) => `Ensure this value has ${bound} %(limit_value)d ${unit} (it has %(show_value)d).`;
  return new LazyText(() => translator().ngettext(text("character"), text("characters"), limit));
}

/** How the steps of a StepValueValidator are counted. */
export interface StepOptions extends ValidatorOptions {
  /** Where the steps begin: 0 unless given. */
  readonly offset?: number | Decimal | null | undefined;
}

/** Steps that differ by less than this are one: numbers in binary are seldom exact. */
const TOLERANCE = 1e-9;

/** Refuses what is no whole number of steps. Django: `StepValueValidator`. */
export function StepValueValidator(
  limit: Limit<number | Decimal>,
  { offset, ...options }: StepOptions = {},
): LimitValidator<number | Decimal> {
  const validate = (value: unknown): void => {
    const step = typeof limit === "function" ? limit() : limit;
    const rest = Math.abs(Number(value) - Number(offset ?? 0)) % Math.abs(Number(step));
    if (Math.min(rest, Math.abs(Number(step)) - rest) <= TOLERANCE) return;
    throw refusal(options, { message: stepMessage(offset), code: "step_size" }, stepParams(value, step, offset));
  };
  return Object.assign(validate, { limitValue: limit });
}

function stepMessage(offset: unknown): ErrorText {
  return offset === null || offset === undefined
    ? lazy("Ensure this value is a multiple of step size %(limit_value)s.")
    : lazy(
        "Ensure this value is a multiple of step size %(limit_value)s, starting from %(offset)s, e.g. %(offset)s, %(valid_value1)s, %(valid_value2)s, and so on.",
      );
}

/** As many digits as Python's decimals have by default. */
const Exact = Decimal.clone({ precision: 28 });

function stepParams(value: unknown, step: number | Decimal, offset: number | Decimal | null | undefined) {
  // Integers are told from where integers begin.
  const start = new Exact(offset ?? 0);
  const from = Number.isInteger(value) ? start.trunc() : start;
  const [first, second] = [1, 2].map((count) => textForm(from.plus(new Exact(step).times(count))));
  return { limit_value: shown(step), offset: textForm(from), valid_value1: first, valid_value2: second, value };
}

function lengthOf(value: unknown): number {
  if (typeof value === "string") return codePointLength(value);
  if (typeof value === "object" && value !== null) {
    if ("length" in value && typeof value.length === "number") return value.length;
    if ("size" in value && typeof value.size === "number") return value.size;
  }
  throw new TypeError(`${textForm(value)} has no length.`);
}

function compare(a: unknown, b: unknown): number {
  if (isDateLike(a) && isDateLike(b)) return compareNumbers(reading(a), reading(b));
  if (isDecimal(a) || isDecimal(b)) return new Decimal(a as Decimal.Value).cmp(b as Decimal.Value);
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : Number(a > b);
  if (!isNumeric(a) || !isNumeric(b)) throw new TypeError(`${textForm(a)} cannot be compared with ${textForm(b)}.`);
  return compareNumbers(a, b);
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : Number(a > b);
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function reading(value: DateLike): number {
  return readingOf(readMoment(value, "UTC"));
}

function shown(value: unknown): unknown {
  return isDateLike(value) && !(value instanceof Date)
    ? String(value).replace("T", " ")
    : isDecimal(value)
      ? textForm(value)
      : value;
}
