import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { markForRollbackOnError } from "../../db/transaction.ts";
import { deleteRecipe, forDeletion } from "../../query/shapes/writes.ts";
import { Collector } from "../deletion.ts";
import { goesAlone } from "../goes-alone.ts";
import type { QuerySet } from "../queryset.ts";
import { readRows } from "../read-rows.ts";
import { RECIPE } from "./chain.ts";

/** Deletes the rows of a queryset and what hangs on them. */
export async function deleteQuerySet(
  queryset: QuerySet,
  connection: BaseWrapper,
): Promise<[number, Record<string, number>]> {
  const { model } = queryset;
  if (goesAlone(model)) {
    const count = await markForRollbackOnError(connection.alias, () => deleteRecipe(queryset[RECIPE], connection));
    return [count, count === 0 ? {} : { [model._meta.label]: count }];
  }
  const collector = new Collector(connection, queryset, readRows(connection));
  await collector.collect(model, await readRows(connection)(model, forDeletion(queryset.query.clone()), undefined));
  return collector.delete();
}
