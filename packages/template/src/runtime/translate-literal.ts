import { gettext } from "@tsgo/i18n/translation";
import { type SafeString, markSafe } from "@tsgo/utils/safestring";

/** The translation of a text written as `_("...")` in a template, which is as safe as the template. */
export function translateLiteral(text: SafeString): SafeString {
  return markSafe(gettext(text.value.replaceAll("%", "%%")));
}
