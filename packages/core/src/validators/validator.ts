import { LazyText } from "@tsgo/utils/functional";
import { translator } from "@tsgo/utils/translation";

import type { ErrorParams, ErrorText } from "../exceptions/validation.ts";
import { ValidationError } from "../exceptions/validation.ts";

/** Checks a value: it returns nothing, or throws a ValidationError. */
export type Validator = (value: unknown) => void;

/** What a validator says instead of its own words. */
export interface ValidatorOptions {
  readonly message?: ErrorText | null | undefined;
  readonly code?: string | undefined;
}

/** A text that is translated when it is shown. */
export function lazy(message: string): ErrorText {
  return new LazyText(() => translator().gettext(message));
}

/** The error of a validator, with the value among its parameters. */
export function refusal(
  { message, code }: ValidatorOptions,
  fallback: { readonly message: ErrorText; readonly code: string },
  params: ErrorParams,
): ValidationError {
  return new ValidationError(message ?? fallback.message, { code: code ?? fallback.code, params });
}
