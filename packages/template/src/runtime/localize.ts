// Numbers and dates in the formats of the active language and in the active time zone.

import { fromSettings, isConfigured } from "@tsgo/core/conf";
import { localize } from "@tsgo/i18n/formats";
import { templateLocaltime } from "@tsgo/i18n/timezone";
import { isDateLike } from "@tsgo/utils/dates";
import { isDecimal } from "@tsgo/utils/decimal";

import type { Context } from "../context/context.ts";
import { keepsZone } from "./zoned.ts";

const groupsDigits = fromSettings(({ USE_THOUSAND_SEPARATOR }) => USE_THOUSAND_SEPARATOR);

/**
 * A value as it is printed: a number or date as text in the formats that are active, anything else as it is. Without
 * settings, numbers stay as JavaScript writes them.
 */
export function localizeValue(value: unknown, context: Context): unknown {
  if (typeof value === "number" || typeof value === "bigint") return localizeNumber(value, context);
  if (typeof value !== "object" || value === null) return value;
  if (isDecimal(value)) return isConfigured() ? localize(value, context.useL10n) : value;
  return isDateLike(value) && isConfigured() ? localize(toLocaltime(value, context), context.useL10n) : value;
}

// Whole numbers are written alike in all languages as long as their digits are not put into groups.
function localizeNumber(value: number | bigint, context: Context): unknown {
  const isWhole = typeof value === "bigint" || Number.isInteger(value);
  if (!isConfigured() || (isWhole && !groupsDigits()) || context.useL10n === false) return String(value);
  return localize(value, context.useL10n);
}

/** A date with a time in the active time zone; anything else as it is. Django: `template_localtime`. */
export function toLocaltime(value: unknown, context: Context): unknown {
  return isConfigured() && !keepsZone(value) ? templateLocaltime(value, context.useTz) : value;
}
