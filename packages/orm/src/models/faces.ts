// `models.Manager` and `models.QuerySet` as users extend them: the classes that run, with the types that know the fields.

import type { Manager as TypedManager, ManagerClass, QuerySetClass } from "../types/managers.ts";
import type { Annotations } from "../types/paths.ts";
import type { QuerySet as TypedQuerySet } from "../types/querysets.ts";
import { Manager as PlainManager } from "./manager.ts";
import { QuerySet as PlainQuerySet } from "./queryset.ts";

/**
 * Gives querysets over the rows of a model. Extend it to leave rows out, or for methods that concern the whole table.
 *
 * @example
 * class PublishedManager extends models.Manager<Book> {
 *   override getQueryset() { return super.getQueryset().filter({ status: "p" }); }
 * }
 */
export const Manager = PlainManager as unknown as ManagerClass;
export type Manager<M, QS = TypedQuerySet<M>> = TypedManager<M, QS>;

/**
 * A lazy, immutable set of rows of a model. Extend it for conditions of your own that can be chained.
 *
 * @example
 * class BookQuerySet extends models.QuerySet<Book> {
 *   published(): this { return this.filter({ status: "p" }); }
 * }
 */
export const QuerySet = PlainQuerySet as unknown as QuerySetClass;
export type QuerySet<M, Row = M, A extends Annotations = object> = TypedQuerySet<M, Row, A>;
