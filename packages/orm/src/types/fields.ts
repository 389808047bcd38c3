// What the compiler reads from the fields of a model.

import type { TARGET_TYPE, VALUE_TYPE } from "../fields/types.ts";

/** The key under which the compiler finds the fields of a model. It exists in types only. */
export declare const FIELDS: unique symbol;

/** The key that marks a primary key, for the compiler. */
export declare const KEY: unique symbol;

/** The key under which the compiler finds the names of a composite primary key. */
export declare const PARTS: unique symbol;

/** A composite primary key as the compiler sees it: the names of its fields. */
export interface TypedKey<Names extends readonly string[] = readonly string[]> {
  readonly [PARTS]: Names;
}

/** The key that marks a field with choices, for the compiler. */
export declare const CHOICES: unique symbol;

/** The key under which a field says which lookups it has, where they do not follow from the type of its value. */
export declare const LOOKUPS: unique symbol;

/** A field as the compiler sees it: what it holds, and whether `create()` may do without it. */
export interface TypedField<T = unknown, Optional extends boolean = boolean> {
  readonly [VALUE_TYPE]: { readonly value: T; readonly optional: Optional };
}

/** A relation as the compiler sees it. */
export interface TypedRelation<M = unknown, Null extends boolean = boolean, Many extends boolean = boolean> {
  readonly [TARGET_TYPE]: { readonly model: M; readonly null: Null; readonly many: Many };
}

/** The fields of a model by name. */
export type FieldMap = Readonly<Record<string, TypedField>>;

/** The fields of a model, inherited ones included. */
export type FieldsOf<M> = M extends { readonly [FIELDS]: infer F } ? F : never;

/** What a plain field holds. */
export type ValueOf<F> = F extends TypedField<infer T> ? T : never;

/** The model on the other side of a relation. */
export type TargetOf<F> = F extends TypedRelation<infer M> ? M : never;

type IsMany<F> = F extends TypedRelation<unknown, boolean, true> ? true : false;
type IsOne<F> = F extends TypedRelation<unknown, boolean, false> ? true : false;
type IsNullable<F> = F extends TypedRelation<unknown, infer Null> ? (true extends Null ? true : false) : false;

/** Null where a foreign key may be empty. */
export type NullOf<F> = IsNullable<F> extends true ? null : never;

/** Names of the foreign keys and one-to-one fields. */
export type ToOneNames<F> = { [K in keyof F & string]: IsOne<F[K]> extends true ? K : never }[keyof F & string];

/** Names of the many-to-many fields. */
export type ToManyNames<F> = { [K in keyof F & string]: IsMany<F[K]> extends true ? K : never }[keyof F & string];

/** Names of the fields that are no relations. */
export type PlainNames<F> = Exclude<keyof F & string, ToOneNames<F> | ToManyNames<F> | CompositeName<F>>;

/** Names of the fields that have a column. */
export type ColumnNames<F> = Exclude<keyof F & string, ToManyNames<F> | CompositeName<F>>;

/** Names of columns as attributes: `questionId` beside the name of the foreign key. */
export type AttributeNames<F> =
  | ColumnNames<F>
  | `${ToOneNames<F>}Id`
  | (HasAutomaticKey<F> extends true ? "id" : never);

type CompositeName<F> = F extends { readonly pk: TypedKey } ? "pk" : never;

type KeyNames<F> = { [K in keyof F & string]: F[K] extends { readonly [KEY]: true } ? K : never }[keyof F & string];

/** The type of the primary key of a set of fields; a number where none was declared. */
export type PrimaryKeyOf<F> = F extends { readonly pk: TypedKey<infer Names> }
  ? { readonly [I in keyof Names]: PartOf<F, Names[I]> }
  : [KeyNames<F>] extends [never]
    ? number
    : KeyNames<F> extends ToOneNames<F>
      ? KeyOf<TargetOf<F[KeyNames<F>]>>
      : ValueOf<F[KeyNames<F>]>;

// The part of a composite key that a name stands for: a plain field, or a foreign key by its own name or that of its attribute.
type PartOf<F, Name> =
  Name extends ToOneNames<F>
    ? KeyOf<TargetOf<F[Name]>>
    : Name extends PlainNames<F>
      ? ValueOf<F[Name]>
      : Name extends `${infer Relation}Id`
        ? Relation extends ToOneNames<F>
          ? KeyOf<TargetOf<F[Relation]>>
          : never
        : never;

/** A composite key of which every part is a field; the others are replaced by an error that names them. */
export type CheckedKey<F> = F extends { readonly pk: TypedKey<infer Names> }
  ? { readonly pk: { readonly [PARTS]: { readonly [I in keyof Names]: CheckedPart<F, Names[I]> } } }
  : unknown;

type CheckedPart<F, Name> = Name extends ToOneNames<F> | PlainNames<F> | `${ToOneNames<F>}Id`
  ? Name
  : { readonly "no such field": Name };

/** True where the fields declare no primary key, so that there is an `id`. */
export type HasAutomaticKey<F> = F extends { readonly pk: TypedKey }
  ? false
  : [KeyNames<F>] extends [never]
    ? true
    : false;

/** The type of a model's primary key. */
export type KeyOf<M> = PrimaryKeyOf<FieldsOf<M>>;

/** Names of the fields with choices. */
export type ChoiceNames<F> = {
  [K in keyof F & string]: F[K] extends { readonly [CHOICES]: true } ? K : never;
}[keyof F & string];

/** Names of the date and time fields that are never null. */
export type DatedNames<F> = {
  [K in PlainNames<F>]: ValueOf<F[K]> extends Date | { readonly calendarId: string } ? K : never;
}[PlainNames<F>];

/** True for fields that `create()` may do without. */
export type IsOptional<F> = F extends TypedField<unknown, true> ? true : false;
