import type { Field } from "../fields/field.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import { comparableDefinition, sameDefinition } from "../migrations/state/definition.ts";
import { modelKey } from "../migrations/state/model-key.ts";

/** The options that no column shows. */
const PROGRAM_ONLY: ReadonlySet<string> = new Set([
  "autoCreated",
  "autoNow",
  "autoNowAdd",
  "blank",
  "choices",
  "dbColumn",
  "editable",
  "errorMessages",
  "helpText",
  "limitChoicesTo",
  "parentLink",
  "relatedName",
  "relatedQueryName",
  "serialize",
  "storage",
  "uniqueForDate",
  "uniqueForMonth",
  "uniqueForYear",
  "uploadTo",
  "validators",
  "verboseName",
]);

/** Whether two definitions of a field differ in anything that the database knows of. */
export function fieldShouldBeAltered(oldField: Field, newField: Field): boolean {
  if (oldField.manyToMany && newField.manyToMany)
    return linkDiffers(oldField as ManyToManyField, newField as ManyToManyField);
  return (
    oldField.column !== newField.column || !sameDefinition(databaseDefinition(oldField), databaseDefinition(newField))
  );
}

function databaseDefinition(field: Field): unknown {
  const { appLabel, objectName } = field.model._meta;
  const { type, options } = comparableDefinition(field, modelKey(appLabel, objectName));
  const kept = Object.entries(options).filter(
    ([key, value]) => !PROGRAM_ONLY.has(key) && !(key === "onDelete" && !isDatabaseRule(value)),
  );
  return { type: isBuiltIn(field) ? type : field.internalType, options: Object.fromEntries(kept) };
}

function isDatabaseRule(value: unknown): boolean {
  return typeof value === "object" && value !== null && "database" in value && value.database !== undefined;
}

// A class of the user's own is stored like its built-in parent.
function isBuiltIn(field: Field): boolean {
  return (field.constructor as typeof Field).reference === undefined;
}

function linkDiffers(oldField: ManyToManyField, newField: ManyToManyField): boolean {
  const [oldLink, newLink] = [oldField.remoteField.throughModel._meta, newField.remoteField.throughModel._meta];
  return (
    oldLink.dbTable !== newLink.dbTable ||
    (oldLink.autoCreated === false) !== (newLink.autoCreated === false) ||
    fieldShouldBeAltered(oldField.sourceLink, newField.sourceLink) ||
    fieldShouldBeAltered(oldField.targetLink, newField.targetLink)
  );
}
