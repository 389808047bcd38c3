// A reference to one row of another model.

import { FieldError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { ModelBase } from "../models/model.ts";
import type { OnDelete } from "../models/on-delete.ts";
import { columnName } from "../naming.ts";
import { type DbParameters, type Deconstructed, type Field, type FieldOptions, withChanges } from "./field.ts";
import type { JoiningFields, PathInfo } from "./path-info.ts";
import { RelationField } from "./relation-field.ts";
import type { LimitChoicesTo, ModelReference } from "./relation.ts";
import type { TARGET_TYPE } from "./types.ts";

/** The options of a foreign key, beside those of every field. */
export interface ForeignKeyOptions extends FieldOptions {
  /** What becomes of this row when the one it refers to is deleted. */
  readonly onDelete: OnDelete;
  readonly relatedName?: string;
  readonly relatedQueryName?: string;
  readonly limitChoicesTo?: LimitChoicesTo;
  readonly parentLink?: boolean;
  /** The field of the target to hold; its primary key where this is left out. It must be unique. */
  readonly toField?: string;
  /** False leaves the constraint out of the database. */
  readonly dbConstraint?: boolean;
  /** Whether a target that a setting may replace is written into migrations as that setting; true unless given. */
  readonly swappable?: boolean;
}

/**
 * Many rows here refer to one row there. The row is read as `await choice.question`, its key as `choice.questionId`.
 *
 * @example
 * question: models.ForeignKey<Question>("polls.Question", { onDelete: models.CASCADE, relatedName: "choices" })
 */
export class ForeignKey<
  M = unknown,
  Null extends boolean = boolean,
  Optional extends boolean = boolean,
> extends RelationField<M, Optional> {
  static override readonly description: string = "Foreign Key (type determined by related field)";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "%(model)s instance with %(field)s %(value)r is not a valid choice.",
  };

  /** Only for the compiler: the model on the other side. */
  declare readonly [TARGET_TYPE]: { readonly model: M; readonly null: Null; readonly many: false };

  declare readonly options: ForeignKeyOptions;
  override readonly manyToOne: boolean = true;

  constructor(to: ModelReference, options: ForeignKeyOptions) {
    super({ ...options, to }, options);
  }

  override get internalType(): string {
    return "ForeignKey";
  }

  override get dbIndex(): boolean {
    return this.options.dbIndex ?? true;
  }

  get dbConstraint(): boolean {
    return this.remoteField.dbConstraint;
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  /** The field of the target that this one holds. */
  get targetField(): Field {
    const meta = this.remoteField.model._meta;
    const name = this.remoteField.fieldName;
    if (name === undefined) return meta.pk;
    const field = meta.getField(name);
    if (!("attname" in field))
      throw new FieldError(`${this.toString()}: toField '${name}' is not a column of ${meta.label}.`);
    return field;
  }

  override get targetValueField(): Field {
    return this.targetField.targetValueField;
  }

  protected override getAttname(): string {
    return `${this.name}Id`;
  }

  protected override getColumn(): string | null {
    return this.options.dbColumn ?? columnName(this.attname);
  }

  protected override constructorArguments({ to = this.to, ...changes }: Readonly<Record<string, unknown>>): unknown[] {
    return [to, withChanges(this.options, changes)];
  }

  override deconstruct(): Deconstructed {
    const { type, options } = super.deconstruct();
    return { type, options: { ...options, to: this.reference } };
  }

  // ---- column

  override dbType(connection: DatabaseWrapper): string | null {
    return this.targetField.relDbType(connection);
  }

  override castDbType(connection: DatabaseWrapper): string | null {
    return this.targetField.castDbType(connection);
  }

  override dbCheck(): string | null {
    return null;
  }

  override dbTypeSuffix(): string | null {
    return null;
  }

  override dbParameters(connection: DatabaseWrapper): DbParameters {
    return {
      type: this.dbType(connection),
      check: null,
      collation: this.targetField.dbParameters(connection).collation,
    };
  }

  // ---- values

  override toValue(value: unknown): unknown {
    return this.targetField.toValue(value);
  }

  override getPrepValue(value: unknown): unknown {
    return this.targetField.getPrepValue(value);
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    return this.targetField.getDbPrepValue(value, connection, prepared);
  }

  override getDbPrepSave(value: unknown, connection: DatabaseWrapper): unknown {
    if (value === null || value === undefined) return null;
    if (value === "" && !this.targetField.emptyStringsAllowed) return null;
    return this.targetField.getDbPrepSave(value, connection);
  }

  override fromDb(connection: DatabaseWrapper): ((value: unknown) => unknown) | undefined {
    return this.targetField.fromDb(connection);
  }

  override getDefault(): unknown {
    const value = super.getDefault();
    if (typeof value !== "object" || value === null || !("_meta" in value.constructor)) return value;
    return this.targetField.valueFromObject(value as ModelBase);
  }

  // ---- joins

  override getJoiningFields(reverse: boolean): readonly JoiningFields[] {
    return [reverse ? [this.targetField, this] : [this, this.targetField]];
  }

  override getPathInfo(): readonly PathInfo[] {
    const to = this.remoteField.model._meta;
    return [
      {
        from: this.model._meta,
        to,
        targetFields: [this.targetField],
        joinField: this,
        manyValued: false,
        direct: true,
      },
    ];
  }

  override getReversePathInfo(): readonly PathInfo[] {
    const to = this.model._meta;
    return [
      {
        from: this.remoteField.model._meta,
        to,
        targetFields: [to.pk],
        joinField: this.remoteField,
        manyValued: !this.oneToOne,
        direct: false,
      },
    ];
  }
}

/** A foreign key that no two rows share, so that the other side has at most one row. */
export class OneToOneField<
  M = unknown,
  Null extends boolean = boolean,
  Optional extends boolean = boolean,
> extends ForeignKey<M, Null, Optional> {
  static override readonly description: string = "One-to-one relationship";

  override readonly manyToOne: boolean = false;
  override readonly oneToOne: boolean = true;

  override get unique(): boolean {
    return true;
  }

  override get internalType(): string {
    return "OneToOneField";
  }
}
