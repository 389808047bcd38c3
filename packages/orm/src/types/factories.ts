// The typed face of the functions that make fields: what a field holds follows from its options.

import type { Field } from "../fields/field.ts";
import type { FieldFile } from "../fields/field-file.ts";
import type { ForeignKey } from "../fields/foreign-key.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import type { CompositePrimaryKey } from "../fields/composite.ts";
import type { CHOICES, KEY, TypedField, TypedKey } from "./fields.ts";

interface HasNull {
  readonly null: true;
}

type Nullable<T, O> = O extends HasNull ? T | null : T;

/** Options with which `create()` may do without the field. */
type Omittable =
  | { readonly null: true }
  | { readonly blank: true }
  | { readonly autoNow: true }
  | { readonly autoNowAdd: true }
  | { readonly default: unknown }
  | { readonly dbDefault: unknown };

type OptionalOf<O> = O extends Omittable ? true : false;

/** The values of choices that are written as a list of pairs, as an object, or made by `textChoices`. Groups and functions leave it at `T`. */
type ChoiceValue<T, O> = O extends { readonly choices: infer C }
  ? C extends readonly (readonly [infer V, string])[]
    ? V & T
    : C extends { readonly choices: readonly (readonly [infer V, string])[] }
      ? V & T
      : C extends Iterable<unknown> | ((...args: never[]) => unknown)
        ? T
        : C extends Readonly<Record<infer V, string>>
          ? V & T
          : T
  : T;

type Marks<O> = (O extends { readonly primaryKey: true } ? { readonly [KEY]: true } : unknown) &
  (O extends { readonly choices: object } ? { readonly [CHOICES]: true } : unknown);

/** A field that holds `T`, made with the options `O`. */
export type MadeField<T, O> = Field<Nullable<ChoiceValue<T, O>, O>, OptionalOf<O>> & Marks<O>;

/** A field that the database or the framework fills, made with the options `O`. */
export type FilledField<T, O> = Field<Nullable<T, O>, true> & Marks<O>;

/** A foreign key to `M`, made with the options `O`. */
export type MadeRelation<M, O> = ForeignKey<M, O extends HasNull ? true : false, OptionalOf<O>> & Marks<O>;

/** A many-to-many relation to `M`. */
export type MadeManyToMany<M> = ManyToManyField<M>;

/** Options that a field does not have become errors, although the rest is inferred. */
type Exactly<O, Options> = O & { readonly [K in Exclude<keyof O, keyof Options>]: never };

/** Makes fields that hold `T`. `Class` is for fields of your own: `class UpperField extends models.CharField.Class`. */
export interface FieldFactory<T, Options, Class> {
  <const O extends Options = Options>(options?: Exactly<O, Options>): MadeField<T, O>;
  readonly Class: Class;
}

/** Makes fields that `create()` never needs. */
export interface FilledFieldFactory<T, Options, Class> {
  <const O extends Options = Options>(options?: Exactly<O, Options>): FilledField<T, O>;
  readonly Class: Class;
}

/** Makes fields whose attribute is an object that leads to a file, whether there is one or not. */
export interface FileFieldFactory<T extends FieldFile, Options, Class> {
  <const O extends Options = Options>(options?: Exactly<O, Options>): Field<T, OptionalOf<O>> & Marks<O>;
  readonly Class: Class;
}

/** Makes JSON fields: `models.JSONField<{ tags: string[] }>({ default: () => ({ tags: [] }) })`. */
export interface JsonFieldFactory<Options, Class> {
  <T = unknown>(options: Options & { readonly null: true }): MadeField<T, { null: true }>;
  <T = unknown>(options: Options & Omittable): MadeField<T, { blank: true }>;
  <T = unknown>(options?: Options): MadeField<T, object>;
  readonly Class: Class;
}

/** Makes foreign keys: `models.ForeignKey<Question>("polls.Question", { onDelete: models.CASCADE })`. */
export interface ForeignKeyFactory<Options, Class> {
  <M>(to: string, options: Options & { readonly primaryKey: true }): MadeRelation<M, { primaryKey: true }>;
  <M>(to: string, options: Options & { readonly null: true }): MadeRelation<M, { null: true }>;
  <M>(to: string, options: Options & Omittable): MadeRelation<M, { blank: true }>;
  <M>(to: string, options: Options): MadeRelation<M, object>;
  readonly Class: Class;
}

/** Makes many-to-many relations: `models.ManyToManyField<Tag>("library.Tag")`. */
export interface ManyToManyFactory<Options, Class> {
  <M>(to: string, options?: Options): MadeManyToMany<M>;
  readonly Class: Class;
}

/** Makes the primary key of several fields: `pk: models.CompositePrimaryKey("room", "number")`. */
export interface CompositePrimaryKeyFactory<Class> {
  <const Names extends readonly [string, string, ...string[]]>(...names: Names): CompositePrimaryKey & TypedKey<Names>;
  readonly Class: Class;
}

/** Makes columns that the database computes; the type is that of `outputField`. */
export interface GeneratedFieldFactory<Options, Class> {
  <const O extends Options & { readonly outputField: TypedField }>(
    options: O,
  ): Field<O["outputField"] extends TypedField<infer T> ? T | null : never, true>;
  readonly Class: Class;
}
