// Declared indexes.

import { FieldError } from "@tsgo/core/exceptions";

import type { Expression } from "../expressions/expression.ts";
import type { Q } from "../expressions/q.ts";
import { MAX_INDEX_NAME_LENGTH, indexName } from "../naming.ts";
import type { ModelClass } from "./model.ts";
import { checkPartOptions } from "./part-options.ts";

/** The options of an index. */
export interface IndexOptions {
  /** Fields, a descending one with a minus sign before it. */
  readonly fields?: readonly string[];
  /** Expressions to index in place of fields. */
  readonly expressions?: readonly (Expression | string)[];
  readonly name?: string;
  /** Only rows that meet it are in the index. */
  readonly condition?: Q;
  /** Further columns kept in the index, where the database can. */
  readonly include?: readonly string[];
  /** Operator classes of PostgreSQL, one for each field. */
  readonly opclasses?: readonly string[];
  readonly dbTablespace?: string;
}

const OPTIONS: Readonly<Record<keyof IndexOptions, true>> = {
  fields: true,
  expressions: true,
  name: true,
  condition: true,
  include: true,
  opclasses: true,
  dbTablespace: true,
};

/** How an index or constraint is written down in a migration. */
export interface DeconstructedPart {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * An index of a model's table, in `meta.indexes`.
 *
 * @example new models.Index({ fields: ["publisher", "-published"] })
 */
export class Index {
  /** What its made-up name ends in. */
  static readonly suffix: string = "idx";
  /** The access method, where it is not the usual one: `"gin"`. Only PostgreSQL reads it. */
  static readonly method: string | undefined = undefined;
  /** The reference of the class of an index that is not built in, for migrations: `"tsgo/contrib/postgres:GinIndex"`. */
  static readonly reference: string | undefined = undefined;

  readonly options: IndexOptions;
  name: string;

  constructor(options: IndexOptions) {
    if (new.target === Index) checkPartOptions("Index", options, OPTIONS);
    this.options = options;
    this.name = options.name ?? "";
    const { fields = [], expressions = [] } = options;
    if (fields.length === 0 && expressions.length === 0) throw new FieldError("An index needs fields or expressions.");
    if (fields.length > 0 && expressions.length > 0)
      throw new FieldError("An index has either fields or expressions, not both.");
    if (expressions.length > 0 && this.name === "") throw new FieldError("An index on expressions needs a name.");
    if (options.condition !== undefined && this.name === "")
      throw new FieldError("An index with a condition needs a name.");
    if (this.name.length > MAX_INDEX_NAME_LENGTH)
      throw new FieldError(`The index name '${this.name}' is longer than ${MAX_INDEX_NAME_LENGTH} characters.`);
  }

  /** The fields as written. */
  get fields(): readonly string[] {
    return this.options.fields ?? [];
  }

  get expressions(): readonly (Expression | string)[] {
    return this.options.expressions ?? [];
  }

  get condition(): Q | undefined {
    return this.options.condition;
  }

  get include(): readonly string[] {
    return this.options.include ?? [];
  }

  get opclasses(): readonly string[] {
    return this.options.opclasses ?? [];
  }

  /** Where the index lies, on databases that have such places. */
  get dbTablespace(): string | undefined {
    return this.options.dbTablespace;
  }

  /** What stands in WITH: storage parameters by name, for the methods that have some. */
  get storageParameters(): Readonly<Record<string, string | number | boolean>> {
    return {};
  }

  get containsExpressions(): boolean {
    return this.expressions.length > 0;
  }

  /** The fields with their direction. */
  get fieldOrders(): readonly (readonly [name: string, direction: "" | "DESC"])[] {
    return this.fields.map((name) => (name.startsWith("-") ? [name.slice(1), "DESC"] : [name, ""]));
  }

  /** Makes the name from table and columns where none was given. */
  setNameWithModel(model: ModelClass): void {
    if (this.name !== "") return;
    const columns = this.fieldOrders.map(([name, direction]) => {
      const field = model._meta.getField(name);
      return `${direction === "" ? "" : "-"}${field.column ?? name}`;
    });
    this.name = indexName(model._meta.dbTable, columns, (this.constructor as typeof Index).suffix);
  }

  deconstruct(): DeconstructedPart {
    return {
      type: this.constructor.name,
      options: { ...this.options, ...(this.name === "" ? {} : { name: this.name }) },
    };
  }

  clone(changes: Partial<IndexOptions> = {}): this {
    return Reflect.construct(this.constructor, [{ ...this.deconstruct().options, ...changes }]) as this;
  }
}
