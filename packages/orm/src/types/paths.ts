// The keys of lookups, orderings and rows: fields, relations to any depth, transforms and lookups, joined by `__`.

import type { Temporal } from "temporal-polyfill";

import type { Expression } from "../expressions/expression.ts";
import type { EXPRESSION_VALUE } from "../expressions/expression.ts";
import type { QuerySource } from "../expressions/subquery.ts";
import type {
  ColumnNames,
  FieldsOf,
  HasAutomaticKey,
  KeyOf,
  LOOKUPS,
  NullOf,
  PlainNames,
  TargetOf,
  ToManyNames,
  ToOneNames,
  ValueOf,
} from "./fields.ts";
import type { ColumnOf, InputOf, KeyLookups, LookupInput, LookupsOf, TransformOutput, Unknown } from "./lookups.ts";
import type { RELATED_MODEL } from "./managers.ts";

/** What an expression gives. */
export type ExpressionValue<E> = E extends { readonly [EXPRESSION_VALUE]: infer T } ? T : never;

/** The lookups that a field has: its own, or those of the type of its value. */
type FieldLookups<F> = F extends { readonly [LOOKUPS]: infer L } ? L : LookupsOf<ValueOf<F>>;

/** The values that `annotate` added, by name. */
export type Annotations = object;

/** The model that a relation of `M` leads to: a field, or a declared way back (`declare choices: RelatedManager<Choice>`). */
export type Related<M, Name> = Name extends ToOneNames<FieldsOf<M>> | ToManyNames<FieldsOf<M>>
  ? TargetOf<FieldsOf<M>[Name]>
  : Name extends keyof M
    ? Declared<M[Name]>
    : `${Name & string}Set` extends keyof M
      ? Declared<M[`${Name & string}Set` & keyof M]>
      : never;

type Declared<T> = T extends { readonly [RELATED_MODEL]: infer M } ? M : AwaitedModel<Extract<T, Promise<unknown>>>;
type AwaitedModel<P> = [P] extends [never] ? never : P extends Promise<infer M> ? NonNullable<M> : never;

/** What `filter({ [key]: value })` wants as the value of a key. */
export type LookupValue<M, A, Key extends string> = OrExpression<PlainLookup<M, A, Key>, Key>;

// A key that does not exist takes nothing, not even an expression.
type OrExpression<T, Key> = [T] extends [Unknown<string>]
  ? T
  : T | Expression | (Key extends `${string}__in` ? QuerySource : never);

type PlainLookup<M, A, Key extends string> = Key extends keyof A
  ? InputOf<A[Key]> | null
  : Key extends "pk"
    ? KeyOf<M> | null
    : Key extends PlainNames<FieldsOf<M>>
      ? InputOf<ValueOf<FieldsOf<M>[Key]>> | null
      : [Related<M, Key>] extends [never]
        ? DeepLookup<M, A, Key>
        : Related<M, Key> | KeyOf<Related<M, Key>> | null;

type DeepLookup<M, A, Key extends string> =
  KeyAttribute<M, Key> extends never
    ? Key extends `${infer Head}__${infer Rest}`
      ? Step<M, A, Head, Rest, Key>
      : Unknown<Key>
    : KeyAttribute<M, Key>;

// `questionId` beside `question`, and the `id` that nobody declared.
type KeyAttribute<M, Key extends string> = Key extends `${infer Name}Id`
  ? Name extends ToOneNames<FieldsOf<M>>
    ? KeyOf<TargetOf<FieldsOf<M>[Name]>> | null
    : never
  : Key extends "id"
    ? KeyOf<M>
    : never;

type Step<M, A, Head, Rest extends string, Key extends string> = Head extends keyof A
  ? LookupInput<LookupsOf<A[Head]>, Rest, Key>
  : Head extends PlainNames<FieldsOf<M>>
    ? LookupInput<FieldLookups<FieldsOf<M>[Head]>, Rest, Key>
    : Head extends "pk" | "id"
      ? LookupInput<KeyLookups<KeyOf<M>>, Rest, Key>
      : [Related<M, Head>] extends [never]
        ? Head extends `${infer Name}Id`
          ? Name extends ToOneNames<FieldsOf<M>>
            ? LookupInput<LookupsOf<KeyOf<TargetOf<FieldsOf<M>[Name]>>>, Rest, Key>
            : Unknown<Key>
          : Unknown<Key>
        : RelationStep<Related<M, Head>, Rest, Key>;

type RelationStep<To, Rest extends string, Key extends string> = Rest extends "isnull"
  ? boolean
  : Rest extends "in"
    ? Iterable<To | KeyOf<To>>
    : Rest extends "exact"
      ? To | KeyOf<To> | null
      : Rest extends "gt" | "gte" | "lt" | "lte"
        ? KeyOf<To>
        : Named<PlainLookup<To, object, Rest>, Key>;

// The message shall name the whole key, not its tail.
type Named<T, Key extends string> = T extends Unknown<string> ? Unknown<Key> : T;

/** Checks a literal of lookups, key by key. Only the keys that are used are looked up, which keeps this fast. */
export type CheckedLookups<M, A, L> = {
  [K in keyof L]: K extends string ? Fitting<L[K], LookupValue<M, A, K>> : never;
};

// A value that fits is not intersected with all that would fit, which querysets among the values would make expensive.
type Fitting<Given, Wanted> = Given extends Wanted ? unknown : Wanted;

/** One level of keys, for completion in an editor. */
export type SuggestedLookups<M> = {
  [
    K in ColumnNames<FieldsOf<M>> | `${PlainNames<FieldsOf<M>>}__in` | `${PlainNames<FieldsOf<M>>}__isnull` | "pk"
  ]?: LookupValue<M, object, K>;
};

/** Lookups that are checked, and completed at the first level. */
export type LookupsFor<M, A, L> = (L & NoInfer<CheckedLookups<M, A, L>>) | SuggestedLookups<M>;

/** What `values(key)` puts into a row. */
export type RowValue<M, A, Key extends string> = Key extends keyof A
  ? A[Key]
  : Key extends "pk" | "id"
    ? KeyOf<M>
    : Key extends PlainNames<FieldsOf<M>>
      ? ColumnOf<ValueOf<FieldsOf<M>[Key]>>
      : Key extends ToOneNames<FieldsOf<M>>
        ? KeyOf<TargetOf<FieldsOf<M>[Key]>> | NullOf<FieldsOf<M>[Key]>
        : [Related<M, Key>] extends [never]
          ? DeepRowValue<M, A, Key>
          : KeyOf<Related<M, Key>> | null;

type DeepRowValue<M, A, Key extends string> = Key extends `${infer Head}__${infer Rest}`
  ? Head extends keyof A
    ? TransformOutput<LookupsOf<A[Head]>, Rest, Key>
    : Head extends PlainNames<FieldsOf<M>>
      ? TransformOutput<FieldLookups<FieldsOf<M>[Head]>, Rest, Key>
      : [Related<M, Head>] extends [never]
        ? Unknown<Key>
        : Named<RowValue<Related<M, Head>, object, Rest>, Key> | NullThrough<M, Head>
  : Key extends `${infer Name}Id`
    ? Name extends ToOneNames<FieldsOf<M>>
      ? KeyOf<TargetOf<FieldsOf<M>[Name]>> | NullOf<FieldsOf<M>[Name]>
      : Unknown<Key>
    : Unknown<Key>;

// A key that may be empty, and every way back, may lead to no row.
type NullThrough<M, Head> = Head extends ToOneNames<FieldsOf<M>> ? NullOf<FieldsOf<M>[Head]> : null;

/** Replaces keys that do not exist by an `Unknown` that names them, in a list of keys. */
export type CheckedKeys<M, A, Keys extends readonly string[]> = {
  readonly [I in keyof Keys]: RowValue<M, A, Keys[I]> extends Unknown<string> ? RowValue<M, A, Keys[I]> : Keys[I];
};

/** A key whose values are dates or points in time. */
export type DatedKey<M, A, Key extends string> = KindOfKey<RowValue<M, A, Key>, Key, Date | Temporal.PlainDate>;

/** A key whose values are points in time. */
export type InstantKey<M, A, Key extends string> = KindOfKey<RowValue<M, A, Key>, Key, Date>;

type KindOfKey<Value, Key extends string, Wanted> =
  Value extends Unknown<string>
    ? Unknown<Key>
    : NonNullable<Value> extends Wanted
      ? Key
      : { readonly "holds no date of the kind that is needed": Key };

/** One row of `values(...)`. */
export type ValuesRow<M, A, Keys extends readonly string[]> = { [K in Keys[number]]: RowValue<M, A, K> };

/** One row of `valuesList(...)`. */
export type TupleRow<M, A, Keys extends readonly string[]> = { -readonly [I in keyof Keys]: RowValue<M, A, Keys[I]> };

/** One row of `values()` without keys: every column. */
export type ColumnsRow<M> = {
  [K in ColumnNames<FieldsOf<M>> as AttributeName<M, K>]: RowValue<M, object, K>;
} & (HasAutomaticKey<FieldsOf<M>> extends true ? { id: number } : unknown);

type AttributeName<M, K extends string> = K extends ToOneNames<FieldsOf<M>> ? `${K}Id` : K;

/** Checks the keys of an ordering: `-` in front turns it round, `?` is random. */
export type CheckedOrdering<M, A, Keys extends readonly unknown[]> = {
  readonly [I in keyof Keys]: Keys[I] extends string ? OrderKey<M, A, Keys[I]> : Keys[I];
};

type OrderKey<M, A, Key extends string> = Key extends "?"
  ? Key
  : Key extends `-${infer Path}`
    ? RowValue<M, A, Path> extends Unknown<string>
      ? Unknown<Key>
      : Key
    : RowValue<M, A, Key> extends Unknown<string>
      ? Unknown<Key>
      : Key;

/** Checks the paths of `selectRelated`: every step is a relation to one row. */
export type CheckedRelations<M, Paths extends readonly string[]> = {
  readonly [I in keyof Paths]: [RelationAt<M, Paths[I]>] extends [never] ? Unknown<Paths[I]> : Paths[I];
};

type ToOne<M, Name> =
  Name extends ToOneNames<FieldsOf<M>>
    ? TargetOf<FieldsOf<M>[Name]>
    : Name extends keyof M
      ? Extract<M[Name], Promise<unknown>> extends never
        ? never
        : Declared<M[Name]>
      : never;

type RelationAt<M, Path extends string> = Path extends `${infer Head}__${infer Rest}`
  ? [ToOne<M, Head>] extends [never]
    ? never
    : RelationAt<ToOne<M, Head>, Rest>
  : ToOne<M, Path>;

/** An instance whose relations along the paths have been loaded, so that they can be read without `await`. */
export type Loaded<M, Path extends string> = {
  readonly [P in Path as P extends `${infer Head}__${string}` ? Head : P]: P extends `${infer Head}__${infer Rest}`
    ? (ToOne<M, Head> & Loaded<ToOne<M, Head>, Rest>) | NullThrough<M, Head>
    : ToOne<M, P> | NullThrough<M, P>;
};
