// A primary key of several columns.

import { FieldError } from "@tsgo/core/exceptions";

import type { ModelBase, ModelClass } from "../models/model.ts";
import type { Deconstructed } from "./field.ts";
import { Field, describeValue } from "./field.ts";

/**
 * The primary key `pk` that several fields make up together. It has no column of its own; its value is the list of theirs.
 * Answers to Django's `CompositePrimaryKey`.
 *
 * @example
 * class Seat extends models.Model<Seat>()({
 *   pk: models.CompositePrimaryKey("room", "number"),
 *   room: models.CharField({ maxLength: 20 }),
 *   number: models.IntegerField(),
 * }) {}
 */
export class CompositePrimaryKey<T = readonly unknown[]> extends Field<T, true> {
  /** The names of the fields, as given. */
  readonly fieldNames: readonly string[];
  #fields: readonly Field[] | undefined;

  constructor(...names: readonly string[]) {
    super({ primaryKey: true, editable: false, blank: true, serialize: false });
    if (names.length < 2 || names.some((name) => typeof name !== "string"))
      throw new FieldError(
        `A composite primary key takes the names of two or more fields, not ${describeValue(names)}.`,
      );
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new FieldError(`A composite primary key names the field '${twice}' twice.`);
    this.fieldNames = names;
  }

  override get internalType(): string {
    return "CompositePrimaryKey";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  /** The fields that make up the key. */
  get fields(): readonly Field[] {
    return (this.#fields ??= this.fieldNames.map((name) => this.model._meta.getField(name) as Field));
  }

  override contributeToClass(model: ModelClass, name: string): void {
    if (name !== "pk")
      throw new FieldError(`${model._meta.label}: a composite primary key has the name 'pk', not '${name}'.`);
    super.contributeToClass(model, name);
  }

  /** Checks the fields of the key, once the model has all of its own. Answers to Django's check models.E042. */
  checkFields(): void {
    const meta = this.model._meta;
    const seen = new Map<string, string>();
    for (const name of this.fieldNames) {
      const field = meta.findField(name);
      const refuse = (why: string): never => {
        throw new FieldError(`${meta.label}: '${name}' cannot be part of the composite primary key: ${why}.`);
      };
      if (field === undefined)
        return refuse(`there is no such field. Fields are: ${columnNames(meta.localConcreteFields)}`);
      if (!("attname" in field) || field.column === null) return refuse("it has no column");
      if (!meta.localFields.includes(field)) return refuse("it is in the table of another model");
      if (field.null) return refuse("it may be null");
      if (field.generated) return refuse("the database computes it");
      const other = seen.get(field.column);
      if (other !== undefined) return refuse(`it is the same field as '${other}'`);
      seen.set(field.column, name);
    }
  }

  protected override getColumn(): null {
    return null;
  }

  protected override constructorArguments({ fields = this.fieldNames }: Readonly<Record<string, unknown>>): unknown[] {
    return [...(fields as readonly string[])];
  }

  override deconstruct(): Deconstructed {
    return { type: this.constructor.name, options: { fields: this.fieldNames } };
  }

  override dbType(): null {
    return null;
  }

  override getDefault(): unknown {
    return null;
  }

  /** The same key after one of its fields was renamed; a foreign key may be named by its attribute. */
  withRenamed(oldName: string, newName: string): this {
    const names = new Map([
      [oldName, newName],
      [`${oldName}Id`, `${newName}Id`],
    ]);
    return this.clone({ fields: this.fieldNames.map((name) => names.get(name) ?? name) });
  }

  /** The values of the fields, or null as long as one of them is missing. */
  override valueFromObject(instance: ModelBase): readonly unknown[] | null {
    const values = this.fields.map((field) => field.valueFromObject(instance));
    return values.some((value) => value === null || value === undefined) ? null : values;
  }

  /** Sets the fields: to the values of a list, or all to null. */
  assign(instance: ModelBase, value: unknown): void {
    const values = value === null || value === undefined ? this.fields.map(() => null) : this.parts(value);
    for (const [index, field] of this.fields.entries())
      (instance as unknown as Record<string, unknown>)[field.attname] = values[index];
  }

  /** A value as the list that it must be. @throws FieldError */
  parts(value: unknown): readonly unknown[] {
    const { length } = this.fieldNames;
    if (Array.isArray(value) && value.length === length) return value;
    return this.refuse(value, `a list of ${length} values (${this.fieldNames.join(", ")})`);
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    return this.parts(value).map((part, index) => this.fields[index]?.toValue(part));
  }

  override getPrepValue(value: unknown): unknown {
    return this.parts(value).map((part, index) => this.fields[index]?.getPrepValue(part));
  }

  override valueToString(instance: ModelBase): string {
    return JSON.stringify(this.fields.map((field) => field.valueToString(instance)));
  }
}

function columnNames(fields: readonly Field[]): string {
  return fields.map((field) => field.attname).join(", ");
}
