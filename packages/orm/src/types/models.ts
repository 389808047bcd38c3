// The typed face of models: what `class Question extends models.Model<Question>()({ ... })` inherits.

import type { QuerySource } from "../expressions/subquery.ts";
import type { MetaOptions } from "../models/meta.ts";
import type { Options } from "../models/options.ts";
import type {
  AttributeNames,
  CheckedKey,
  ChoiceNames,
  DatedNames,
  FIELDS,
  FieldMap,
  FieldsOf,
  HasAutomaticKey,
  KeyOf,
  NullOf,
  PlainNames,
  PrimaryKeyOf,
  TargetOf,
  ToManyNames,
  ToOneNames,
  ValueOf,
} from "./fields.ts";
import type { Manager, ManyRelatedManager } from "./managers.ts";
import type { DeleteResult, QuerySet } from "./querysets.ts";
import type { PartialInput } from "./rows.ts";

/** What `save()` takes. */
export interface SaveOptions<Names extends string = string> {
  /** Insert, and fail where the key is taken. */
  readonly forceInsert?: boolean;
  /** Update, and fail where there is no such row. */
  readonly forceUpdate?: boolean;
  readonly using?: string;
  /** Writes these fields only. */
  readonly updateFields?: readonly Names[] | ReadonlySet<Names>;
}

/** What every instance has. */
export interface InstanceBase<Key = unknown, Names extends string = string> {
  /** The primary key, whatever its field is called. */
  pk: Key;
  /** Where the row comes from, and whether it is not in the database yet. */
  readonly _state: { readonly db: string | undefined; readonly adding: boolean };
  /** Writes the row: an update where there is one with this key, else an insert. */
  save(options?: SaveOptions<Names>): Promise<void>;
  /** Deletes the row, and what depends on it. */
  delete(options?: { readonly using?: string; readonly keepParents?: boolean }): Promise<DeleteResult>;
  /** Reads the row again, or some of its fields; from a queryset, say one that locks, where one is given. */
  refreshFromDb(options?: {
    readonly fields?: readonly Names[];
    readonly using?: string;
    readonly fromQueryset?: QuerySource;
  }): Promise<void>;
  /** The value of a field as it is stored: of a foreign key the key. */
  serializableValue(name: string): unknown;
  /** Checks fields, model, uniqueness and constraints; throws a ValidationError with all that is wrong. */
  fullClean(options?: {
    readonly exclude?: Iterable<string>;
    readonly validateUnique?: boolean;
    readonly validateConstraints?: boolean;
  }): Promise<void>;
  cleanFields(options?: { readonly exclude?: Iterable<string> }): Promise<void>;
  /** Checks that go over more than one field: override it. */
  clean(): void | Promise<void>;
  validateUnique(options?: { readonly exclude?: Iterable<string> }): Promise<void>;
  validateConstraints(options?: { readonly exclude?: Iterable<string> }): Promise<void>;
  /** Whether both stand for the same row. Answers to `==`. */
  equals(other: unknown): boolean;
  /** The names of the fields that have not been read yet. */
  getDeferredFields(): Set<string>;
  toString(): string;
}

/** A relation to one row: awaited where it may not be loaded, assigned as it is. */
export type RelatedObject<M> = Promise<M> | M;

// Names of columns hold their values, foreign keys the row and its key.
type Attributes<F> = {
  -readonly [K in PlainNames<F>]: ValueOf<F[K]>;
} & {
  [K in ToOneNames<F>]: RelatedObject<TargetOf<F[K]> | NullOf<F[K]>>;
} & {
  [K in ToOneNames<F> as `${K}Id`]: KeyOf<TargetOf<F[K]>> | NullOf<F[K]>;
} & {
  readonly [K in ToManyNames<F>]: ManyRelatedManager<TargetOf<F[K]>>;
};

// getStatusDisplay(), getNextByPubDate(), getPreviousByPubDate()
type Derived<Self, F> = {
  [K in ChoiceNames<F> as `get${Capitalize<K>}Display`]: () => string;
} & {
  [K in DatedNames<F> as `get${"NextBy" | "PreviousBy"}${Capitalize<K>}`]: () => Promise<Self>;
};

// What save() and refreshFromDb() may name: columns, and for the latter relations with many rows.
type InstanceNames<F> = AttributeNames<F> | ToManyNames<F>;

/** An instance of a model with the fields `F`. */
export type Instance<Self, F> = InstanceBase<PrimaryKeyOf<F>, InstanceNames<F>> &
  Attributes<F> &
  Derived<Self, F> & { readonly [FIELDS]: F } & (HasAutomaticKey<F> extends true ? { id: number } : unknown);

/** The class that a model extends. `Parent` is the model that it inherits from, `QS` the queryset behind `objects`. */
export interface ModelConstructor<Self, F, Parent = unknown, QS = QuerySet<Self>> {
  new (
    values?: PartialInput<Self>,
  ): Instance<Self, F> & Omit<Parent, typeof FIELDS | keyof InstanceBase | keyof FieldsOf<Parent>>;
  /** The way to the rows. */
  readonly objects: Manager<Self, QS>;
  /** The metadata of the model. */
  readonly _meta: Options;
  /** Thrown where there is no such row. */
  readonly DoesNotExist: ErrorConstructor;
  /** Thrown where there are several rows and one was wanted. */
  readonly MultipleObjectsReturned: ErrorConstructor;
  /**
   * Begins a model that inherits from this one: from an abstract one its fields, from any other a table of its own that is linked
   * to this one's, or with `static meta = { proxy: true }` nothing but other behaviour.
   *
   * @example class Restaurant extends Place.extend<Restaurant>()({ stars: models.IntegerField() }) {}
   */
  extend<Child, ChildQS = QuerySet<Child>>(): <const G extends FieldMap>(
    fields: G & CheckedKey<NoInfer<G>>,
  ) => ModelConstructor<Child, Omit<F, keyof G> & G, Self, ChildQS>;
}

/**
 * Begins a model. The class names itself as the type argument, so that the compiler knows its methods everywhere; the second one
 * names the queryset of its own `objects`, if it has one.
 *
 * @example
 * class Question extends models.Model<Question>()({ questionText: models.CharField({ maxLength: 200 }) }) {}
 */
export type ModelFactory = <Self, QS = QuerySet<Self>>() => <const F extends FieldMap>(
  fields: F & CheckedKey<NoInfer<F>>,
) => ModelConstructor<Self, F, unknown, QS>;

/** The type of `static meta`, with the names of the model's fields checked. */
export interface Meta<M> extends Omit<MetaOptions, "ordering" | "getLatestBy" | "uniqueTogether"> {
  readonly ordering?: readonly (OrderingName<M> | object)[];
  readonly getLatestBy?: OrderingName<M> | readonly OrderingName<M>[];
  readonly uniqueTogether?: readonly FieldName<M>[] | readonly (readonly FieldName<M>[])[];
}

type FieldName<M> = keyof FieldsOf<M> & string;
type OrderingName<M> =
  | FieldName<M>
  | `-${FieldName<M>}`
  | (HasAutomaticKey<FieldsOf<M>> extends true ? "id" | "-id" : never)
  | "pk"
  | "-pk"
  | `${"" | "-"}${ToOneNames<FieldsOf<M>>}__${string}`;
