// Tells whether a migration still does what it did when it was applied.

import { createHash } from "node:crypto";

import { Field } from "../../fields/field.ts";
import type { Migration } from "../migration.ts";
import { fieldDefinition } from "../state/definition.ts";

/**
 * A digest of what a migration does to the schema. Layout, comments, names of variables and the bodies of functions do not
 * count, so that a file may be formatted or built.
 */
export function migrationChecksum(migration: Migration): string {
  const operations = migration.operations.map((operation) => operation.deconstruct());
  return createHash("sha256")
    .update(JSON.stringify(canonical(operations, new Set())))
    .digest("hex")
    .slice(0, 32);
}

function canonical(value: unknown, seen: Set<object>): unknown {
  if (typeof value === "bigint") return { bigint: String(value) };
  if (typeof value === "function") return { function: "" };
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Field) return canonical(fieldDefinition(value), seen);
  if (Array.isArray(value)) return value.map((item) => canonical(item, seen));
  if (seen.has(value)) return { again: value.constructor.name };
  const inside = new Set(seen).add(value);
  if ("deconstruct" in value && typeof value.deconstruct === "function") return canonical(value.deconstruct(), inside);
  if (value instanceof Date || value instanceof RegExp || Symbol.toStringTag in value || "toFixed" in value)
    return (value as { toString(): string }).toString();
  const entries = Object.entries(value).filter(([key, item]) => item !== undefined && key !== "cachedOutputField");
  return {
    class: value.constructor?.name,
    entries: entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, canonical(item, inside)]),
  };
}
