import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { Collector } from "../deletion.ts";
import type { ModelBase } from "../model.ts";
import type { QuerySet } from "../queryset.ts";
import { readRows } from "../read-rows.ts";

/** Deletes the rows of a queryset and what hangs on them. */
export async function deleteQuerySet(
  queryset: QuerySet,
  connection: BaseWrapper,
): Promise<[number, Record<string, number>]> {
  const model = queryset.model;
  const query = queryset.query.clone();
  query.lock = undefined;
  query.selectRelated = false;
  query.clearOrdering(true);
  query.deferred = { names: new Set(), defer: true };
  const collector = new Collector(connection, queryset, readRows(connection));
  if (collector.canFastDelete(model)) {
    collector.addFastDelete(model, query);
    return collector.delete();
  }
  const objects: ModelBase[] = await readRows(connection)(model, query, undefined);
  await collector.collect(model, objects);
  return collector.delete();
}
