// Filters that choose between texts.

import { gettext } from "@tsgo/i18n/translation";
import { isSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { Library } from "../library/library.ts";
import { isTruthy } from "../runtime/truth.ts";
import { toNumber } from "../runtime/number.ts";
import { mappingKeys } from "../runtime/iterate.ts";
import { pprint } from "./pprint.ts";

/** Registers the filters that choose between texts, and `pprint`. */
export function registerChoiceFilters(register: Library): void {
  register.filter("default", (value: unknown, other: unknown) => (isTruthy(value) ? value : other));
  register.filter("default_if_none", (value: unknown, other: unknown) => value ?? other);
  register.filter("pluralize", pluralize, { argument: "optional" });
  register.filter("pprint", pprint, { isSafe: true });
  register.filter("yesno", yesno, { argument: "optional" });
}

function yesno(value: unknown, words?: unknown): unknown {
  const bits = (words === undefined || words === null ? gettext("yes,no,maybe") : textForm(words)).split(",");
  const [yes, no] = bits;
  if (no === undefined) return value;
  if (value === null || value === undefined) return bits.length === 3 ? bits[2] : no;
  return isTruthy(value) ? yes : no;
}

function pluralize(value: unknown, endings?: unknown): string {
  const given = endings === undefined ? "s" : textForm(endings);
  const [singular = "", plural = "", more] = (given.includes(",") ? given : `,${given}`).split(",");
  if (more !== undefined) return "";
  const count = countOf(value);
  if (count === undefined) return "";
  return count === 1 ? singular : plural;
}

function countOf(value: unknown): number | undefined {
  const number = toNumber(value);
  if (!Number.isNaN(number) || Number.isNaN(value)) return number;
  if (typeof value === "string" || isSafe(value) || typeof value !== "object" || value === null) return undefined;
  const keys = mappingKeys(value);
  if (keys !== undefined) return keys.length;
  const { size, length } = value as { size?: unknown; length?: unknown };
  return [size, length].find((count) => typeof count === "number");
}
