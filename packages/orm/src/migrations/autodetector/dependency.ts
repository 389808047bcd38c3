// What must have happened before an operation can be applied, while the operations are not in migrations yet.

import { settings } from "@tsgo/core/conf";

import { AddField } from "../operations/add-field.ts";
import { AlterField } from "../operations/alter-field.ts";
import { AlterOrderWithRespectTo } from "../operations/alter-order-with-respect-to.ts";
import { AlterUniqueTogether } from "../operations/alter-unique-together.ts";
import { CreateModel } from "../operations/create-model.ts";
import { DeleteModel } from "../operations/delete-model.ts";
import type { Operation } from "../operations/operation.ts";
import { RemoveConstraint } from "../operations/remove-constraint.ts";
import { RemoveField } from "../operations/remove-field.ts";
import { RemoveIndex } from "../operations/remove-index.ts";
import { type ModelKey, modelKey, splitModelKey } from "../state/model-key.ts";

/** What must have become of a model, or of a field of it. */
export type DependencyKind =
  | "create"
  | "remove"
  | "alter"
  | "orderWrtUnset"
  | "uniqueTogetherAltered"
  | "indexOrConstraintRemoved";

/** An operation that must come first, described by what it does. Answers to `OperationDependency`. */
export interface OperationDependency {
  readonly model: ModelKey;
  readonly field?: string;
  readonly kind: DependencyKind;
  /** The setting that names the model, where the relation goes by one. */
  readonly swappable?: string;
}

/** An operation that is found to be necessary, and what it needs. */
export interface PlannedOperation {
  readonly operation: Operation;
  readonly dependencies: readonly OperationDependency[];
}

/** The dependency on the model that a setting names. */
export function swappableDependency(setting: string, kind: DependencyKind): OperationDependency {
  const label = String((settings as unknown as Record<string, unknown>)[setting]);
  const [appLabel = "", name = ""] = label.split(".");
  return { model: modelKey(appLabel, name), kind, swappable: setting };
}

/** Whether an operation of the dependency's app is the one that is waited for. */
export function satisfies(operation: Operation, { model, field, kind }: OperationDependency): boolean {
  const [, name] = splitModelKey(model);
  switch (kind) {
    case "create":
      return field === undefined ? creates(operation, name) : createsField(operation, name, field);
    case "remove":
      return field === undefined
        ? operation instanceof DeleteModel && operation.isAbout(name)
        : operation instanceof RemoveField && operation.isAboutModel(name) && operation.name === field;
    case "alter":
      return operation instanceof AlterField && operation.isAboutModel(name) && operation.name === field;
    case "orderWrtUnset":
      return (
        operation instanceof AlterOrderWithRespectTo &&
        operation.isAbout(name) &&
        operation.orderWithRespectTo !== field
      );
    case "uniqueTogetherAltered":
      return operation instanceof AlterUniqueTogether && operation.isAbout(name);
    case "indexOrConstraintRemoved":
      return (
        (operation instanceof RemoveIndex || operation instanceof RemoveConstraint) && operation.isAboutModel(name)
      );
    default:
      return false;
  }
}

function creates(operation: Operation, name: string): operation is CreateModel {
  return operation instanceof CreateModel && operation.isAbout(name);
}

function createsField(operation: Operation, name: string, field: string): boolean {
  return (
    (creates(operation, name) && operation.fields.has(field)) ||
    (operation instanceof AddField && operation.isAboutModel(name) && operation.name === field)
  );
}
