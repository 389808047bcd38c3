// How the languages of the world write numbers, as far as the runtime knows it.

import type { Formats } from "./modules.ts";

const PLAIN = /^[.,'\u00a0\u2019]$/;

/** The separators of a language; nothing for one that the runtime does not know, or that writes in other digits. */
export function separatorsOf(language: string): Partial<Formats> {
  if (!isKnown(language)) return {};
  const parts = new Intl.NumberFormat(language).formatToParts(1_234_567.8);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value.replace("\u202f", "\u00a0") ?? "";
  const [decimal, group] = [sign("decimal"), sign("group")];
  if (!PLAIN.test(decimal) || !PLAIN.test(group)) return {};
  return { DECIMAL_SEPARATOR: decimal, THOUSAND_SEPARATOR: group, NUMBER_GROUPING: 3 };
}

function isKnown(language: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(language).length > 0;
  } catch {
    return false;
  }
}
