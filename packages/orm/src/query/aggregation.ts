// `aggregate()`: one row of aggregates over a query, over its rows as they are, or over a subquery of them.

import { FieldError } from "@tsgo/core/exceptions";

import { assertAlias } from "../expressions/alias.ts";
import { columnOf } from "../expressions/col-pairs.ts";
import type { Expression } from "../expressions/expression.ts";
import { Col, Ref } from "../expressions/references.ts";
import { Subquery } from "../expressions/subquery.ts";
import { Query } from "./query.ts";

/** The query that computes the aggregates. `query` is the caller's to lose. */
export function aggregateQuery(query: Query, expressions: ReadonlyMap<string, Expression>): Query {
  const mask = query.annotationMask;
  const replacements = new Map<string, Expression>();
  const aggregates = new Map<string, Expression>();
  let refersToSubquery = false;
  let refersToWindow = false;
  for (const [alias, expression] of expressions) {
    if (alias !== "__count") assertAlias(alias);
    const resolved = expression.resolve(query, { allowJoins: true, summarize: true });
    if (!resolved.containsAggregate)
      throw new FieldError(`${expression.describe()} is no aggregate, so aggregate() cannot take it.`);
    for (const name of referencesOf(resolved)) {
      const annotation = query.annotations.get(name);
      if (annotation === undefined || aggregates.has(name)) continue;
      refersToSubquery ||= [...annotation.flatten()].some((part) => part instanceof Subquery);
      refersToWindow ||= annotation.containsOverClause;
    }
    const aggregate = resolved.replaceExpressions(replacements);
    if (query.annotationMask !== undefined) query.annotationMask = new Set([...query.annotationMask, alias]);
    query.annotations = new Map(query.annotations).set(alias, aggregate);
    aggregates.set(alias, aggregate);
    replacements.set(new Ref(alias, aggregate).key, aggregate);
  }
  query.annotations = new Map([...query.annotations].filter(([name]) => !aggregates.has(name)));
  query.annotationMask = mask;
  const [, having, qualify] = query.where.splitHaving();
  const existing =
    [...query.annotations.values()].some((annotation) => annotation.containsAggregate) || having !== undefined;
  const wrapped =
    Array.isArray(query.groupBy) ||
    query.isSliced ||
    existing ||
    refersToSubquery ||
    refersToWindow ||
    qualify !== undefined ||
    query.distinct ||
    query.combinator !== undefined;
  const outer = wrapped
    ? overSubquery(query, aggregates, existing, qualify !== undefined)
    : overRows(query, aggregates);
  outer.clearOrdering(true);
  outer.clearLimits();
  outer.lock = undefined;
  outer.selectRelated = false;
  return outer;
}

// The rows are as they come: aggregates take the place of the columns.
function overRows(query: Query, aggregates: ReadonlyMap<string, Expression>): Query {
  query.select = [];
  query.selected = undefined;
  query.defaultCols = false;
  if (query.annotations.size > 0) {
    const inline = new Map(
      [...query.annotations].map(([name, annotation]) => [new Ref(name, annotation).key, annotation]),
    );
    query.annotations = new Map(
      [...aggregates].map(([name, aggregate]) => [name, aggregate.replaceExpressions(inline)]),
    );
  } else query.annotations = aggregates;
  query.setAnnotationMask(aggregates.keys());
  return query;
}

// The rows are grouped, cut or joined already: they become a table that the aggregates are computed over.
function overSubquery(
  query: Query,
  aggregates: ReadonlyMap<string, Expression>,
  existing: boolean,
  qualified: boolean,
): Query {
  const inner = query.clone();
  inner.subquery = true;
  inner.lock = undefined;
  inner.selectRelated = false;
  inner.setAnnotationMask(query.annotationSelect.keys());
  inner.clearOrdering(false);
  if (!inner.distinct) {
    if (inner.defaultCols && existing) inner.groupBy = [columnOf(inner.initialAlias(), query.meta.pk)];
    inner.defaultCols = false;
    if (!qualified && query.combinator === undefined) inner.setAnnotationMask(neededAnnotations(query, aggregates));
  }
  const outer = new Query(query.model);
  outer.innerQuery = inner;
  outer.defaultCols = false;
  const columns = new Map<string, Ref>();
  const annotations = new Map<string, Expression>();
  for (const [alias, aggregate] of aggregates) {
    const replacements = new Map<string, Expression>();
    for (const column of columnsIn(aggregate)) {
      let reference = columns.get(column.key);
      if (reference === undefined && query.combinator !== undefined) {
        reference = new Ref(combinedColumn(query, column), column);
        columns.set(column.key, reference);
      }
      if (reference === undefined) {
        const name = `__col${columns.size + 1}`;
        reference = new Ref(name, column);
        columns.set(column.key, reference);
        inner.annotations = new Map(inner.annotations).set(name, column);
        if (inner.annotationMask !== undefined) inner.annotationMask = new Set([...inner.annotationMask, name]);
        if (inner.selected !== undefined) inner.selected = new Map(inner.selected).set(name, name);
      }
      replacements.set(column.key, reference);
    }
    annotations.set(alias, aggregate.replaceExpressions(replacements));
  }
  outer.annotations = annotations;
  if (inner.select.length === 0 && !inner.defaultCols && inner.annotationSelect.size === 0)
    inner.select = [columnOf(inner.initialAlias(), query.meta.pk)];
  return outer;
}

// The parts of a combined query have their columns already, in the order of the model's or as values() named them.
function combinedColumn(query: Query, column: Col): string {
  const [first] = query.combinedQueries;
  const named =
    first?.selected === undefined
      ? undefined
      : [...first.selected].find(
          ([, index]) => typeof index === "number" && first.select[index]?.key === column.key,
        )?.[0];
  const index = query.meta.concreteFields.findIndex(
    (field) => field.column === column.target.column && field.model === column.target.model,
  );
  return named ?? `col${index + 1}`;
}

function neededAnnotations(query: Query, aggregates: ReadonlyMap<string, Expression>): Set<string> {
  const needed = new Set<string>();
  if (Array.isArray(query.groupBy))
    for (const term of query.groupBy as readonly Expression[]) for (const name of referencesOf(term)) needed.add(name);
  for (const aggregate of aggregates.values()) for (const name of referencesOf(aggregate)) needed.add(name);
  for (const [name, annotation] of query.annotationSelect) if (annotation.getGroupByCols().length > 0) needed.add(name);
  return needed;
}

function* referencesOf(expression: Expression): Generator<string> {
  for (const part of expression.flatten()) if (part instanceof Ref) yield part.refs;
}

// Columns that an aggregate reads itself, not through the name of an annotation.
function* columnsIn(expression: Expression): Generator<Col> {
  if (expression instanceof Col) yield expression;
  else if (expression instanceof Subquery) yield* expression.externalColumns();
  else if (!(expression instanceof Ref))
    for (const source of expression.getSourceExpressions()) if (source !== undefined) yield* columnsIn(source);
}
