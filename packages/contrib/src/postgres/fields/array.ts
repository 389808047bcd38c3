import { FieldError, ValidationError } from "@tsgo/core/exceptions";
import type { DatabaseWrapper } from "@tsgo/orm/db";
import { type Expression, Field, type FieldOptions } from "@tsgo/orm/models";

import { itemAt, itemsBetween } from "../lookups/array-items.ts";
import { ArrayMaxLengthValidator } from "../validators.ts";
import { fixtureJson, itemText } from "../values/fixture-text.ts";
import { arrayText, parseArray } from "../values/literals.ts";
import { itemError, itemReader, requirePostgresql } from "./inner.ts";

/** Options of an array. */
export interface ArrayFieldOptions extends FieldOptions {
  /** The field that each item is one of: any but a relation. An array makes more dimensions. */
  readonly baseField: Field;
  /** The greatest number of items. */
  readonly size?: number;
}

/** A list of values of one kind in a column. Answers to `django.contrib.postgres.fields.ArrayField`. */
export class ArrayField<T = unknown, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:ArrayField()";
  declare readonly options: ArrayFieldOptions;

  constructor(options: ArrayFieldOptions) {
    super(options);
    if (!(options?.baseField instanceof Field))
      throw new FieldError("An ArrayField needs a baseField: ArrayField({ baseField: models.IntegerField() }).");
    if (options.baseField.isRelation) throw new FieldError("The baseField of an ArrayField cannot be a relation.");
    if (options.size !== undefined && !(Number.isSafeInteger(options.size) && options.size > 0))
      throw new FieldError(`The size of an ArrayField is a whole number from 1, not ${String(options.size)}.`);
  }

  get baseField(): Field {
    return this.options.baseField;
  }

  override get internalType(): string {
    return "ArrayField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override dbType(connection: DatabaseWrapper): string {
    requirePostgresql("An array", connection);
    return `${this.baseField.dbType(connection) ?? ""}[${this.options.size ?? ""}]`;
  }

  override castDbType(connection: DatabaseWrapper): string {
    return `${this.baseField.castDbType(connection) ?? ""}[]`;
  }

  override placeholder(parameter: string, connection: DatabaseWrapper): string {
    return `${parameter}::${this.castDbType(connection)}`;
  }

  override transformFor(name: string): ((lhs: Expression) => Expression) | undefined {
    const [, first, last] = /^(\d{1,9})(?:_(\d{1,9}))?$/.exec(name) ?? [];
    if (first === undefined) return undefined;
    return (lhs) =>
      last === undefined
        ? itemAt(lhs, Number(first), this.baseField)
        : itemsBetween(lhs, Number(first), Number(last), this);
  }

  // Messages about an item name the field that it is in.
  override setAttributesFromName(name: string): void {
    super.setAttributesFromName(name);
    this.baseField.setAttributesFromName(name);
  }

  // ---- values

  /** Takes a list, or its JSON, as fixtures have it. */
  override toValue(value: unknown): unknown {
    const items = typeof value === "string" ? parseJson(value) : value;
    if (!Array.isArray(items)) return items;
    return items.map((item, index) => this.#each(index, () => this.baseField.toValue(item)));
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) this.refuse(value, "a list");
    return (value as unknown[]).map((item) =>
      item === null || item === undefined ? null : this.baseField.getPrepValue(item),
    );
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    const items = prepared ? value : this.getPrepValue(value);
    if (!Array.isArray(items)) return items;
    const innermost = this.#innermost;
    return arrayText(items, (item) => (item === null ? null : innermost.getDbPrepValue(item, connection, true)));
  }

  override fromDb(connection: DatabaseWrapper): (value: unknown) => unknown {
    const read = itemReader(this.#innermost, connection);
    // The driver reads some arrays by itself; what it does not know comes as text.
    const each = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(each)
        : value === null
          ? null
          : read((value as { toString(): string }).toString());
    return (value) => (typeof value === "string" ? parseArray(value, read) : each(value));
  }

  // The field of the items, however many dimensions there are.
  get #innermost(): Field {
    return this.baseField instanceof ArrayField ? this.baseField.#innermost : this.baseField;
  }

  /** The items as texts, in JSON. */
  override valueToString(instance: Parameters<Field["valueToString"]>[0]): string {
    const items = this.valueFromObject(instance) as readonly unknown[];
    return fixtureJson(items.map((item) => itemText(this.baseField, item)));
  }

  // ---- validation

  override get defaultValidators(): ReturnType<typeof ArrayMaxLengthValidator>[] {
    return this.options.size === undefined ? [] : [ArrayMaxLengthValidator(this.options.size)];
  }

  override validate(value: unknown, instance: Parameters<Field["validate"]>[1]): void {
    super.validate(value, instance);
    if (!Array.isArray(value)) {
      if (value === null || value === undefined) return;
      throw new ValidationError("This is not a list.", { code: "invalid", params: { value } });
    }
    this.#all(value, (item) => {
      this.baseField.validate(item, instance);
    });
    if (
      this.baseField instanceof ArrayField &&
      new Set(value.map((item) => (item as unknown[] | null)?.length)).size > 1
    )
      throw new ValidationError("Nested arrays must have the same length.", { code: "nested_array_mismatch" });
  }

  override runValidators(value: unknown): void {
    super.runValidators(value);
    if (Array.isArray(value))
      this.#all(value, (item) => {
        this.baseField.runValidators(item);
      });
  }

  #all(items: readonly unknown[], check: (item: unknown) => void): void {
    for (const [index, item] of items.entries())
      this.#each(index, () => {
        check(item);
      });
  }

  #each<R>(index: number, run: () => R): R {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      throw itemError(error, `Item ${index + 1} in the array did not validate:`, "item_invalid", index + 1);
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ValidationError("This is not a list in JSON.", {
      code: "invalid",
      params: { value: text },
      cause: error,
    });
  }
}
