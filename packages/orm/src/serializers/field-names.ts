// The names that fields have in fixtures: Django's, so `pub_date` for the field `pubDate`.

import type { Field } from "../fields/field.ts";
import type { ModelClass } from "../models/model.ts";
import { columnName } from "../naming.ts";

interface FieldNames {
  readonly byField: ReadonlyMap<Field, string>;
  readonly byName: ReadonlyMap<string, Field>;
}

const known = new WeakMap<ModelClass, FieldNames>();

/** The name under which a fixture has a field. */
export function fixtureName(model: ModelClass, field: Field): string {
  return namesOf(model).byField.get(field) ?? field.name;
}

/** The field that a name in a fixture stands for; the name that it has in TypeScript is understood, too. */
export function fieldByFixtureName(model: ModelClass, name: string): Field | undefined {
  return namesOf(model).byName.get(name);
}

/** The names that a fixture of a model may use. */
export function fixtureNames(model: ModelClass): string[] {
  return [...namesOf(model).byField.values()];
}

function namesOf(model: ModelClass): FieldNames {
  const names = known.get(model) ?? collect(model);
  known.set(model, names);
  return names;
}

function collect(model: ModelClass): FieldNames {
  const fields: readonly Field[] = [...model._meta.fields, ...model._meta.manyToMany];
  const wanted = fields.map((field) => djangoName(field));
  const byField = new Map<Field, string>();
  for (const [index, field] of fields.entries()) {
    const name = wanted[index] ?? field.name;
    // Two fields whose names Django would write alike keep the names that they have here.
    byField.set(field, wanted.indexOf(name) === wanted.lastIndexOf(name) ? name : field.name);
  }
  const byName = new Map<string, Field>();
  for (const field of fields) for (const alias of aliases(field)) if (!byName.has(alias)) byName.set(alias, field);
  for (const field of fields) byName.set(field.name, field);
  for (const [field, name] of byField) byName.set(name, field);
  return { byField, byName };
}

function aliases(field: Field): string[] {
  return [field.attname, columnName(field.attname)];
}

/**
 * `address_2` can be told from its column only, since `address2` has lost the underscore. So a column that reads like the field's
 * name has Django's name in it; any other is just a column.
 */
function djangoName(field: Field): string {
  const { name, column, attname } = field;
  const plain = columnName(name);
  if (column === null || squashed(column) !== squashed(attname) || column !== column.toLowerCase()) return plain;
  return attname === name ? column : column.replace(/_id$/, "");
}

function squashed(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}
