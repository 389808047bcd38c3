// django.core.validators, every one.

import { ValidationError } from "@tsgo/core/exceptions";
import * as core from "@tsgo/core/validators";
import { compileRegex } from "@tsgo/utils/regex";

import { camelCase, inSettings } from "../calls.ts";
import type { Case } from "../corpus.ts";
import { type Outcome, type Topic, compare, passed, skipped } from "../topic.ts";
import { type Makers, decode } from "../values.ts";

interface Input {
  readonly validator: string;
  readonly args?: readonly unknown[];
  readonly kwargs?: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

interface Expected {
  readonly valid?: true;
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
  readonly error?: string;
}

type Options = Readonly<Record<string, unknown>>;

const makers: Makers = {
  regex: (pattern, flags) => compileRegex(flags === "" ? pattern : `(?${flags})${pattern}`).regexp,
  other: { $file: (name) => ({ name, toString: () => "Raw content" }) },
};

/** How the validators that are made are made, of positional arguments and those by name. */
const makersOfValidators: Readonly<Record<string, (args: never, options: never) => (value: never) => void>> = {
  DecimalValidator: ([max, places]: [number | null, number | null], options: Options) =>
    core.DecimalValidator(...named([max, places], options, "maxDigits", "decimalPlaces")),
  DomainNameValidator: (_args, options) => core.DomainNameValidator(options),
  EmailValidator: (_args, options) => core.EmailValidator(options),
  FileExtensionValidator: ([allowedExtensions]: [string[]], options: core.FileExtensionOptions) =>
    core.FileExtensionValidator({ ...(allowedExtensions === undefined ? {} : { allowedExtensions }), ...options }),
  MaxLengthValidator: ([limit, message]: [number, string], options: object) =>
    core.MaxLengthValidator(limit, { message, ...options }),
  MaxValueValidator: ([limit, message]: [core.Comparable, string], options: object) =>
    core.MaxValueValidator(limit, { message, ...options }),
  MinLengthValidator: ([limit, message]: [number, string], options: object) =>
    core.MinLengthValidator(limit, { message, ...options }),
  MinValueValidator: ([limit, message]: [core.Comparable, string], options: object) =>
    core.MinValueValidator(limit, { message, ...options }),
  ProhibitNullCharactersValidator: (_args, options) => core.ProhibitNullCharactersValidator(options),
  RegexValidator: ([pattern]: [unknown], options: Options) => regexValidator(pattern, options),
  StepValueValidator: ([limit, message, offset]: [number, string, number], options: object) =>
    core.StepValueValidator(limit, { message, offset, ...options }),
  URLValidator: ([schemes]: [string[]], options: object) =>
    core.URLValidator({ ...(schemes === undefined ? {} : { schemes }), ...options }),
  int_list_validator: (_args, options) => core.intListValidator(options),
};

/** Validators that are there to be called. */
const ready: Readonly<Record<string, core.Validator>> = {
  validate_comma_separated_integer_list: core.validateCommaSeparatedIntegerList,
  validate_domain_name: core.validateDomainName,
  validate_email: core.validateEmail,
  validate_image_file_extension: core.validateImageFileExtension,
  validate_integer: core.validateInteger,
  validate_ipv4_address: core.validateIpv4Address,
  validate_ipv46_address: core.validateIpv46Address,
  validate_ipv6_address: core.validateIpv6Address,
  validate_slug: core.validateSlug,
  validate_unicode_slug: core.validateUnicodeSlug,
};

function named([max, places]: [number | null, number | null], options: Options, ...names: [string, string]) {
  const [first, second] = names.map((name) => options[name] as number | null | undefined);
  return [max ?? first ?? null, places ?? second ?? null] as const;
}

// Python's patterns come as text, too.
function regexValidator(pattern: unknown, { regex, flags, ...options }: Options): core.Validator {
  const given = pattern ?? regex;
  const source = typeof flags === "string" && flags !== "" ? `(?${flags})${String(given)}` : given;
  return core.RegexValidator(typeof source === "string" ? compileRegex(source).regexp : (given as RegExp), options);
}

function validatorOf({ validator, args = [], kwargs = {} }: Input): ((value: never) => void) | undefined {
  const make = makersOfValidators[validator];
  if (make === undefined) return ready[validator];
  const options = Object.entries(kwargs).map(([name, value]) => [camelCase(name), decode(value, makers)]);
  return make(args.map((arg) => decode(arg, makers)) as never, Object.fromEntries(options) as never);
}

function judge(testCase: Case): Outcome {
  const input = testCase.input as unknown as Input;
  const expected = testCase.expect as Expected;
  const validate = validatorOf(input);
  if (validate === undefined) return skipped(`tsgo has no ${input.validator}`);
  const actual = outcomeOf(input, validate);
  if (expected.error !== undefined && actual.error !== undefined) return passed;
  const outcome = compare(plain(actual), plain(expected));
  if (outcome.status !== "failed") return outcome;
  if (testCase.portable === false) return skipped("shows Python itself");
  return input.value === null ? skipped("null has no text (DESIGN decision 6)") : outcome;
}

function outcomeOf(input: Input, validate: (value: never) => void): Expected {
  try {
    validate(decode(input.value, makers) as never);
    return { valid: true };
  } catch (error) {
    if (!(error instanceof ValidationError)) return { error: String(error) };
    return { errors: error.errorList.map((single) => ({ code: single.code, message: single.messages.join("; ") })) };
  }
}

// 1 stands for 1.0 (DESIGN decision 6), in messages too.
function plain(outcome: Expected): unknown {
  return JSON.parse(JSON.stringify(outcome).replaceAll(/(\d)\.0(?!\d)/g, "$1"));
}

export const topic: Topic = {
  open: ({ head }) => {
    const settings = head["settings"] as Options;
    return (testCase) => inSettings(settings, () => judge(testCase));
  },
};
