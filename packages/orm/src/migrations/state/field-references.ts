// How a field refers to a model or to a field of it, and how it is pointed at another one.

import type { Field } from "../../fields/field.ts";
import { type ModelKey, resolveRelation } from "./model-key.ts";

/** The ways in which one field refers to a model. */
export interface FieldReference {
  /** The field's target is the model. */
  readonly to: boolean;
  /** The model is the link table of the field. */
  readonly through: boolean;
}

/** The part of a referred model that is asked about. */
export interface ReferredField {
  readonly name: string;
  readonly primaryKey?: boolean;
}

/**
 * Says whether the field of the model `from` refers to the model `target`, or to one field of it. Answers to
 * `field_references`.
 */
export function fieldReferences(
  field: Field,
  from: ModelKey,
  target: ModelKey,
  referred?: ReferredField,
): FieldReference | undefined {
  const { remoteField } = field;
  if (remoteField === undefined) return undefined;
  const to = resolveRelation(remoteField.to, from) === target && holds(field, referred);
  const through =
    remoteField.through !== undefined &&
    resolveRelation(remoteField.through, from) === target &&
    (referred === undefined ||
      remoteField.throughFields === undefined ||
      remoteField.throughFields.includes(referred.name));
  return to || through ? { to, through } : undefined;
}

function holds(field: Field, referred: ReferredField | undefined): boolean {
  if (referred === undefined || field.manyToMany) return true;
  const held = field.remoteField?.fieldName;
  return held === undefined ? (referred.primaryKey ?? true) : held === referred.name;
}

/**
 * The field with its reference to the model `target` changed to the label `renamed`, and with the field that it
 * holds renamed; the field itself where it does not refer to the model.
 */
export function repointField(
  field: Field,
  from: ModelKey,
  target: ModelKey,
  renamed: string | undefined,
  renamedField?: { readonly oldName: string; readonly newName: string },
): Field {
  const reference = fieldReferences(field, from, target);
  const { remoteField } = field;
  if (reference === undefined || remoteField === undefined) return field;
  const changes: Record<string, unknown> = {};
  if (renamed !== undefined) {
    if (reference.to) changes["to"] = renamed;
    if (reference.through) changes["through"] = renamed;
  }
  if (renamedField !== undefined) {
    const { oldName, newName } = renamedField;
    const rename = (name: string): string => (name === oldName ? newName : name);
    if (reference.to && remoteField.fieldName === oldName) changes["toField"] = newName;
    if (reference.through && remoteField.throughFields !== undefined)
      changes["throughFields"] = remoteField.throughFields.map(rename);
  }
  return Object.keys(changes).length === 0 ? field : field.clone(changes);
}
