// Model instances, keys and querysets as values of a lookup on a relation.

import { FieldError } from "@tsgo/core/exceptions";

import { Subquery } from "../expressions/subquery.ts";
import type { Field } from "../fields/field.ts";
import type { ModelBase, ModelClass } from "../models/model.ts";
import { type AnyField, type Options, isReverse } from "../models/options.ts";

/** Checks that instances and querysets belong to the relation, and replaces instances by the key they are found by. */
export function checkRelatedValue(field: AnyField, value: unknown, options: Options, key: string): unknown {
  if (value instanceof Subquery) {
    const { query } = value;
    if (!query.hasSelectFields && !compatible(query.model, options, field))
      throw new FieldError(
        `Cannot use a queryset of '${query.model._meta.objectName}' for '${key}': it takes '${options.objectName}'.`,
      );
    return value;
  }
  if (isInstance(value)) return keyOf(field, value, options, key);
  if (Array.isArray(value)) return value.map((item) => (isInstance(item) ? keyOf(field, item, options, key) : item));
  return value;
}

/** Whether a value is a model instance. */
export function isInstance(value: unknown): value is ModelBase {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof value.constructor === "function" &&
    "_meta" in value.constructor
  );
}

function keyOf(field: AnyField, instance: ModelBase, options: Options, key: string): unknown {
  const model = instance.constructor as unknown as ModelClass;
  if (!compatible(model, options, field))
    throw new FieldError(
      `Cannot query '${String(instance)}' for '${key}': it must be an instance of '${options.objectName}'.`,
    );
  const target = lookupTarget(field, options);
  const value = valueOf(instance, target);
  if (value === null || value === undefined)
    throw new FieldError(
      `The instance of '${model._meta.objectName}' given for '${key}' has no key yet: save it first.`,
    );
  return value;
}

// A child's link to its parent has the parent's key as value.
function valueOf(instance: ModelBase, field: Field): unknown {
  const record = instance as unknown as Record<string, unknown>;
  if (field.attname in record) return record[field.attname];
  return record["pk"];
}

/** The field of the other model by which a relation finds its rows. */
function lookupTarget(field: AnyField, options: Options): Field {
  if (isReverse(field)) return field.field.manyToMany ? options.pk : field.relatedModel._meta.pk;
  if ("targetField" in field && !field.manyToMany) return (field as unknown as { targetField: Field }).targetField;
  return options.pk;
}

function compatible(model: ModelClass, options: Options, field: AnyField): boolean {
  const concrete = model._meta.concreteModel;
  if (
    concrete === options.concreteModel ||
    options.getParentList().includes(concrete) ||
    model._meta.getParentList().some((p) => p._meta.concreteModel === options.concreteModel)
  )
    return true;
  return isReverse(field) ? false : field.model === model;
}
