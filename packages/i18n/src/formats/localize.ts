// Values of any kind in the way of the language in force.

import type { DateLike } from "@tsgo/utils/dateformat";
import { momentKind } from "@tsgo/utils/dates";
import { isDecimal } from "@tsgo/utils/decimal";
import type { NumberLike } from "@tsgo/utils/numberformat";
import type { SafeString } from "@tsgo/utils/safestring";
import { strftime } from "@tsgo/utils/strftime";

import { dateFormat, timeFormat } from "./dates.ts";
import { getFormat } from "./get-format.ts";
import { numberFormat } from "./numbers.ts";

/**
 * A number, date or time as text in the way of the language in force; anything else as it is. Django: `localize`.
 *
 * @param useL10n If false, the way of the settings; numbers then stay as JavaScript writes them.
 */
export function localize<T>(value: T, useL10n?: boolean | null): T | string | SafeString {
  if (isNumber(value)) return useL10n === false ? String(value) : numberFormat(value, { useL10n });
  if (typeof value === "boolean") return String(value);
  const kind = momentKind(value);
  if (kind === undefined) return value;
  const moment = value as DateLike;
  if (kind === "time") return timeFormat(moment, null, { useL10n });
  return dateFormat(moment, kind === "date" ? "DATE_FORMAT" : "DATETIME_FORMAT", { useL10n });
}

const INPUT_FORMATS = {
  datetime: "DATETIME_INPUT_FORMATS",
  date: "DATE_INPUT_FORMATS",
  time: "TIME_INPUT_FORMATS",
} as const;

/**
 * A value as the input field of a form shows it: dates in the first input format of the language in force. Django:
 * `localize_input`.
 *
 * @param format Another format, in the letters of strftime.
 */
export function localizeInput<T>(value: T, format?: string): T | string | SafeString {
  if (isNumber(value)) return numberFormat(value);
  if (typeof value === "boolean") return String(value);
  const kind = momentKind(value);
  if (kind === undefined) return value;
  return strftime(value as DateLike, format ?? getFormat(INPUT_FORMATS[kind])[0] ?? "%Y-%m-%d");
}

function isNumber(value: unknown): value is NumberLike {
  return typeof value === "number" || typeof value === "bigint" || isDecimal(value);
}
