// SELECT for a recipe: compiled once for each shape and connection, then only given other parameters.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Awaitable, StatementResult } from "../../backends/base/wrapper.ts";
import { Count } from "../../expressions/aggregate.ts";
import { timeZoneReads } from "../../fields/current-time-zone.ts";
import { aggregateQuery } from "../aggregation.ts";
import { type CompiledSelect, compileSelect } from "../execute.ts";
import { KeptParameters } from "./kept-parameters.ts";
import type { Recipe } from "./recipe.ts";

/** A compiled statement, and what depends on it alone. */
export class Select {
  readonly compiled: CompiledSelect;
  readonly #parameters: KeptParameters | undefined;
  #derivedFrom: unknown = undefined;
  #derived: unknown = undefined;

  constructor(compiled: CompiledSelect, parameters?: KeptParameters) {
    this.compiled = compiled;
    this.#parameters = parameters;
  }

  /** The parameters for other values. Undefined where one of them needs other SQL. */
  bind(values: readonly unknown[]): readonly unknown[] | undefined {
    return this.#parameters?.bind(values);
  }

  /** What is made of the statement once, as long as the key stays the same. */
  derive<T>(key: unknown, make: (compiled: CompiledSelect) => T): T {
    if (this.#derived === undefined || this.#derivedFrom !== key) {
      this.#derivedFrom = key;
      this.#derived = make(this.compiled);
    }
    return this.#derived as T;
  }
}

/** A statement with its parameters. */
export interface ReadySelect {
  readonly select: Select;
  readonly params: readonly unknown[];
}

/** The statement of a recipe. Undefined where no row can be found, so that nothing need be sent. */
export function readySelect(recipe: Recipe, connection: BaseWrapper): ReadySelect | undefined {
  const { shape } = recipe;
  const kept = shape?.statements.get(connection) as Select | undefined;
  const params = kept?.bind(recipe.values);
  if (kept !== undefined && params !== undefined) return { select: kept, params };
  const reads = timeZoneReads();
  const compiled = compileSelect(recipe.query, connection);
  if (compiled === undefined) return undefined;
  const { compiledParams } = compiled;
  const parameters =
    shape === undefined || kept !== undefined || timeZoneReads() !== reads
      ? undefined
      : KeptParameters.of(compiledParams, compiled.params, recipe.values.length, connection);
  if (parameters === undefined) return { select: new Select(compiled), params: compiled.params };
  const select = new Select({ ...compiled, options: { ...compiled.options, recurs: true } }, parameters);
  shape?.statements.set(connection, select);
  return { select, params: compiled.params };
}

/** Sends a statement. */
export function sendSelect({ select, params }: ReadySelect, connection: BaseWrapper): Awaitable<StatementResult> {
  const { sql, options } = select.compiled;
  return connection.execute(sql, params, options);
}

const COUNT = [Symbol("count")];
const EXISTS = [Symbol("exists")];

/** The recipe of how many rows another one has. */
export function countOf(recipe: Recipe): Recipe {
  return recipe.with(COUNT, [], (query) => aggregateQuery(query, new Map([["__count", new Count("*")]])));
}

/** The recipe of whether another one has a row. */
export function existenceOf(recipe: Recipe): Recipe {
  return recipe.with(EXISTS, [], (query) => query.forExists());
}
