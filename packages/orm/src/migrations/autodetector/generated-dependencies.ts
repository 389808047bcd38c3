import type { Field } from "../../fields/field.ts";
import { type Detection, withoutFields } from "./detection.ts";
import type { OperationDependency } from "./dependency.ts";

/** The new fields that a computed column is made of have to come before it. */
export function generatedDependencies(detection: Detection, field: Field): OperationDependency[] {
  if (!field.generated) return [];
  const names = new Set<string>();
  collectTexts((field.options as { readonly expression?: unknown }).expression, names, new Set());
  return withoutFields(detection.newFields, detection.oldFields)
    .filter(({ name }) => names.has(name))
    .map(({ model, name }) => ({ model, field: name, kind: "create" as const }));
}

/** The names that an expression may refer to: the first step of every text in it. */
function collectTexts(value: unknown, names: Set<string>, seen: Set<object>): void {
  if (typeof value === "string") names.add(value.split("__", 1)[0] ?? value);
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  for (const part of Object.values(value)) collectTexts(part, names, seen);
}
