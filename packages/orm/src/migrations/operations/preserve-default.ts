import type { Field } from "../../fields/field.ts";

/** The field as the state keeps it: without a default that only served to fill a column. */
export function stateFieldOf(operation: { readonly field: Field; readonly preserveDefault: boolean }): Field {
  return operation.preserveDefault ? operation.field : operation.field.clone({ default: undefined });
}
