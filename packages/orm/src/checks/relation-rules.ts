// What may be wrong with foreign keys and one-to-one fields, and with the names of relations. The ids are Django's.

import type { CheckMessage } from "@tsgo/core/checks";

import type { Field } from "../fields/field.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import type { RelationField } from "../fields/relation-field.ts";
import type { Options } from "../models/options.ts";
import { DB_SET_DEFAULT, DB_SET_NULL, SET_DEFAULT, SET_NULL } from "../models/on-delete.ts";
import { Report } from "./report.ts";

/** What is wrong with a relation; that its target is missing comes first, since nothing else can be told then. */
export function checkRelation(field: RelationField): CheckMessage[] {
  const report = new Report(field);
  checkRelatedName(field, report);
  if (!field.remoteField.isResolved) {
    const { to } = field;
    const name = typeof to === "string" ? to : to.name;
    report.error("fields.E300", `It refers to the model '${name}', which is not registered or is abstract.`);
    return report.messages;
  }
  const { swapped } = field.remoteField.model._meta;
  if (swapped !== null)
    report.error(
      "fields.E301",
      `It refers to ${field.remoteField.model._meta.label}, in whose place the settings put '${swapped}'.`,
      `Refer to the setting: "${field.remoteField.model._meta.swappable ?? ""}".`,
    );
  else checkClashes(field, report);
  if (field instanceof ForeignKey) {
    checkDeletion(field, report);
    checkTarget(field, report);
  }
  return report.messages;
}

function checkRelatedName(field: RelationField, report: Report): void {
  const { relatedName } = field.remoteField;
  if (relatedName !== undefined && !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(relatedName) && !relatedName.endsWith("+"))
    report.error("fields.E306", `relatedName '${relatedName}' is neither an identifier nor ends in '+'.`);
  if (field.remoteField.hidden || !field.remoteField.isResolved) return;
  const query = field.relatedQueryName();
  if (query.endsWith("_")) report.error("fields.E308", `The reverse name '${query}' must not end in '_'.`);
  if (query.includes("__")) report.error("fields.E309", `The reverse name '${query}' must not have '__' in it.`);
}

function checkClashes(field: RelationField, report: Report): void {
  const { remoteField } = field;
  const target = remoteField.model._meta;
  if (remoteField.hidden) return;
  const accessor = remoteField.accessorName;
  const query = field.relatedQueryName();
  const hint = "Give it another relatedName.";
  for (const other of [...target.fields, ...target.manyToMany]) {
    if (other.name === accessor)
      report.error(
        "fields.E302",
        `Its reverse accessor '${accessor}' clashes with the field ${other.toString()}.`,
        hint,
      );
    if (other.name === query)
      report.error(
        "fields.E303",
        `Its reverse name in queries, '${query}', clashes with the field ${other.toString()}.`,
        hint,
      );
  }
  for (const other of target.relatedObjects) {
    if (other === remoteField || other.hidden) continue;
    if (accessor !== undefined && other.accessorName === accessor)
      report.error(
        "fields.E304",
        `Its reverse accessor '${accessor}' clashes with that of ${other.field.toString()}.`,
        hint,
      );
    if (other.field.relatedQueryName() === query)
      report.error(
        "fields.E305",
        `Its reverse name in queries, '${query}', clashes with that of ${other.field.toString()}.`,
        hint,
      );
  }
}

function checkDeletion(field: ForeignKey, report: Report): void {
  const { onDelete } = field.remoteField;
  if ((onDelete === SET_NULL || onDelete === DB_SET_NULL) && !field.null)
    report.error(
      "fields.E320",
      `onDelete is ${onDelete.name}, and the field cannot be null.`,
      "Set null to true, or take another rule.",
    );
  if (onDelete === SET_DEFAULT && !field.hasDefault())
    report.error(
      "fields.E321",
      "onDelete is SET_DEFAULT, and the field has no default.",
      "Give it a default, or take another rule.",
    );
  if (onDelete === DB_SET_DEFAULT && !field.hasDbDefault())
    report.error(
      "fields.E322",
      "onDelete is DB_SET_DEFAULT, and the field has no dbDefault.",
      "Give it a dbDefault, or take another rule.",
    );
  if (field.unique && !field.oneToOne && !field.primaryKey)
    report.warning("fields.W342", "A unique ForeignKey leads to one row on either side.", "Take a OneToOneField.");
}

function checkTarget(field: ForeignKey, report: Report): void {
  const { fieldName, model } = field.remoteField;
  const meta = model._meta;
  if (fieldName === undefined) return;
  const target = meta.findAttribute(fieldName) ?? meta.findField(fieldName);
  if (target === undefined || !("attname" in target) || !target.concrete)
    report.error("fields.E312", `toField '${fieldName}' is no column of ${meta.label}.`);
  else if (!isUnique(target, meta))
    report.error("fields.E311", `${target.toString()} must be unique, since a foreign key refers to it.`);
}

// A rule for all rows is as good as the option.
function isUnique(field: Field, meta: Options): boolean {
  return (
    field.unique ||
    meta.constraints.some(
      (rule) =>
        "fields" in rule &&
        Array.isArray(rule.fields) &&
        rule.fields.length === 1 &&
        rule.fields[0] === field.name &&
        !("condition" in rule && rule.condition !== undefined),
    ) ||
    meta.uniqueTogether.some((names) => names.length === 1 && names[0] === field.name)
  );
}
