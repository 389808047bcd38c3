// What foreign keys, one-to-one and many-to-many fields have in common.

import { Field, type FieldOptions } from "./field.ts";
import type { JoiningFields, PathInfo } from "./path-info.ts";
import { Relation, type ModelReference, type RelationOptions, referenceName } from "./relation.ts";
import type { ModelClass } from "../models/model.ts";
import { columnName } from "../naming.ts";

/** The parent of the fields that lead to another model. */
export abstract class RelationField<T = unknown, Optional extends boolean = boolean> extends Field<T, Optional> {
  override readonly remoteField: Relation;

  constructor(relation: RelationOptions, options: FieldOptions) {
    super(options);
    this.remoteField = new Relation(this, relation);
  }

  /** The reference to the target, as given. */
  get to(): ModelReference {
    return this.remoteField.to;
  }

  /** The target as migrations write it: a setting by its name (`AUTH_USER_MODEL`), unless the field is not to follow it. */
  get reference(): string {
    const { swappable } = this.options as { readonly swappable?: boolean };
    const isFixed = swappable === false && typeof this.to === "string" && this.remoteField.isResolved;
    return isFixed ? this.remoteField.model._meta.label : referenceName(this.to);
  }

  /** The model on the other side. */
  get relatedModel(): ModelClass {
    return this.remoteField.model;
  }

  /** The field on the other side whose value this one holds. */
  abstract get targetField(): Field;

  /** The steps of tables to the target. */
  abstract getPathInfo(): readonly PathInfo[];

  /** The steps of tables back from the target. */
  abstract getReversePathInfo(): readonly PathInfo[];

  /** The fields whose columns a join along this field compares; `reverse` swaps the sides. */
  abstract getJoiningFields(reverse: boolean): readonly JoiningFields[];

  override contributeToClass(model: ModelClass, name: string): void {
    super.contributeToClass(model, name);
    const given = this.remoteField.relatedName ?? model._meta.defaultRelatedName;
    if (given !== undefined) this.remoteField.relatedName = fillIn(given, model);
  }

  /** The name under which the relation is followed backwards in a query. */
  relatedQueryName(): string {
    const name = this.remoteField.relatedQueryName;
    return name === undefined ? this.remoteField.name : fillIn(name, this.model);
  }
}

/** Fills `%(class)s` and `%(appLabel)s` (or `%(app_label)s`) in the name of a reverse relation. */
export function fillIn(name: string, model: ModelClass): string {
  return name
    .replaceAll("%(class)s", model._meta.modelName)
    .replaceAll("%(modelName)s", model._meta.modelName)
    .replaceAll(/%\((?:appLabel|app_label)\)s/g, model._meta.appLabel);
}

/** `publisher` for `publisherId`: whether a name is the attribute of a foreign key rather than its own name. */
export function isAttributeOf(field: Field, name: string): boolean {
  return field.name !== name && columnName(field.attname) === columnName(name);
}
