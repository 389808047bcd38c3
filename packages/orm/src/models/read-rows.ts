// Instances of a query, without a queryset around it.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { fetchRows } from "../query/execute.ts";
import type { Query } from "../query/query.ts";
import type { ReadRows } from "./deletion.ts";
import { rowReader } from "./iterables.ts";
import type { ModelBase, ModelClass } from "./model.ts";

/** What reads the rows of a query on one database as instances. */
export function readRows(connection: BaseWrapper): ReadRows {
  return async (_model: ModelClass, query: Query, only: readonly string[] | undefined): Promise<ModelBase[]> => {
    const chosen = query.clone();
    chosen.clearOrdering(true);
    if (only !== undefined) chosen.deferred = { names: new Set(only), defer: false };
    const { rows, compiled } = await fetchRows(chosen, connection);
    return compiled === undefined
      ? []
      : (rows.map(rowReader(compiled.compiler, "model", connection.alias, [])) as ModelBase[]);
  };
}
