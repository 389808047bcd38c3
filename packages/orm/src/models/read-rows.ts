// Instances of a query, without a queryset around it.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { compileSelect } from "../query/execute.ts";
import type { Query } from "../query/query.ts";
import type { ReadRows } from "./deletion.ts";
import { rowsReader } from "./iterables.ts";
import type { ModelBase, ModelClass } from "./model.ts";

/** What reads the rows of a query on one database as instances. */
export function readRows(connection: BaseWrapper): ReadRows {
  return async (_model: ModelClass, query: Query, only: readonly string[] | undefined): Promise<ModelBase[]> => {
    const chosen = query.clone();
    chosen.clearOrdering(true);
    if (only !== undefined) chosen.deferred = { names: new Set(only), defer: false };
    const compiled = compileSelect(chosen, connection);
    if (compiled === undefined) return [];
    const { rows } = await connection.execute(compiled.sql, compiled.params, compiled.options);
    return rowsReader(compiled, "model", connection.alias)(rows) as ModelBase[];
  };
}
