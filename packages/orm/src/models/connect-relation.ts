// Connects the two ends of a relation when both models are known: link tables, and the attributes on either side.

import { FieldError } from "@tsgo/core/exceptions";

import { CompositePrimaryKey } from "../fields/composite.ts";
import type { Field } from "../fields/field.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import { ManyToManyField, isSelf } from "../fields/many-to-many.ts";
import type { RelationField } from "../fields/relation-field.ts";
import { columnName, linkTableName, variableName } from "../naming.ts";
import type { ModelDefinition } from "./define.ts";
import type { ModelClass } from "./model.ts";
import { CASCADE } from "./on-delete.ts";
import { addOrderMethods } from "./order-with-respect-to.ts";
import type { ModelRegistry } from "./registry.ts";
import { defineForward } from "./related/forward.ts";
import { forwardDirection, reverseDirection } from "./related/directions.ts";
import { defineManyToMany } from "./related/many-to-many.ts";
import { defineReverseMany } from "./related/reverse-many.ts";
import { defineReverseOne } from "./related/reverse-one.ts";

type Define = (registry: ModelRegistry, appLabel: string, name: string, definition: ModelDefinition) => ModelClass;

/** Connects a relation, now or when its target is registered. `define` makes link tables. */
export function connectRelation(field: RelationField, registry: ModelRegistry, define: Define): void {
  if (field instanceof ForeignKey) defineForward(field);
  else if (field instanceof ManyToManyField) {
    const owner = field.model;
    defineManyToMany(owner, field.name, () => forwardDirection(field));
  }
  const { model } = field;
  registry.whenRegistered(field.to === "self" ? model : field.to, model, (target) => {
    assertSingleKey(field, target);
    field.remoteField.model = target;
    registry.expireRelations();
    if (field instanceof ManyToManyField) connectLinks(field, target, registry, define);
    defineReverse(field, target);
    const { orderWithRespectToName } = model._meta;
    if (orderWithRespectToName === field.name) addOrderMethods(model._meta, target);
  });
}

// One column cannot refer to several. Answers to Django's check fields.E347.
function assertSingleKey(field: RelationField, target: ModelClass): void {
  const { fieldName, through } = field.remoteField;
  const refuse = (model: ModelClass): never => {
    throw new FieldError(
      `${field.toString()} cannot be a relation with ${model._meta.label}, whose primary key is composite. Refer to a unique field of it with toField, or keep the parts of the key in fields of your own.`,
    );
  };
  if (field instanceof ManyToManyField) {
    if (through !== undefined) return;
    for (const model of [target, field.model]) if (hasCompositeKey(model)) refuse(model);
  } else if ((fieldName === undefined || fieldName === "pk") && hasCompositeKey(target)) refuse(target);
}

function hasCompositeKey({ _meta }: ModelClass): boolean {
  return _meta.hasPk && _meta.pk instanceof CompositePrimaryKey;
}

function defineReverse(field: RelationField, target: ModelClass): void {
  const { remoteField } = field;
  const name = remoteField.accessorName;
  if (name === undefined || field.model._meta.swapped !== null) return;
  assertFree(field, target, name);
  if (field instanceof ManyToManyField) defineManyToMany(target, name, () => reverseDirection(field, name));
  else if (field.oneToOne) defineReverseOne(remoteField, name);
  else defineReverseMany(remoteField, name);
}

function assertFree(field: RelationField, target: ModelClass, name: string): void {
  const clash: Field | undefined = [...target._meta.fields, ...target._meta.manyToMany].find(
    (other) => other.name === name || other.attname === name,
  );
  if (clash !== undefined)
    throw new FieldError(
      `${field.toString()}: its reverse name '${name}' clashes with the field ${clash.toString()}. Give it another relatedName.`,
    );
}

function connectLinks(field: ManyToManyField, target: ModelClass, registry: ModelRegistry, define: Define): void {
  const { through } = field.remoteField;
  if (through !== undefined) {
    registry.whenRegistered(through, field.model, (model) => {
      field.remoteField.throughModel = model;
      registry.expireRelations();
    });
    return;
  }
  field.remoteField.throughModel = makeLinkModel(field, target, registry, define);
}

// The model of a link table that was not given one, as Django makes it.
function makeLinkModel(
  field: ManyToManyField,
  target: ModelClass,
  registry: ModelRegistry,
  define: Define,
): ModelClass {
  const meta = field.model._meta;
  const own = meta.objectName;
  const toSelf = isSelf(field.to, field.model) || meta.objectName === target._meta.objectName;
  const from = toSelf ? `from${own}` : variableName(own);
  const to = toSelf ? `to${target._meta.objectName}` : variableName(target._meta.objectName);
  const prefix = toSelf ? ["from_", "to_"] : ["", ""];
  const link = (model: ModelClass, column: string): ForeignKey =>
    new ForeignKey(model, {
      onDelete: CASCADE,
      relatedName: `${own}_${columnName(field.name)}+`,
      dbColumn: column,
      dbConstraint: field.remoteField.dbConstraint,
    });
  return define(registry, meta.appLabel, `${own}_${columnName(field.name)}`, {
    fields: {
      [from]: link(field.model, `${prefix[0] ?? ""}${meta.modelName}_id`),
      [to]: link(target, `${prefix[1] ?? ""}${target._meta.modelName}_id`),
    },
    meta: {
      dbTable: field.options.dbTable ?? linkTableName(meta.dbTable, field.name, registry.maxNameLength),
      managed: meta.managed || target._meta.managed,
      autoCreated: field.model,
      uniqueTogether: [[from, to]],
      verboseName: `${meta.modelName}-${target._meta.modelName} relationship`,
      verboseNamePlural: `${meta.modelName}-${target._meta.modelName} relationships`,
    },
  });
}
