// The typed face of managers.

import type { KeyOf } from "./fields.ts";
import type { Annotations } from "./paths.ts";
import type { QuerySet } from "./querysets.ts";
import type { CreateInput } from "./rows.ts";

/** The methods of a queryset that a manager has, too: all but being awaited. */
type QuerySetMethods<QS> = Omit<QS, "then" | typeof Symbol.asyncIterator | "delete" | "ordered">;

/** What a manager is beside the methods of its queryset. */
export interface ManagerBase<M, QS = QuerySet<M>> {
  /** The name under which the model has it. */
  readonly name: string;
  /** What all queries of this manager start from. Override it to leave rows out. */
  getQueryset(): QS;
  /** The same manager on another database. */
  dbManager(alias: string): this;
}

type ModelOf<QS> = QS extends { create(values: never): Promise<infer M> } ? M : never;
type AnyQuerySetClass<QS> = new (...args: never[]) => QS;

/** The class `models.QuerySet`, to be extended by querysets with methods of their own. */
export interface QuerySetClass {
  new <M, Row = M, A extends Annotations = object>(...args: readonly unknown[]): QuerySet<M, Row, A>;
  /**
   * A manager with the methods of this queryset. Answers to `as_manager()`.
   *
   * @example static override readonly objects = EntryQuerySet.asManager();
   */
  asManager<QS>(this: AnyQuerySetClass<QS>): Manager<ModelOf<QS>, QS>;
}

/** The class `models.Manager`, to be extended by managers with methods or rows of their own. */
export interface ManagerClass {
  new <M>(): Manager<M>;
  /**
   * A class of managers with the methods of a queryset class. Answers to `from_queryset()`.
   *
   * @example class EntryManager extends models.Manager.fromQuerySet(EntryQuerySet) {}
   */
  fromQuerySet<QS>(querySetClass: AnyQuerySetClass<QS>): new () => Manager<ModelOf<QS>, QS>;
}

/**
 * The way to a model's rows: `Question.objects`. It has the methods of a queryset, and those of a custom one named as `QS`.
 * Answers to Django's `Manager`.
 */
export type Manager<M, QS = QuerySet<M>> = ManagerBase<M, QS> & QuerySetMethods<QS>;

/** The key under which the compiler finds the model of a related manager. It exists in types only. */
export declare const RELATED_MODEL: unique symbol;

/** The fields of a row that its relation fills in by itself are optional here. */
type RelatedInput<M> = Partial<CreateInput<M>>;

/** Rows or their keys: a list, or a queryset. */
type RowsOrKeys<M> = Iterable<M | KeyOf<M>> | PromiseLike<Iterable<M | KeyOf<M>>>;

/** The rows that refer to one: `question.choices`. Answers to Django's related managers. */
export interface RelatedManager<M> extends Omit<
  QuerySet<M>,
  "then" | typeof Symbol.asyncIterator | "delete" | "ordered" | "create"
> {
  /** Only for the compiler: the model of the rows. */
  readonly [RELATED_MODEL]: M;
  create(values: RelatedInput<M>): Promise<M>;
  /** Lets rows refer to this one. */
  add(...rows: readonly (M | KeyOf<M>)[]): Promise<void>;
  /** Lets rows no longer refer to this one; the foreign key must allow null. */
  remove(...rows: readonly (M | KeyOf<M>)[]): Promise<void>;
  clear(): Promise<void>;
  /** Makes these the rows that refer to this one. */
  set(rows: RowsOrKeys<M>, options?: { readonly clear?: boolean }): Promise<void>;
}

/** The rows that a many-to-many relation links: `book.tags`. */
export interface ManyRelatedManager<M> extends Omit<RelatedManager<M>, "add" | "set" | "create"> {
  create(values: RelatedInput<M>, options?: ThroughOptions): Promise<M>;
  add(...rows: readonly (M | KeyOf<M> | ThroughOptions)[]): Promise<void>;
  set(rows: RowsOrKeys<M>, options?: ThroughOptions & { readonly clear?: boolean }): Promise<void>;
}

/** Values for the other columns of the link table. */
export interface ThroughOptions {
  readonly throughDefaults?: Readonly<Record<string, unknown>>;
}
