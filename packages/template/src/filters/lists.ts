// Filters for lists, and for what can be taken for one.

import { escapeText } from "@tsgo/utils/html";
import { isSafe, markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { FilterState } from "../library/filter.ts";
import type { Library } from "../library/library.ts";
import { mappingKeys, toItems } from "../runtime/iterate.ts";
import { dictsort } from "./dictsort.ts";
import { slice } from "./slice.ts";
import { unorderedList } from "./unordered-list.ts";

/** Registers the filters for lists. */
export function registerListFilters(register: Library): void {
  register.filter("dictsort", (value: unknown, key: unknown) => dictsort(value, key));
  register.filter("dictsortreversed", (value: unknown, key: unknown) => dictsort(value, key, true));
  register.filter("first", (value: unknown) => sequence(value).at(0) ?? "");
  register.filter("join", join, { isSafe: true, needsAutoescape: true, argument: "required" });
  register.filter("last", (value: unknown) => sequence(value).at(-1) ?? "", { isSafe: true });
  register.filter("length", length);
  register.filter("random", (value: unknown) => pick(sequence(value)), { isSafe: true });
  register.filter("slice", slice, { isSafe: true });
  register.filter("unordered_list", unorderedList, { isSafe: true, needsAutoescape: true });
}

/** The items of a list, or the characters of a text. */
function sequence(value: unknown): readonly unknown[] {
  if (typeof value === "string" || isSafe(value)) return Array.from(textForm(value));
  return toItems(value);
}

function pick(items: readonly unknown[]): unknown {
  return items[Math.floor(Math.random() * items.length)] ?? "";
}

function length(value: unknown): number {
  if (typeof value === "string" || isSafe(value)) return Array.from(textForm(value)).length;
  if (Array.isArray(value)) return value.length;
  const keys = mappingKeys(value);
  if (keys !== undefined) return keys.length;
  if (typeof value !== "object" || value === null) return 0;
  const { size, length: own } = value as { size?: unknown; length?: unknown };
  return [size, own].find((count) => typeof count === "number") ?? 0;
}

function join(value: unknown, glue: unknown, { autoescape }: FilterState): unknown {
  if (!Array.isArray(value) && typeof value !== "string" && !isIterable(value)) return value;
  const items: readonly unknown[] = Array.isArray(value) ? value : sequence(value);
  if (autoescape) return markSafe(joinEscaped(items, escaped(glue)));
  // Without escaping only texts can be joined.
  if (!items.every((item) => typeof item === "string" || isSafe(item))) return value;
  return markSafe(items.map(textForm).join(textForm(glue)));
}

const SPECIAL = /[&<>"']/;

function joinEscaped(items: readonly unknown[], separator: string): string {
  // Texts are escaped all at once.
  if (!SPECIAL.test(separator) && items.every((item) => typeof item === "string")) {
    return escapeText(items.join(separator));
  }
  let text = "";
  for (let index = 0; index < items.length; index += 1) {
    text += index === 0 ? escaped(items[index]) : separator + escaped(items[index]);
  }
  return text;
}

function escaped(value: unknown): string {
  return isSafe(value) ? value.value : escapeText(textForm(value));
}

function isIterable(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (Symbol.iterator in value || mappingKeys(value) !== undefined || isSafe(value))
  );
}
