// GROUP BY.

import type { Expression } from "../../expressions/expression.ts";
import { Ref } from "../../expressions/references.ts";
import { EMPTY, FULL, type Sql } from "../sql.ts";
import type { OrderedTerm, SelectCompiler, SelectedColumn } from "./select.ts";

/** The terms of GROUP BY: what the query groups by, and everything else that is read outside of aggregates. */
export function groupByTerms(
  compiler: SelectCompiler,
  extra: readonly SelectedColumn[],
  order: readonly OrderedTerm[],
): Sql[] {
  const { query } = compiler;
  if (query.groupBy === undefined) return [];
  const expressions: Expression[] = [];
  const references = new Set<string>();
  if (query.groupBy !== true) {
    for (const term of query.groupBy) {
      if (!(term instanceof Ref)) expressions.push(term);
      else if (!references.has(term.refs)) {
        references.add(term.refs);
        expressions.push(term.source);
      }
    }
  }
  for (const { expression, alias } of [...compiler.selected, ...extra]) {
    if (alias !== undefined && references.has(alias)) continue;
    expressions.push(...expression.getGroupByCols());
  }
  if (compiler.metaOrdering === undefined)
    for (const { term, isReference } of order) if (!isReference) expressions.push(...term.getGroupByCols());
  if (compiler.having !== undefined) expressions.push(...compiler.having.getGroupByCols());
  const positions = selectedPositions(compiler);
  const seen = new Set<string>();
  const terms: Sql[] = [];
  for (const expression of expressions) {
    const sql = termSql(compiler, expression, positions);
    if (sql === undefined) continue;
    const key = `${sql.sql}|${sql.params.map(String).join("|")}`;
    if (seen.has(key)) continue;
    seen.add(key);
    terms.push(sql);
  }
  return terms;
}

function selectedPositions(compiler: SelectCompiler): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const [index, { expression, alias }] of compiler.selected.entries())
    if (alias !== undefined) positions.set(expression.key, index + 1);
  return positions;
}

function termSql(
  compiler: SelectCompiler,
  expression: Expression,
  positions: ReadonlyMap<string, number>,
): Sql | undefined {
  const position = positions.get(expression.key);
  // The number of a column spares the database the proof that two expressions with parameters are the same.
  if (position !== undefined) return { sql: String(position), params: [] };
  try {
    return expression.selectFormat(compiler, compiler.compile(expression));
  } catch (error) {
    if (error === EMPTY || error === FULL) return undefined;
    throw error;
  }
}
