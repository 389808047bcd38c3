// Numbers in the formats of the language in force.

import { fromSettings } from "@tsgo/core/conf";
import { type NumberLike, format } from "@tsgo/utils/numberformat";
import type { SafeString } from "@tsgo/utils/safestring";

import { getFormat } from "./get-format.ts";

/** How a number is written. */
export interface NumberOptions {
  /** Digits behind the decimal separator: as many as the number has unless given. */
  readonly decimalPos?: number | null | undefined;
  /** Whether to use the language's way; if false that of the settings, without groups. */
  readonly useL10n?: boolean | null | undefined;
  /** Whether to group digits even without the setting USE_THOUSAND_SEPARATOR. */
  readonly forceGrouping?: boolean;
}

const groupsDigits = fromSettings(({ USE_THOUSAND_SEPARATOR }) => USE_THOUSAND_SEPARATOR);

/**
 * A number as text. Django: `number_format`.
 *
 * @example
 * numberFormat(1234.5, { decimalPos: 2, forceGrouping: true }); // "1,234.50"
 */
export function numberFormat(value: NumberLike, options: NumberOptions = {}): string | SafeString {
  const { decimalPos, useL10n, forceGrouping = false } = options;
  const of = { useL10n };
  return format(value, getFormat("DECIMAL_SEPARATOR", of), {
    decimalPos,
    grouping: getFormat("NUMBER_GROUPING", of),
    thousandSep: getFormat("THOUSAND_SEPARATOR", of),
    useGrouping: forceGrouping || (useL10n !== false && groupsDigits()),
  });
}

/**
 * A number that a person typed in the way of the language in force, as programs read it: `1.234,5` as `1234.5`. What is
 * no text comes back as it is. Django: `sanitize_separators`.
 */
export function sanitizeSeparators<T>(value: T): T | string {
  if (typeof value !== "string") return value;
  const separator = getFormat("DECIMAL_SEPARATOR");
  const at = value.indexOf(separator);
  const [whole, decimals] = at === -1 ? [value, undefined] : [value.slice(0, at), value.slice(at + separator.length)];
  const digits = groupsDigits() ? withoutGroups(whole, getFormat("THOUSAND_SEPARATOR")) : whole;
  return decimals === undefined ? digits : `${digits}.${decimals}`;
}

// A single dot that does not stand before three digits was meant to be a decimal point.
function withoutGroups(text: string, separator: string): string {
  const parts = text.split(".");
  if (separator === "." && parts.length === 2 && parts[1]?.length !== 3) return text;
  if (separator === "") return text;
  return text.replaceAll(separator, "").replaceAll(separator.normalize("NFKD"), "");
}
