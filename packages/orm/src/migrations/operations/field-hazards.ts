import type { Field } from "../../fields/field.ts";
import type { Hazard } from "./hazard.ts";

/** What changing the column of one field into that of another may do to the rows and to those who wait. */
export function alterationHazards(oldField: Field, newField: Field, vendor: string): readonly Hazard[] {
  if (oldField.column === null || newField.column === null) return [];
  const column = `${newField.model._meta.dbTable}.${newField.column}`;
  const hazards: Hazard[] = [];
  const otherType = oldField.internalType !== newField.internalType && !oldField.isRelation;
  if (otherType)
    hazards.push({
      kind: "may-fail",
      detail: `casts ${column} from ${oldField.internalType} to ${newField.internalType}`,
    });
  if (newField.isRelation && targetOf(oldField) !== targetOf(newField))
    hazards.push({ kind: "may-fail", detail: `fails where ${column} has keys that ${targetOf(newField)} has not` });
  if (isShorter(oldField, newField))
    hazards.push({ kind: "may-fail", detail: `shortens ${column} to ${newField.maxLength} characters` });
  if (oldField.null && !newField.null && !newField.hasDefault())
    hazards.push({ kind: "may-fail", detail: `fails where ${column} is NULL` });
  if (!oldField.unique && newField.unique)
    hazards.push({ kind: "may-fail", detail: `fails where values of ${column} repeat` });
  if (otherType && vendor !== "sqlite")
    hazards.push({ kind: "lock", detail: `rewrites the table ${newField.model._meta.dbTable}` });
  return hazards;
}

function targetOf({ remoteField }: Field): string {
  return remoteField?.model._meta.dbTable ?? "";
}

function isShorter(oldField: Field, newField: Field): boolean {
  const had = oldField.internalType === "TextField" ? Number.POSITIVE_INFINITY : (oldField.maxLength ?? 0);
  return newField.maxLength !== undefined && had > newField.maxLength;
}
