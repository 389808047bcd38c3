// Values made of others as fixtures have them: JSON within a text, written as Python writes it.

import type { Field } from "@tsgo/orm/models";

type Instance = Parameters<Field["valueToString"]>[0];

/** A plain value as JSON, with spaces behind the separators and all but ASCII escaped. */
export function fixtureJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(fixtureJson).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `${fixtureJson(key)}: ${fixtureJson(item)}`)
      .join(", ")}}`;
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** An item as its field writes it; null stays null. */
export function itemText(field: Field, item: unknown): string | null {
  // The field reads the item from what it takes for an instance.
  return item === null || item === undefined
    ? null
    : field.valueToString({ [field.attname]: item } as unknown as Instance);
}
