// Decimals with so many digits.

import { decimalDigits } from "@tsgo/utils/decimal";
import { LazyText } from "@tsgo/utils/functional";
import { translator } from "@tsgo/utils/translation";
import type { Decimal } from "decimal.js";

import { ValidationError } from "../exceptions/validation.ts";
import { lazy } from "./validator.ts";

/**
 * Refuses decimals with more digits in all, or behind the point, than a column holds. Django: `DecimalValidator`.
 *
 * @param maxDigits Digits in all; null for any number.
 * @param decimalPlaces Digits behind the point; null for any number.
 */
export function DecimalValidator(maxDigits: number | null, decimalPlaces: number | null): (value: Decimal) => void {
  return (value) => {
    if (!value.isFinite()) throw new ValidationError(lazy("Enter a number."), { code: "invalid", params: { value } });
    const { digits, decimals } = decimalDigits(value);
    if (maxDigits !== null && digits > maxDigits) throw tooMany("max_digits", "digit", " in total", maxDigits, value);
    if (decimalPlaces !== null && decimals > decimalPlaces) {
      throw tooMany("max_decimal_places", "decimal place", "", decimalPlaces, value);
    }
    if (maxDigits === null || decimalPlaces === null) return;
    const most = maxDigits - decimalPlaces;
    if (digits - decimals > most) throw tooMany("max_whole_digits", "digit", " before the decimal point", most, value);
  };
}

function tooMany(code: string, unit: string, where: string, max: number, value: Decimal): ValidationError {
  const text = (units: string) => `Ensure that there are no more than %(max)s ${units}${where}.`;
  const message = new LazyText(() => translator().ngettext(text(unit), text(`${unit}s`), max));
  return new ValidationError(message, { code, params: { max, value } });
}
