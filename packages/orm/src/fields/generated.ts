import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { Expression } from "../expressions/expression.ts";
import { type DbParameters, type Deconstructed, Field, type FieldOptions } from "./field.ts";

/** Options of a column that the database computes. */
export interface GeneratedFieldOptions extends FieldOptions {
  /** What it is computed from: an expression over the other columns of the row. */
  readonly expression: Expression;
  /** The field whose type the column has. */
  readonly outputField: Field;
  /** Stored (true) or computed at each reading. */
  readonly dbPersist: boolean;
}

/** A column computed by the database from other columns of the row. It is never written. */
export class GeneratedField<T = unknown> extends Field<T, true> {
  declare readonly options: GeneratedFieldOptions;
  override readonly generated: boolean = true;

  constructor(options: GeneratedFieldOptions) {
    super({ ...options, editable: false, blank: true, null: options.null ?? true });
    (this as { options: GeneratedFieldOptions }).options = options;
  }

  get expression(): Expression {
    return this.options.expression;
  }

  get dbPersist(): boolean {
    return this.options.dbPersist;
  }

  override get internalType(): string {
    return "GeneratedField";
  }

  override get outputField(): Field {
    return this.options.outputField;
  }

  override get targetValueField(): Field {
    return this.options.outputField.targetValueField;
  }

  override dbType(connection: DatabaseWrapper): string | null {
    return this.options.outputField.dbType(connection);
  }

  override dbParameters(connection: DatabaseWrapper): DbParameters {
    return this.options.outputField.dbParameters(connection);
  }

  override toValue(value: unknown): unknown {
    return this.options.outputField.toValue(value);
  }

  override getPrepValue(value: unknown): unknown {
    return this.options.outputField.getPrepValue(value);
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    return this.options.outputField.getDbPrepValue(value, connection, prepared);
  }

  override fromDb(connection: DatabaseWrapper): ((value: unknown) => unknown) | undefined {
    return this.options.outputField.fromDb(connection);
  }

  override deconstruct(): Deconstructed {
    return { type: this.constructor.name, options: { ...this.options } };
  }
}
