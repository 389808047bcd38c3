// Rules for arrays, stores of keys and ranges.

import { ValidationError } from "@tsgo/core/exceptions";
import {
  type Comparable,
  MaxLengthValidator,
  MaxValueValidator,
  MinLengthValidator,
  MinValueValidator,
  type Validator,
} from "@tsgo/core/validators";

import { Range } from "./values/range.ts";

/** Refuses a list with more items. */
export function ArrayMaxLengthValidator(limit: number): Validator {
  return MaxLengthValidator(limit, {
    message: `List contains %(show_value)s items, it should contain no more than ${limit}.`,
  });
}

/** Refuses a list with fewer items. */
export function ArrayMinLengthValidator(limit: number): Validator {
  return MinLengthValidator(limit, {
    message: `List contains %(show_value)s items, it should contain no fewer than ${limit}.`,
  });
}

/** What a check of keys takes. */
export interface KeysOptions {
  readonly keys: readonly string[];
  /** Refuses all other keys. */
  readonly strict?: boolean;
  /** Texts in place of the usual ones. */
  readonly messages?: { readonly missingKeys?: string; readonly extraKeys?: string };
}

/** Refuses a store that lacks one of the keys. Answers to `KeysValidator`. */
export function KeysValidator({ keys, strict = false, messages = {} }: KeysOptions): Validator {
  const { missingKeys = "Some keys were missing: %(keys)s", extraKeys = "Some unknown keys were provided: %(keys)s" } =
    messages;
  return (value: unknown) => {
    const given = Object.keys(value as object);
    const missing = keys.filter((key) => !given.includes(key));
    if (missing.length > 0)
      throw new ValidationError(missingKeys, { code: "missing_keys", params: { keys: missing.join(", ") } });
    const extra = strict ? given.filter((key) => !keys.includes(key)) : [];
    if (extra.length > 0)
      throw new ValidationError(extraKeys, { code: "extra_keys", params: { keys: extra.join(", ") } });
  };
}

/** Refuses a range that reaches beyond a value. An open end does. */
export function RangeMaxValueValidator(limit: Comparable): Validator {
  const message = "Ensure that the upper bound of the range is not greater than %(limit_value)s.";
  return boundValidator("upper", message, limit, MaxValueValidator(limit, { message }));
}

/** Refuses a range that begins before a value. An open beginning does. */
export function RangeMinValueValidator(limit: Comparable): Validator {
  const message = "Ensure that the lower bound of the range is not less than %(limit_value)s.";
  return boundValidator("lower", message, limit, MinValueValidator(limit, { message }));
}

function boundValidator(side: "lower" | "upper", message: string, limit: Comparable, check: Validator): Validator {
  return (value: unknown) => {
    if (!(value instanceof Range) || value.isEmpty) return;
    if (value[side] !== null) return check(value[side]);
    throw new ValidationError(message, {
      code: side === "upper" ? "max_value" : "min_value",
      params: { limit_value: String(limit) },
    });
  };
}
