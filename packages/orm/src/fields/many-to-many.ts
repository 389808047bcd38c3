// Many rows here go with many rows there, by way of a link table.

import { FieldError } from "@tsgo/core/exceptions";

import type { ModelClass } from "../models/model.ts";
import { linkTableName } from "../naming.ts";
import { type Deconstructed, type Field, type FieldOptions, withChanges } from "./field.ts";
import { ForeignKey } from "./foreign-key.ts";
import type { JoiningFields, PathInfo } from "./path-info.ts";
import { RelationField } from "./relation-field.ts";
import { type LimitChoicesTo, type ModelReference, referenceName } from "./relation.ts";
import type { TARGET_TYPE } from "./types.ts";

/** The options of a many-to-many field, beside those of every field. */
export interface ManyToManyOptions extends FieldOptions {
  readonly relatedName?: string;
  readonly relatedQueryName?: string;
  readonly limitChoicesTo?: LimitChoicesTo;
  /** For a relation of a model to itself: whether a friend's friend list shows the same row. True where left out. */
  readonly symmetrical?: boolean;
  /** A model of your own for the link table. */
  readonly through?: ModelReference;
  /** The names of the two foreign keys of `through`: to this model, to the target. */
  readonly throughFields?: readonly [string, string];
  readonly dbConstraint?: boolean;
  /** Whether a target that a setting may replace is written into migrations as that setting; true unless given. */
  readonly swappable?: boolean;
  /** The name of the link table that is made without `through`. */
  readonly dbTable?: string;
}

/**
 * A relation of many to many. `book.tags` is a manager.
 *
 * @example tags: models.ManyToManyField<Tag>("library.Tag", { relatedName: "books" })
 */
export class ManyToManyField<M = unknown> extends RelationField<M, true> {
  static override readonly description: string = "Many-to-many relationship";

  /** Only for the compiler: the model on the other side. */
  declare readonly [TARGET_TYPE]: { readonly model: M; readonly null: false; readonly many: true };

  declare readonly options: ManyToManyOptions;
  override readonly manyToMany: boolean = true;

  constructor(to: ModelReference, options: ManyToManyOptions = {}) {
    const symmetrical = options.symmetrical ?? to === "self";
    super({ ...options, to, symmetrical }, options);
  }

  override get internalType(): string {
    return "ManyToManyField";
  }

  protected override getColumn(): null {
    return null;
  }

  protected override constructorArguments({ to = this.to, ...changes }: Readonly<Record<string, unknown>>): unknown[] {
    return [to, withChanges(this.options, changes)];
  }

  override deconstruct(): Deconstructed {
    const { type, options } = super.deconstruct();
    const through = this.remoteField.through;
    return {
      type,
      options: {
        ...options,
        to: this.reference,
        ...(through === undefined ? {} : { through: referenceName(through) }),
      },
    };
  }

  override dbType(): null {
    return null;
  }

  override contributeToClass(model: ModelClass, name: string): void {
    // The way back of a symmetrical relation is the way there, so it needs no name of its own.
    if (this.remoteField.symmetrical && isSelf(this.to, model)) this.remoteField.relatedName = `${name}_rel_+`;
    else if (this.remoteField.hidden)
      this.remoteField.relatedName = `_${model._meta.appLabel}_${model._meta.modelName}_${name}_+`;
    super.contributeToClass(model, name);
  }

  /** The table that links the two models. */
  get linkTable(): string {
    if (this.remoteField.hasThroughModel) return this.remoteField.throughModel._meta.dbTable;
    return (
      this.options.dbTable ??
      linkTableName(this.model._meta.dbTable, this.name, this.model._meta.registry.maxNameLength)
    );
  }

  /** The foreign key of the link table that leads to this model. */
  get sourceLink(): ForeignKey {
    return this.#links()[0];
  }

  /** The foreign key of the link table that leads to the target. */
  get targetLink(): ForeignKey {
    return this.#links()[1];
  }

  get targetField(): Field {
    return this.targetLink.targetField;
  }

  #links(): [ForeignKey, ForeignKey] {
    const through = this.remoteField.throughModel._meta;
    const named = this.remoteField.throughFields;
    if (named !== undefined)
      return [linkField(through.getField(named[0]), this), linkField(through.getField(named[1]), this)];
    const keys = through.fields.filter((field): field is ForeignKey => field instanceof ForeignKey);
    const own = this.model._meta.concreteModel;
    const other = this.remoteField.model._meta.concreteModel;
    const source = keys.find((key) => key.remoteField.model._meta.concreteModel === own);
    const target = keys.findLast((key) => key.remoteField.model._meta.concreteModel === other);
    if (source === undefined || target === undefined || source === target)
      throw new FieldError(
        `${this.toString()}: the model ${through.label} has no two foreign keys that link it to ${own._meta.label} and ${other._meta.label}.`,
      );
    return [source, target];
  }

  override getJoiningFields(): readonly JoiningFields[] {
    return [];
  }

  override getPathInfo(): readonly PathInfo[] {
    return [...this.sourceLink.getReversePathInfo(), ...this.targetLink.getPathInfo()];
  }

  override getReversePathInfo(): readonly PathInfo[] {
    return [...this.targetLink.getReversePathInfo(), ...this.sourceLink.getPathInfo()];
  }
}

function linkField(field: unknown, owner: ManyToManyField): ForeignKey {
  if (field instanceof ForeignKey) return field;
  throw new FieldError(`${owner.toString()}: throughFields must name foreign keys of the link model.`);
}

/** Whether a reference names the very model that it stands in. */
export function isSelf(to: ModelReference, model: ModelClass): boolean {
  return to === "self" || to === model || to === model._meta.objectName || to === model._meta.label;
}
