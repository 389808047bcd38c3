// What may be wrong with many-to-many fields and their link models. The ids are Django's.

import type { CheckMessage } from "@tsgo/core/checks";

import { ForeignKey } from "../fields/foreign-key.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import type { ModelClass } from "../models/model.ts";
import { Report } from "./report.ts";

/** What is wrong with a many-to-many field beside what any relation may have. */
export function checkManyToMany(field: ManyToManyField): CheckMessage[] {
  const report = new Report(field);
  const { options, remoteField } = field;
  if (options.unique === true) report.error("fields.E330", "A many-to-many field cannot be unique.");
  for (const [given, id, name] of [
    [options.null === true, "fields.W340", "null"],
    [(options.validators ?? []).length > 0, "fields.W341", "validators"],
    [options.dbComment !== undefined, "fields.W346", "dbComment"],
  ] as const)
    if (given) report.warning(id, `${name} has no effect on a many-to-many field.`);
  if (options.limitChoicesTo !== undefined && remoteField.through !== undefined)
    report.warning("fields.W343", "limitChoicesTo has no effect on a many-to-many field with a link model.");
  if (remoteField.symmetrical && options.relatedName !== undefined)
    report.warning(
      "fields.W345",
      "relatedName has no effect on a symmetrical relation, whose way back is the way there.",
    );
  if (remoteField.through !== undefined && remoteField.isResolved) checkThrough(field, report);
  return report.messages;
}

function checkThrough(field: ManyToManyField, report: Report): void {
  const { remoteField } = field;
  if (!remoteField.hasThroughModel) {
    report.error("fields.E331", `It names the link model '${String(remoteField.through)}', which is not registered.`);
    return;
  }
  const link = remoteField.throughModel;
  const own = field.model;
  const target = remoteField.model;
  if (remoteField.throughFields !== undefined) {
    checkThroughFields(field, link, remoteField.throughFields, report);
    return;
  }
  const [toOwn, toTarget] = [keysTo(link, own), keysTo(link, target)];
  const hint = "Say with throughFields which two are meant.";
  const { label } = link._meta;
  if (own === target) {
    if (toOwn.length > 2)
      report.error("fields.E333", `${label} has more than two foreign keys to ${own._meta.label}.`, hint);
    if (toOwn.length < 2) report.error("fields.E336", `${label} has no two foreign keys to ${own._meta.label}.`);
    return;
  }
  if (toOwn.length > 1)
    report.error("fields.E334", `${label} has more than one foreign key to ${own._meta.label}.`, hint);
  if (toTarget.length > 1)
    report.error("fields.E335", `${label} has more than one foreign key to ${target._meta.label}.`, hint);
  if (toOwn.length === 0 || toTarget.length === 0)
    report.error("fields.E336", `${label} has no foreign key to ${(toOwn.length === 0 ? own : target)._meta.label}.`);
}

function keysTo(link: ModelClass, target: ModelClass): ForeignKey[] {
  return link._meta.fields.filter(
    (field): field is ForeignKey =>
      field instanceof ForeignKey &&
      field.remoteField.isResolved &&
      field.remoteField.model._meta.concreteModel === target._meta.concreteModel,
  );
}

function checkThroughFields(field: ManyToManyField, link: ModelClass, names: readonly string[], report: Report): void {
  if (names.length < 2 || names.some((name) => name === "")) {
    report.error(
      "fields.E337",
      "throughFields names two foreign keys of the link model: to this model, and to the target.",
    );
    return;
  }
  for (const [name, model] of [
    [names[0], field.model],
    [names[1], field.remoteField.model],
  ] as const) {
    const found = link._meta.findField(name ?? "");
    if (found === undefined) report.error("fields.E338", `The link model ${link._meta.label} has no field '${name}'.`);
    else if (!keysTo(link, model).includes(found as ForeignKey))
      report.error("fields.E339", `${link._meta.label}.${name} is no foreign key to ${model._meta.label}.`);
  }
}
