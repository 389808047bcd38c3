// Texts of a certain form.

import { textForm } from "@tsgo/utils/text-form";

import { type Validator, type ValidatorOptions, lazy, refusal } from "./validator.ts";

/** What a RegexValidator looks for. */
export interface RegexValidatorOptions extends ValidatorOptions {
  /** Whether a text with the pattern in it is the one to refuse. */
  readonly inverseMatch?: boolean;
}

/**
 * Refuses texts in which a pattern is not found. Anchor it with `^` and `$`, without the flag `m`, where all of the text
 * is meant. Django: `RegexValidator`.
 *
 * @example
 * validators: [RegexValidator(/^[A-Z]{3}$/, { message: "Three capitals, please." })]
 */
export function RegexValidator(pattern: RegExp | string = "", options: RegexValidatorOptions = {}): Validator {
  const { inverseMatch = false } = options;
  const regex = typeof pattern === "string" ? new RegExp(pattern, "u") : pattern;
  return (value) => {
    // search() begins at the start whatever the flags and however often it was used.
    const isFound = textForm(value).search(regex) !== -1;
    if (isFound === inverseMatch) throw refusal(options, INVALID, { value });
  };
}

const INVALID = { message: lazy("Enter a valid value."), code: "invalid" };

/** Refuses what is no integer in digits. Django: `validate_integer`. */
export const validateInteger: Validator = RegexValidator(/^-?\p{Nd}+$/u, { message: lazy("Enter a valid integer.") });

/** Refuses what is not of letters, digits, `_` and `-` of ASCII. Django: `validate_slug`. */
export const validateSlug: Validator = RegexValidator(/^[-\w]+$/, {
  message: lazy("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
});

/** Refuses what is not of letters, digits, `_` and `-` of any script. Django: `validate_unicode_slug`. */
export const validateUnicodeSlug: Validator = RegexValidator(/^[-_\p{L}\p{N}]+$/u, {
  message: lazy("Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens."),
});

/** How a list of integers is written. */
export interface IntListOptions extends ValidatorOptions {
  /** What stands between the integers: a comma unless given. */
  readonly sep?: string;
  readonly allowNegative?: boolean;
}

/** A validator of lists of integers. Django: `int_list_validator`. */
export function intListValidator({ sep = ",", allowNegative = false, ...options }: IntListOptions = {}): Validator {
  const integer = `${allowNegative ? "-?" : ""}\\p{Nd}+`;
  const escaped = sep.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return RegexValidator(new RegExp(`^${integer}(?:${escaped}${integer})*$`, "u"), options);
}

/** Refuses what is no list of digits with commas between. Django: `validate_comma_separated_integer_list`. */
export const validateCommaSeparatedIntegerList: Validator = intListValidator({
  message: lazy("Enter only digits separated by commas."),
});

/** Refuses texts with U+0000 in them, which databases do not take. Django: `ProhibitNullCharactersValidator`. */
export function ProhibitNullCharactersValidator(options: ValidatorOptions = {}): Validator {
  const fallback = { message: lazy("Null characters are not allowed."), code: "null_characters_not_allowed" };
  return (value) => {
    if (textForm(value).includes("\0")) throw refusal(options, fallback, { value });
  };
}
