// The far end of a relation: what a target model knows about the field that points at it.

import { AppRegistryNotReady } from "@tsgo/core/exceptions";

import type { ModelClass } from "../models/model.ts";
import type { OnDelete } from "../models/on-delete.ts";
import { variableName } from "../naming.ts";
import type { Field } from "./field.ts";
import type { PathInfo } from "./path-info.ts";
import type { RelationField } from "./relation-field.ts";

/** How a relation names its target: `"polls.Question"`, `"Question"` (same app), `"self"`, or the class. */
export type ModelReference = string | ModelClass;

/** Conditions on the rows that a form offers, as lookups or a function that makes them. */
export type LimitChoicesTo = Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>);

/** What a relation field is told about its other side. */
export interface RelationOptions {
  readonly to: ModelReference;
  readonly relatedName?: string | undefined;
  readonly relatedQueryName?: string | undefined;
  readonly limitChoicesTo?: LimitChoicesTo | undefined;
  readonly parentLink?: boolean | undefined;
  readonly onDelete?: OnDelete | undefined;
  readonly toField?: string | undefined;
  readonly through?: ModelReference | undefined;
  readonly throughFields?: readonly [string, string] | undefined;
  readonly symmetrical?: boolean | undefined;
  readonly dbConstraint?: boolean | undefined;
}

/**
 * The reverse side of a foreign key, one-to-one or many-to-many field, answering to Django's `ForeignObjectRel`.
 * It stands in `field.remoteField` and, on the target, in `_meta.relatedObjects`, where it is followed like a field.
 */
export class Relation {
  /** The field that makes the relation. */
  readonly field: RelationField;
  /** The reference as given. */
  readonly to: ModelReference;
  readonly relatedQueryName: string | undefined;
  readonly limitChoicesTo: LimitChoicesTo | undefined;
  readonly parentLink: boolean;
  readonly onDelete: OnDelete | undefined;
  readonly through: ModelReference | undefined;
  readonly throughFields: readonly [string, string] | undefined;
  readonly symmetrical: boolean;
  readonly dbConstraint: boolean;
  /** The name of the field on the target that a foreign key holds; undefined for the primary key. */
  fieldName: string | undefined;
  /** The name as given, with `%(class)s` and `%(appLabel)s` filled in when the field joins its model. */
  relatedName: string | undefined;
  #model: ModelClass | undefined;
  #through: ModelClass | undefined;

  constructor(field: RelationField, options: RelationOptions) {
    this.field = field;
    this.to = options.to;
    this.relatedName = options.relatedName;
    this.relatedQueryName = options.relatedQueryName;
    this.limitChoicesTo = options.limitChoicesTo;
    this.parentLink = options.parentLink ?? false;
    this.onDelete = options.onDelete;
    this.fieldName = options.toField;
    this.through = options.through;
    this.throughFields = options.throughFields;
    this.symmetrical = options.symmetrical ?? false;
    this.dbConstraint = options.dbConstraint ?? true;
  }

  /** The model that the field points at. */
  get model(): ModelClass {
    if (this.#model === undefined) throw this.#notReady(this.to);
    return this.#model;
  }

  set model(model: ModelClass) {
    this.#model = model;
  }

  get isResolved(): boolean {
    return this.#model !== undefined;
  }

  /** The model of the link table of a many-to-many relation. */
  get throughModel(): ModelClass {
    if (this.#through === undefined) throw this.#notReady(this.through ?? this.to);
    return this.#through;
  }

  set throughModel(model: ModelClass) {
    this.#through = model;
  }

  get hasThroughModel(): boolean {
    return this.#through !== undefined;
  }

  /** The model that has the field: where the reverse relation leads. */
  get relatedModel(): ModelClass {
    return this.field.model;
  }

  // ---- as seen from the target, where it is followed like a field

  readonly isRelation = true;
  readonly concrete = false;
  readonly column = null;

  get remoteField(): RelationField {
    return this.field;
  }

  get manyToMany(): boolean {
    return this.field.manyToMany;
  }

  get oneToOne(): boolean {
    return this.field.oneToOne;
  }

  get oneToMany(): boolean {
    return this.field.manyToOne;
  }

  get manyToOne(): boolean {
    return false;
  }

  /** Whether following it from the target may lead to several rows. */
  get multiple(): boolean {
    return !this.field.oneToOne;
  }

  get autoCreated(): boolean {
    return true;
  }

  get null(): boolean {
    return true;
  }

  /** True where the target has no attribute for it: the name ends in `+`, or it is a symmetrical relation. */
  get hidden(): boolean {
    return this.relatedName?.endsWith("+") ?? false;
  }

  /** The name in queries: `relatedQueryName`, else `relatedName`, else the model's name as a variable. */
  get name(): string {
    return this.relatedQueryName ?? this.relatedName ?? variableName(this.relatedModel._meta.objectName);
  }

  /** The attribute on the target (`choiceSet`, `choices`, `profile`), or undefined where there is none. */
  get accessorName(): string | undefined {
    if (this.symmetrical && this.relatedModel === this.model) return undefined;
    if (this.hidden) return undefined;
    if (this.relatedName !== undefined && this.relatedName !== "") return this.relatedName;
    const name = variableName(this.relatedModel._meta.objectName);
    return this.multiple ? `${name}Set` : name;
  }

  /** The field on the target that a foreign key holds. */
  get targetField(): Field {
    return this.field.targetField;
  }

  /** The steps of tables from the target to the model that has the field. */
  getPathInfo(): readonly PathInfo[] {
    return this.field.getReversePathInfo();
  }

  toString(): string {
    return `<reverse of ${this.field.toString()}>`;
  }

  #notReady(reference: ModelReference): AppRegistryNotReady {
    const name = typeof reference === "string" ? reference : reference.name;
    return new AppRegistryNotReady(
      `${this.field.toString()} refers to the model '${name}', which is not registered. Is its app in INSTALLED_APPS, and is the model exported from its models file?`,
    );
  }
}

/** A reference as migrations write it: `polls.Question`. */
export function referenceName(to: ModelReference): string {
  return typeof to === "string" ? to : to._meta.label;
}
