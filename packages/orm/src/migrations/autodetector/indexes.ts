import type { Constraint } from "../../models/constraints/constraint.ts";
import type { Index } from "../../models/indexes.ts";
import { AddConstraint } from "../operations/add-constraint.ts";
import { AddIndex } from "../operations/add-index.ts";
import { AlterConstraint } from "../operations/alter-constraint.ts";
import { RemoveConstraint } from "../operations/remove-constraint.ts";
import { RemoveIndex } from "../operations/remove-index.ts";
import { RenameIndex } from "../operations/rename-index.ts";
import { sameDefinition } from "../state/definition.ts";
import type { ModelKey } from "../state/model-key.ts";
import { type Detection, withoutAlike } from "./detection.ts";
import { modelDependencies } from "./relation-dependencies.ts";

/** How the indexes and constraints of one model differ. */
export interface IndexChanges {
  readonly model: ModelKey;
  readonly addedIndexes: readonly Index[];
  readonly removedIndexes: readonly Index[];
  readonly renamedIndexes: readonly (readonly [oldName: string, newName: string])[];
  readonly addedConstraints: readonly Constraint[];
  readonly removedConstraints: readonly Constraint[];
  readonly alteredConstraints: readonly Constraint[];
}

/** The options of a constraint that the database does not know. */
const VALIDATION_ONLY: readonly string[] = ["violationErrorCode", "violationErrorMessage"];

/** Compares indexes and constraints of the models that stay. */
export function compareIndexes(detection: Detection): IndexChanges[] {
  return detection.keptModels.map((key) => {
    const [before, after] = [detection.oldModel(key), detection.newModel(key)];
    return {
      model: key,
      ...indexChanges(before.indexes, after.indexes),
      ...constraintChanges(before.constraints, after.constraints),
    };
  });
}

function indexChanges(
  before: readonly Index[],
  after: readonly Index[],
): Pick<IndexChanges, "addedIndexes" | "removedIndexes" | "renamedIndexes"> {
  const added = withoutAlike(after, before);
  const removed = withoutAlike(before, after);
  const pairs = added.flatMap((index) => {
    const old = removed.find(
      (gone) => gone.name !== index.name && sameDefinition(gone.clone({ name: index.name }), index),
    );
    return old === undefined ? [] : [[old, index] as const];
  });
  return {
    addedIndexes: added.filter((index) => !pairs.some(([, renamed]) => renamed === index)),
    removedIndexes: removed.filter((index) => !pairs.some(([renamed]) => renamed === index)),
    renamedIndexes: pairs.map(([old, index]) => [old.name, index.name]),
  };
}

function constraintChanges(
  before: readonly Constraint[],
  after: readonly Constraint[],
): Pick<IndexChanges, "addedConstraints" | "removedConstraints" | "alteredConstraints"> {
  const added = withoutAlike(after, before);
  const removed = withoutAlike(before, after);
  const altered = added.filter((constraint) => removed.some((old) => onlyValidationDiffers(old, constraint)));
  const names = new Set(altered.map((constraint) => constraint.name));
  return {
    addedConstraints: added.filter((constraint) => !names.has(constraint.name)),
    removedConstraints: removed.filter((constraint) => !names.has(constraint.name)),
    alteredConstraints: altered,
  };
}

function onlyValidationDiffers(a: Constraint, b: Constraint): boolean {
  return a.name === b.name && sameDefinition(storedPart(a), storedPart(b));
}

function storedPart(constraint: Constraint): unknown {
  const { type, options } = constraint.deconstruct();
  const stored = Object.entries(options).filter(([key]) => !VALIDATION_ONLY.includes(key));
  return { type, options: Object.fromEntries(stored) };
}

/** Notes what goes, before fields do. */
export function addIndexRemovals(detection: Detection, changes: readonly IndexChanges[]): void {
  for (const { model, removedConstraints } of changes)
    for (const { name } of removedConstraints)
      detection.add(model, new RemoveConstraint({ modelName: detection.newModel(model).name, name }));
  for (const { model, removedIndexes } of changes)
    for (const { name } of removedIndexes)
      detection.add(model, new RemoveIndex({ modelName: detection.newModel(model).name, name }));
}

/** Notes what has another name. */
export function addIndexRenamings(detection: Detection, changes: readonly IndexChanges[]): void {
  for (const { model, renamedIndexes } of changes)
    for (const [oldName, newName] of renamedIndexes)
      detection.add(model, new RenameIndex({ modelName: detection.newModel(model).name, newName, oldName }));
}

/** Notes what comes, after fields do. */
export function addIndexAdditions(detection: Detection, changes: readonly IndexChanges[]): void {
  const each = <T>(
    list: (change: IndexChanges) => readonly T[],
    add: (model: ModelKey, modelName: string, item: T) => void,
  ): void => {
    for (const change of changes)
      for (const item of list(change)) add(change.model, detection.newModel(change.model).name, item);
  };
  const needs = (model: ModelKey) => modelDependencies(detection.newModel(model));
  each(
    (change) => change.addedIndexes,
    (model, modelName, index) => {
      detection.add(model, new AddIndex({ modelName, index }), needs(model));
    },
  );
  each(
    (change) => change.addedConstraints,
    (model, modelName, constraint) => {
      detection.add(model, new AddConstraint({ modelName, constraint }), needs(model));
    },
  );
  each(
    (change) => change.alteredConstraints,
    (model, modelName, constraint) => {
      detection.add(model, new AlterConstraint({ modelName, name: constraint.name, constraint }), needs(model));
    },
  );
}
