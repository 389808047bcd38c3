import { inspect } from "node:util";

import { ObjectDoesNotExist } from "@tsgo/core/exceptions";
import { Http404 } from "@tsgo/http/exceptions";
import type { Annotations, Condition, LookupsFor, RelatedManager, TypedManager, TypedQuerySet } from "@tsgo/orm/models";

/** A model, by the manager that it is asked through. */
export interface ModelWithObjects<M> {
  readonly objects: TypedManager<M>;
}

/** What all of them come down to. */
interface Queryset {
  filter(...conditions: readonly unknown[]): PromiseLike<unknown[]>;
  get(...conditions: readonly unknown[]): Promise<unknown>;
  readonly model: { readonly name: string };
}

/**
 * The object for which the conditions hold. Answers to Django's `get_object_or_404`.
 *
 * @throws Http404 where there is none, MultipleObjectsReturned where there are several.
 *
 * @example
 * const question = await getObjectOr404(Question, { pk: questionId });
 * const open = await getObjectOr404(Question.objects.filter({ closed: false }), { slug });
 */
export async function getObjectOr404<M, const L extends object>(
  model: ModelWithObjects<M>,
  lookups: LookupsFor<M, object, L>,
  ...conditions: readonly Condition[]
): Promise<M>;
export async function getObjectOr404<M, const L extends object>(
  manager: RelatedManager<M>,
  lookups: LookupsFor<M, object, L>,
  ...conditions: readonly Condition[]
): Promise<M>;
export async function getObjectOr404<M, Row, A extends Annotations, const L extends object>(
  queryset: TypedQuerySet<M, Row, A>,
  lookups: LookupsFor<M, A, L>,
  ...conditions: readonly Condition[]
): Promise<Row>;
export async function getObjectOr404<M, const L extends object>(
  manager: TypedManager<M>,
  lookups: LookupsFor<M, object, L>,
  ...conditions: readonly Condition[]
): Promise<M>;
export async function getObjectOr404(source: object, ...conditions: readonly unknown[]): Promise<unknown> {
  const queryset = querysetOf(source, "getObjectOr404");
  try {
    return await queryset.get(...conditions);
  } catch (error) {
    if (!(error instanceof ObjectDoesNotExist)) throw error;
    throw new Http404(`No ${queryset.model.name} matches the given query.`, { cause: error });
  }
}

/**
 * The objects for which the conditions hold, at least one. Answers to Django's `get_list_or_404`.
 *
 * @throws Http404 where there is none.
 */
export async function getListOr404<M, const L extends object>(
  model: ModelWithObjects<M>,
  lookups: LookupsFor<M, object, L>,
  ...conditions: readonly Condition[]
): Promise<M[]>;
export async function getListOr404<M, const L extends object>(
  manager: RelatedManager<M>,
  lookups: LookupsFor<M, object, L>,
  ...conditions: readonly Condition[]
): Promise<M[]>;
export async function getListOr404<M, Row, A extends Annotations, const L extends object>(
  queryset: TypedQuerySet<M, Row, A>,
  lookups: LookupsFor<M, A, L>,
  ...conditions: readonly Condition[]
): Promise<Row[]>;
export async function getListOr404<M, const L extends object>(
  manager: TypedManager<M>,
  lookups: LookupsFor<M, object, L>,
  ...conditions: readonly Condition[]
): Promise<M[]>;
export async function getListOr404(source: object, ...conditions: readonly unknown[]): Promise<unknown[]> {
  const queryset = querysetOf(source, "getListOr404");
  const rows = await queryset.filter(...conditions);
  if (rows.length === 0) throw new Http404(`No ${queryset.model.name} matches the given query.`);
  return rows;
}

function querysetOf(source: object, caller: string): Queryset {
  const queryset = "objects" in source ? source.objects : source;
  if (isQueryset(queryset)) return queryset;
  throw new TypeError(`${caller}() takes a model, a manager or a queryset, not ${inspect(source, { depth: 0 })}.`);
}

function isQueryset(value: unknown): value is Queryset {
  return typeof value === "object" && value !== null && "filter" in value && "get" in value && "model" in value;
}
