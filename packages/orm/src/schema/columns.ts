// From the names of fields to those of columns.

import { FieldDoesNotExist } from "@tsgo/core/exceptions";

import type { Field } from "../fields/field.ts";
import type { ModelClass } from "../models/model.ts";

/** The field of that name in the model's own table, many-to-many fields included. */
export function localField(model: ModelClass, name: string): Field {
  const { localFields, localManyToMany, label } = model._meta;
  const field = [...localFields, ...localManyToMany].find((known) => known.name === name);
  if (field === undefined)
    throw new FieldDoesNotExist(
      `${label} has no field '${name}' of its own. It has: ${localFields.map((known) => known.name).join(", ")}.`,
    );
  return field;
}

/** The columns of these fields. */
export function columnsOf(model: ModelClass, names: readonly string[]): string[] {
  return names.map((name) => localField(model, name).column ?? name);
}
