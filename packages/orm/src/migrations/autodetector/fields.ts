import { CompositePrimaryKey } from "../../fields/composite.ts";
import type { Field } from "../../fields/field.ts";
import { SchemaError } from "../../schema/exceptions.ts";
import { AddField } from "../operations/add-field.ts";
import { AlterField } from "../operations/alter-field.ts";
import { RemoveField } from "../operations/remove-field.ts";
import { RenameField } from "../operations/rename-field.ts";
import { comparableDefinition, sameDefinition } from "../state/definition.ts";
import type { ModelKey } from "../state/model-key.ts";
import { type Detection, type FieldKey, fieldText, sortedFields, withoutFields } from "./detection.ts";
import { generatedDependencies } from "./generated-dependencies.ts";
import { relationDependencies } from "./relation-dependencies.ts";

/** Lists the fields of the models that stay. */
export function prepareFields(detection: Detection): void {
  detection.oldFields = detection.keptModels.flatMap((key) => fieldKeys(key, detection.oldModel(key).fields));
  detection.newFields = detection.keptModels.flatMap((key) => fieldKeys(key, detection.newModel(key).fields));
}

function fieldKeys(model: ModelKey, fields: ReadonlyMap<string, Field>): FieldKey[] {
  return [...fields.keys()].map((name) => ({ model, name }));
}

/** A renaming that was confirmed, before it is noted as an operation. */
interface RenamedField {
  readonly model: ModelKey;
  readonly oldName: string;
  readonly newName: string;
}

/** Finds fields that look like one that is gone, and asks. Indexes and keys are compared with this in mind. */
export async function findRenamedFields(detection: Detection): Promise<RenamedField[]> {
  const renamed: RenamedField[] = [];
  let oldFields = detection.oldFields;
  for (const field of withoutFields(detection.newFields, oldFields)) {
    for (const gone of withoutFields(oldFields, detection.newFields)) {
      if (gone.model !== field.model || !looksAlike(detection, gone, field)) continue;
      const model = detection.newModel(field.model);
      if (!(await detection.questioner.askRenameField(model, gone.name, field.name, model.getField(field.name))))
        continue;
      renamed.push({ model: field.model, oldName: gone.name, newName: field.name });
      oldFields = [...oldFields.filter((known) => fieldText(known) !== fieldText(gone)), field];
      detection.renamedFields.set(fieldText(field), gone.name);
      break;
    }
  }
  return renamed;
}

/** The same definition, or one that only adds the old column's name. */
function looksAlike(detection: Detection, gone: FieldKey, field: FieldKey): boolean {
  const oldModel = detection.oldModel(gone.model);
  const oldField = oldModel.getField(gone.name);
  const before = currentDefinition(detection, oldField, oldModel.key);
  const after = comparableDefinition(detection.newModel(field.model).getField(field.name), field.model);
  if (sameDefinition(before, after)) return true;
  const oldColumn = columnOf(oldField, gone.name);
  return sameDefinition({ type: before.type, options: { ...before.options, dbColumn: oldColumn } }, after);
}

/** A field's old definition with its target under the name that it has now. */
function currentDefinition(
  detection: Detection,
  field: Field,
  from: ModelKey,
): { readonly type: string; readonly options: Readonly<Record<string, unknown>> } {
  const { type, options } = comparableDefinition(field, from);
  const names = new Map([...detection.renamedModels].map(([now, old]) => [old, now]));
  const rename = (key: unknown): unknown => names.get(key as ModelKey) ?? key;
  const renamed: Record<string, unknown> = { ...options };
  if ("to" in renamed) renamed["to"] = rename(renamed["to"]);
  if ("through" in renamed) renamed["through"] = rename(renamed["through"]);
  const target = renamed["to"] as ModelKey | undefined;
  if (target !== undefined && typeof renamed["toField"] === "string")
    renamed["toField"] = newFieldName(detection, target, renamed["toField"]);
  if (field instanceof CompositePrimaryKey) renamed["fields"] = renamedKey(detection, from, field).fieldNames;
  return { type, options: renamed };
}

function renamedKey(detection: Detection, model: ModelKey, field: CompositePrimaryKey): CompositePrimaryKey {
  return [...detection.renamedFields]
    .filter(([place]) => place.startsWith(`${model}.`))
    .reduce((key, [place, oldName]) => key.withRenamed(oldName, place.slice(model.length + 1)), field);
}

function newFieldName(detection: Detection, model: ModelKey, oldName: string): string {
  for (const [place, old] of detection.renamedFields)
    if (old === oldName && place.startsWith(`${model}.`)) return place.slice(model.length + 1);
  return oldName;
}

function columnOf(field: Field, name: string): string | null {
  const bound = field.clone();
  bound.setAttributesFromName(name);
  return bound.column;
}

/** Notes the renamings. A column that is to keep its old name gets it before. */
export function addRenamedFields(detection: Detection, renamed: readonly RenamedField[]): void {
  for (const { model: key, oldName, newName } of renamed) {
    const modelName = detection.newModel(key).name;
    const field = detection.newModel(key).getField(newName);
    if (detection.oldModel(key).getField(oldName).options.dbColumn !== field.options.dbColumn)
      detection.add(key, new AlterField({ modelName, name: oldName, field }));
    detection.add(key, new RenameField({ modelName, oldName, newName }));
    detection.oldFields = [
      ...detection.oldFields.filter(({ model, name }) => model !== key || name !== oldName),
      { model: key, name: newName },
    ];
  }
}

/** Notes fields that are gone. */
export function detectRemovedFields(detection: Detection): void {
  for (const field of withoutFields(detection.oldFields, detection.newFields)) addRemoval(detection, field);
}

function addRemoval(detection: Detection, { model: key, name }: FieldKey): void {
  assertKeyStays(detection, { model: key, name }, detection.oldModel(key).getField(detection.oldFieldName(key, name)));
  // These are waited for only if they happen at all.
  detection.add(key, new RemoveField({ modelName: detection.newModel(key).name, name }), [
    { model: key, field: name, kind: "orderWrtUnset" },
    { model: key, field: name, kind: "uniqueTogetherAltered" },
    { model: key, field: name, kind: "indexOrConstraintRemoved" },
  ]);
}

/** Notes new fields, asking for a value where the rows that are there need one. */
export async function detectAddedFields(detection: Detection): Promise<void> {
  for (const field of withoutFields(detection.newFields, detection.oldFields)) await addAddition(detection, field);
}

async function addAddition(detection: Detection, { model: key, name }: FieldKey): Promise<void> {
  const model = detection.newModel(key);
  const field = model.getField(name);
  assertKeyStays(detection, { model: key, name }, field);
  const filled = await withFilling(detection, key, name, field);
  if (field.unique && typeof field.options.default === "function")
    await detection.questioner.askUniqueCallableDefaultAddition(model, name);
  const operation = new AddField({
    modelName: model.name,
    name,
    field: filled,
    ...(filled === field ? {} : { preserveDefault: false }),
  });
  detection.add(key, operation, [
    { model: key, field: name, kind: "remove" },
    ...relationDependencies(field, key),
    ...generatedDependencies(detection, field),
  ]);
}

/** The field itself, or a copy with a default for the rows that are there. */
async function withFilling(detection: Detection, key: ModelKey, name: string, field: Field): Promise<Field> {
  const { autoNow, autoNowAdd } = field.options as { autoNow?: boolean; autoNowAdd?: boolean };
  const needsNothing =
    field.null ||
    field.hasDefault() ||
    field.hasDbDefault() ||
    field.manyToMany ||
    field.generated ||
    (field.blank && field.emptyStringsAllowed) ||
    autoNow === true;
  if (needsNothing) return field;
  const model = detection.newModel(key);
  const answer =
    autoNowAdd === true
      ? await detection.questioner.askAutoNowAddAddition(model, name, field)
      : await detection.questioner.askNotNullAddition(model, name, field);
  return field.clone({ default: answer });
}

/** Notes fields with another definition than before. */
export async function detectAlteredFields(detection: Detection): Promise<void> {
  const known = new Set(detection.newFields.map(fieldText));
  for (const field of sortedFields(detection.oldFields.filter((old) => known.has(fieldText(old)))))
    await detectAlteredField(detection, field);
}

async function detectAlteredField(detection: Detection, { model: key, name }: FieldKey): Promise<void> {
  const oldName = detection.oldFieldName(key, name);
  // What may change beside the name was noted together with the renaming.
  if (oldName !== name) return;
  const oldModel = detection.oldModel(key);
  const oldField = oldModel.getField(oldName);
  const newField = detection.newModel(key).getField(name);
  if (sameDefinition(currentDefinition(detection, oldField, oldModel.key), comparableDefinition(newField, key))) return;
  if (oldField.manyToMany !== newField.manyToMany) {
    addRemoval(detection, { model: key, name });
    await addAddition(detection, { model: key, name });
    return;
  }
  await addAlteration(detection, { model: key, name }, oldField, newField);
}

async function addAlteration(
  detection: Detection,
  { model: key, name }: FieldKey,
  oldField: Field,
  newField: Field,
): Promise<void> {
  assertKeyStays(detection, { model: key, name }, oldField, newField);
  const model = detection.newModel(key);
  const asks =
    oldField.null && !newField.null && !newField.hasDefault() && !newField.hasDbDefault() && !newField.manyToMany;
  const answer = asks ? await detection.questioner.askNotNullAlteration(model, name, newField) : undefined;
  const filling =
    answer === undefined ? {} : { field: newField.clone({ default: answer.value }), preserveDefault: false };
  detection.add(
    key,
    new AlterField({ modelName: model.name, name, field: newField, ...filling }),
    relationDependencies(newField, key),
  );
}

// As in Django: a table is created with its composite key, and keeps it.
function assertKeyStays(detection: Detection, { model, name }: FieldKey, ...fields: readonly Field[]): void {
  if (!fields.some((field) => field instanceof CompositePrimaryKey)) return;
  throw new SchemaError(
    `${detection.newModel(model).name}.${name}: a composite primary key cannot be added to a table, taken away or changed. Make a new model, and copy the rows.`,
  );
}
