// ORDER BY and DISTINCT ON.

import { FieldError } from "@tsgo/core/exceptions";

import { DatabaseError } from "../../exceptions.ts";
import { ColPairs } from "../../expressions/col-pairs.ts";
import { Expression, OrderBy, Value } from "../../expressions/expression.ts";
import { Col, F, Ref } from "../../expressions/references.ts";
import { Cast } from "../../functions/cast.ts";
import { Random } from "../../functions/random.ts";
import { tryTransform } from "../../lookups/registry.ts";
import type { Options } from "../../models/options.ts";
import { LOOKUP_SEP, setupJoins, trimJoins } from "../paths.ts";
import type { Sql } from "../sql.ts";
import { PositionRef } from "./position-ref.ts";
import type { OrderedTerm, SelectCompiler } from "./select.ts";

type Pair = readonly [term: OrderBy, isReference: boolean];

/** The terms of ORDER BY, each once. */
export function orderByTerms(compiler: SelectCompiler): OrderedTerm[] {
  const { query } = compiler;
  const seen = new Set<string>();
  const terms: OrderedTerm[] = [];
  for (const [term, isReference] of orderPairs(compiler)) {
    for (const column of columnTerms(term.resolve(query, { allowJoins: true }) as OrderBy)) {
      const resolved =
        !isReference && query.combinator !== undefined && compiler.selected.length > 0
          ? combinedTerm(compiler, term, column)
          : column;
      const sql = compiler.compile(resolved);
      // The same column in the other direction changes nothing any more.
      const key = `${sql.sql.replace(/ (?:ASC|DESC)(?: NULLS (?:FIRST|LAST))?$/, "")}|${sql.params.map(String).join("|")}`;
      if (seen.has(key)) continue;
      seen.add(key);
      terms.push({ term: resolved, sql, isReference });
    }
  }
  return terms;
}

// A composite key is ordered by column after column.
function columnTerms(term: OrderBy): readonly OrderBy[] {
  const { expression } = term;
  return expression instanceof ColPairs
    ? expression.columns.map((column) => term.withSourceExpressions([column]))
    : [term];
}

function* orderPairs(compiler: SelectCompiler): Generator<Pair> {
  const { query } = compiler;
  const ordering = chosenOrdering(compiler);
  const selected = new Map<string, PositionRef>();
  if (ordering.length > 0) {
    for (const [index, { expression, alias }] of compiler.selected.entries()) {
      const reference = new PositionRef(index + 1, alias, expression);
      if (alias !== undefined) selected.set(alias, reference);
      selected.set(expression.key, reference);
    }
  }
  for (const term of ordering) {
    if (term instanceof Expression) yield expressionPair(compiler, term, selected);
    else if (term === "?") yield [new OrderBy(new Random()), false];
    else yield* namePairs(compiler, String(term), selected, query.standardOrdering);
  }
}

function chosenOrdering(compiler: SelectCompiler): readonly unknown[] {
  const { query } = compiler;
  if (!query.defaultOrdering || query.orderBy.length > 0) return query.orderBy;
  const { ordering } = query.meta;
  if (ordering.length > 0) compiler.metaOrdering = ordering;
  return ordering;
}

function expressionPair(compiler: SelectCompiler, given: Expression, selected: ReadonlyMap<string, PositionRef>): Pair {
  const { query } = compiler;
  let expression = given instanceof Value ? new Cast(given, given.outputField) : given;
  if (!(expression instanceof OrderBy)) expression = expression.asc();
  let term = expression as OrderBy;
  if (!query.standardOrdering) term = term.reversed();
  const inner = term.expression;
  const reference = inner instanceof F && !("start" in inner) ? selected.get(inner.name) : selected.get(inner.key);
  if (reference === undefined) return [term, false];
  const positional = (!term.nullsFirst && !term.nullsLast) || compiler.connection.features.supportsOrderByNullsModifier;
  if (positional) return [term.withSourceExpressions([reference]), true];
  return [
    query.combinator === undefined
      ? term
      : term.withSourceExpressions([new Ref(reference.refs ?? "", reference.source)]),
    true,
  ];
}

function* namePairs(
  compiler: SelectCompiler,
  term: string,
  selected: ReadonlyMap<string, PositionRef>,
  standard: boolean,
): Generator<Pair> {
  const { query } = compiler;
  const { name, descending } = direction(term, standard ? "ASC" : "DESC");
  const reference = selected.get(name);
  if (reference !== undefined) {
    yield [new OrderBy(reference, { descending }), true];
    return;
  }
  const [first = "", ...rest] = name.split(LOOKUP_SEP);
  const whole = query.annotations.get(name);
  const transforms = whole === undefined ? rest : [];
  let expression = whole ?? query.annotations.get(first);
  if (expression !== undefined) {
    if (query.combinator !== undefined && compiler.selected.length > 0)
      expression = new F(whole === undefined ? first : name);
    for (const transform of transforms) expression = tryTransform(expression, transform);
    if (expression instanceof Value) expression = new Cast(expression, expression.outputField);
    yield [new OrderBy(expression, { descending }), false];
    return;
  }
  if (query.combinator !== undefined && compiler.selected.length > 0) {
    yield [new OrderBy(new F(name), { descending }), false];
    return;
  }
  for (const found of findOrdering(compiler, name, descending, query.meta, query.initialAlias(), new Set()))
    yield [found, false];
}

function direction(term: string, standard: "ASC" | "DESC"): { readonly name: string; readonly descending: boolean } {
  const minus = term.startsWith("-");
  return { name: term.replace(/^-/, ""), descending: minus !== (standard === "DESC") };
}

// A relation without more is ordered as its model is.
function findOrdering(
  compiler: SelectCompiler,
  name: string,
  descending: boolean,
  options: Options,
  alias: string,
  seen: ReadonlySet<string>,
): OrderBy[] {
  const { query } = compiler;
  const pieces = name.split(LOOKUP_SEP);
  const info = setupJoins(query, pieces, options, alias);
  const last = pieces.at(-1);
  const attname = "attname" in info.finalField ? info.finalField.attname : undefined;
  const isRelation = "getPathInfo" in info.finalField;
  if (isRelation && info.options.ordering.length > 0 && attname !== last && last !== "pk" && !info.hasTransforms) {
    const trail = info.joins.map((join) => joinKey(compiler, join)).join(">");
    if (seen.has(trail)) throw new FieldError(`Ordering by '${name}' goes round in a circle.`);
    const further = new Set([...seen, trail]);
    const end = info.joins.at(-1) ?? alias;
    return info.options.ordering.flatMap((term) =>
      relatedTerm(compiler, term, name, descending, info.options, end, further),
    );
  }
  const { targets, alias: column } = trimJoins(query, info.targets, info.joins, info.path);
  return targets.map((target) => new OrderBy(info.transform(target, column), { descending }));
}

function relatedTerm(
  compiler: SelectCompiler,
  term: unknown,
  prefix: string,
  descending: boolean,
  options: Options,
  alias: string,
  seen: ReadonlySet<string>,
): OrderBy[] {
  if (term instanceof Expression) {
    const ordered = term instanceof OrderBy ? term : descending ? term.desc() : term.asc();
    return [prefixed(ordered, prefix) as OrderBy];
  }
  const { name, descending: own } = direction(String(term), descending ? "DESC" : "ASC");
  return findOrdering(compiler, name, own, options, alias, seen);
}

// The names in the order of a related model, seen from here.
function prefixed(expression: Expression, prefix: string): Expression {
  if (expression instanceof F) return new F(`${prefix}${LOOKUP_SEP}${expression.name}`);
  return expression.withSourceExpressions(
    expression.getSourceExpressions().map((source) => (source === undefined ? undefined : prefixed(source, prefix))),
  );
}

function joinKey(compiler: SelectCompiler, alias: string): string {
  const table = compiler.query.aliases.get(alias);
  if (table.joinType === undefined) return "base";
  return "columns" in table
    ? table.columns.map(([near, far]) => `${near.toString()}=${far.toString()}`).join(",")
    : "base";
}

// A combined query is ordered by its columns only.
function combinedTerm(compiler: SelectCompiler, term: OrderBy, resolved: OrderBy): OrderBy {
  const { query } = compiler;
  const source = resolved.expression;
  for (const { expression, alias } of compiler.selected) {
    if (expression.key !== source.key) continue;
    const given = term.expression;
    if (
      query.hasSelectFields &&
      alias !== undefined &&
      query.annotationSelect.has(alias) &&
      !(given instanceof F && given.name === alias)
    )
      continue;
    return resolved.withSourceExpressions([
      new Ref(alias ?? (source instanceof Col ? (source.target.column ?? "") : ""), source),
    ]);
  }
  const name = `__orderbycol${query.select.length + 1}`;
  for (const part of query.combinedQueries) {
    if (part.hasSelectFields) throw new DatabaseError("A combined query can be ordered by its own columns only.");
    part.annotations = new Map(part.annotations).set(name, term.expression.resolve(part, { allowJoins: true }));
    if (part.annotationMask !== undefined) part.annotationMask = new Set([...part.annotationMask, name]);
  }
  return resolved.withSourceExpressions([new Ref(name, source)]);
}

/** The columns of DISTINCT ON. */
export function distinctColumns(compiler: SelectCompiler): Sql[] {
  const { query } = compiler;
  return query.distinctFields.flatMap((name) => {
    const info = setupJoins(query, name.split(LOOKUP_SEP), query.meta, query.initialAlias());
    const { targets, alias } = trimJoins(query, info.targets, info.joins, info.path);
    return targets.map((target) =>
      query.annotationSelect.has(name)
        ? { sql: compiler.quoteName(name), params: [] }
        : compiler.compile(info.transform(target, alias)),
    );
  });
}
