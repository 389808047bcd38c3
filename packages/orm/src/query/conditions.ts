// From the keys of `filter` and `exclude` to nodes of WHERE, with the joins they need.

import { FieldError } from "@tsgo/core/exceptions";

import { columnOf } from "../expressions/col-pairs.ts";
import { Expression } from "../expressions/expression.ts";
import { Exists } from "../expressions/subquery.ts";
import { Q, type QChild } from "../expressions/q.ts";
import { Col, F, OuterRef, Ref, ResolvedOuterRef } from "../expressions/references.ts";
import { describeValue } from "../fields/field.ts";
import { checkRelatedValue } from "../lookups/related-value.ts";
import { buildLookup } from "../lookups/registry.ts";
import { type Lookup, isLookup } from "../lookups/lookup.ts";
import { IsNull } from "../lookups/is-null.ts";
import { Exact } from "../lookups/comparison.ts";
import { JoinPromoter } from "./join-promoter.ts";
import { Slot } from "./shapes/slots.ts";
import { LOOKUP_SEP, MultiJoin, type NamesWithPath, namesToPath, setupJoins, trimJoins } from "./paths.ts";
import type { Query } from "./query.ts";
import { BaseTable, INNER, Join, LOUTER } from "./tables.ts";
import { WhereNode } from "./where.ts";

/** In what situation a condition is built. */
export interface ConditionContext {
  readonly branchNegated: boolean;
  readonly currentNegated: boolean;
  readonly canReuse: Set<string> | undefined;
  readonly allowJoins: boolean;
  readonly splitSubquery: boolean;
  readonly checkFilterable: boolean;
  readonly summarize: boolean;
  readonly updateJoinTypes: boolean;
}

type Built = readonly [condition: WhereNode, neededInner: Iterable<string>];

/** The situation of `filter`. */
export const FILTERING: ConditionContext = {
  branchNegated: false,
  currentNegated: false,
  canReuse: undefined,
  allowJoins: true,
  splitSubquery: true,
  checkFilterable: true,
  summarize: false,
  updateJoinTypes: true,
};

/** Adds a condition to the query's WHERE. Answers to `add_q`. */
export function addCondition(query: Query, condition: Q, reuseAll = false): void {
  const inner = [...query.aliases.tables].filter(([, table]) => table.joinType === INNER).map(([alias]) => alias);
  const canReuse = reuseAll ? new Set(query.aliases.tables.keys()) : query.usedAliases;
  const [clause] = buildQ(query, condition, { ...FILTERING, canReuse });
  query.where = query.where.with(clause, "AND");
  query.aliases.demote(inner);
}

/** Builds the tree of one Q. */
export function buildQ(query: Query, q: Q, context: ConditionContext): Built {
  const currentNegated = context.currentNegated !== q.negated;
  const inner: ConditionContext = { ...context, currentNegated, branchNegated: context.branchNegated || q.negated };
  const promoter = new JoinPromoter(q.connector, q.children.length, currentNegated);
  let clause = new WhereNode([], q.connector);
  for (const child of q.children) {
    const [condition, neededInner] = buildCondition(query, child, inner);
    promoter.addVotes(neededInner);
    clause = clause.with(condition, q.connector);
  }
  const needed = context.updateJoinTypes ? promoter.updateJoinTypes(query.aliases) : new Set<string>();
  return [q.negated && !clause.isEmpty ? new WhereNode(clause.children, clause.connector, true) : clause, needed];
}

/** Builds the node of one child: a nested Q, an expression, or a key with a value. Answers to `build_filter`. */
export function buildCondition(query: Query, child: QChild, context: ConditionContext): Built {
  if (child instanceof Q) return buildQ(query, child, context);
  if (child instanceof Expression) return [new WhereNode([expressionCondition(query, child, context)]), []];
  const [key, given] = child;
  // A variable that was never set must not choose rows.
  if (given === undefined)
    throw new FieldError(`'${key}': undefined is no value to compare with. Leave the key out, or give null.`);
  return buildKeyed(query, key, given, context);
}

function expressionCondition(query: Query, expression: Expression, context: ConditionContext): Expression {
  if (!isCondition(expression))
    throw new FieldError(`${expression.describe()} is no condition, so it cannot be filtered by.`);
  const resolved = expression.resolve(query, {
    allowJoins: context.allowJoins,
    reuse: context.canReuse,
    summarize: context.summarize,
  });
  if (context.checkFilterable) checkFilterable(resolved);
  return isLookup(resolved) || resolved instanceof WhereNode || resolved instanceof Exists
    ? resolved
    : buildLookup(["exact"], resolved, true);
}

function buildKeyed(query: Query, key: string, given: unknown, context: ConditionContext): Built {
  if (key === "") throw new FieldError("A condition needs the name of a field.");
  const slot = given instanceof Slot ? given : undefined;
  const { lookups, parts, reference } = solveLookup(query, key, context.summarize);
  if (reference !== undefined && context.checkFilterable) checkFilterable(reference);
  if (!context.allowJoins && parts.length > 1)
    throw new FieldError(`'${key}' follows a relation, which is not possible here.`);
  const before = query.aliases.snapshot();
  const value = slot === undefined ? resolveValue(query, key, given, context) : slot.value;
  const used = new Set(
    [...query.aliases.tables.keys()].filter((alias) => query.aliases.count(alias) > (before.get(alias) ?? 0)),
  );
  if (value instanceof Expression && context.checkFilterable) checkFilterable(value);
  if (reference !== undefined) return [new WhereNode([named(key, () => buildLookup(lookups, reference, value))]), []];
  const allowMany = !context.branchNegated || !context.splitSubquery;
  try {
    return buildJoined(query, key, lookups, parts, value, slot, used, allowMany, context);
  } catch (error) {
    if (!(error instanceof MultiJoin)) throw error;
    return splitExclude(query, key, given, context, error.namesWithPath);
  }
}

function buildJoined(
  query: Query,
  key: string,
  lookups: readonly string[],
  parts: readonly string[],
  value: unknown,
  slot: Slot | undefined,
  used: Set<string>,
  allowMany: boolean,
  context: ConditionContext,
): Built {
  const start = query.initialAlias();
  const info = setupJoins(query, parts, query.meta, start, context.canReuse, allowMany);
  const isRelation = "getPathInfo" in info.finalField;
  const check = (unchecked: unknown): unknown =>
    isRelation ? checkRelatedValue(info.finalField, unchecked, info.options, key) : unchecked;
  const checked = check(value);
  query.lookupJoins = info.joins;
  for (const alias of info.joins) used.add(alias);
  const { targets, alias, joins } = trimJoins(query, info.targets, info.joins, info.path);
  if (context.canReuse !== undefined) for (const join of joins) context.canReuse.add(join);
  const [target] = targets;
  if (target === undefined) throw new FieldError(`'${key}' leads to no column.`);
  if (isRelation && lookups.length > 1)
    throw new FieldError(`'${key}': a relation has no lookup '${lookups[0] ?? ""}'.`);
  // A relation compares as the field that makes it, with the type of the column at the end.
  const column = isRelation ? query.relatedColumn(alias, target, info.finalField) : columnOf(alias, target);
  const condition = named(key, () => buildLookup(lookups, column, checked));
  if (slot !== undefined) condition.takeFrom(slot, check);
  let clause = new WhereNode([condition]);
  const isNull = condition instanceof IsNull ? condition.rhs : undefined;
  let requireOuter = isNull === true && !context.currentNegated;
  if (context.currentNegated && isNull !== true && rhsOf(condition) !== null) {
    requireOuter = true;
    if (isNull === undefined) {
      if (query.isNullable(target) || query.aliases.get(joins.at(-1) ?? "").joinType === LOUTER)
        clause = clause.with(buildLookup(["isnull"], columnOf(alias, target), false), "AND");
      if (checked instanceof Col && query.isNullable(checked.target))
        clause = clause.with(new IsNull(checked, false), "AND");
    }
  }
  return [clause, requireOuter ? [] : used];
}

// An unresolved name is none, even where it names a boolean.
function isCondition(expression: Expression): boolean {
  try {
    return expression.conditional;
  } catch {
    return false;
  }
}

function rhsOf(condition: Expression): unknown {
  return isLookup(condition) ? condition.rhs : undefined;
}

// A value that does not fit says which key it was given for.
function named(key: string, build: () => Lookup): Lookup {
  try {
    return build();
  } catch (error) {
    if (error instanceof FieldError && !error.message.includes(`'${key}'`))
      throw new FieldError(`'${key}': ${error.message}`, { cause: error });
    throw error;
  }
}

/** Divides a key into the path of fields and the lookups behind it; an annotation stands for itself. */
export function solveLookup(
  query: Query,
  key: string,
  summarize = false,
): {
  readonly lookups: readonly string[];
  readonly parts: readonly string[];
  readonly reference: Expression | undefined;
} {
  const names = key.split(LOOKUP_SEP);
  for (let length = 1; length <= names.length && query.annotations.size > 0; length += 1) {
    const alias = names.slice(0, length).join(LOOKUP_SEP);
    const annotation = query.annotations.get(alias);
    if (annotation === undefined) continue;
    return { lookups: names.slice(length), parts: [], reference: summarize ? new Ref(alias, annotation) : annotation };
  }
  const { rest } = namesToPath(query, names, query.meta);
  const parts = names.slice(0, names.length - rest.length);
  if (rest.length > 1 && parts.length === 0)
    throw new FieldError(`Invalid lookup '${key}' for model ${query.meta.label}.`);
  return { lookups: rest, parts, reference: undefined };
}

function checkFilterable(expression: Expression): void {
  if (!expression.filterable) throw new FieldError(`${expression.describe()} may not stand in a filter.`);
  if (isLookup(expression)) return;
  for (const source of expression.getSourceExpressions()) if (source !== undefined) checkFilterable(source);
}

function resolveValue(query: Query, key: string, value: unknown, context: ConditionContext): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveValue(query, key, item, context));
  if (typeof value === "object" && value !== null) {
    const options = { allowJoins: context.allowJoins, reuse: context.canReuse, summarize: context.summarize };
    if (value instanceof Expression) return value.resolve(query, options);
    if (value instanceof Set) return [...value].map((item) => resolveValue(query, key, item, context));
    if ("asSubquery" in value && typeof value.asSubquery === "function")
      return (value.asSubquery() as Expression).resolve(query, options);
    if (value instanceof Q) throw new FieldError(`'${key}': a condition is no value; got ${describeValue(value)}.`);
  }
  return value;
}

/**
 * Excluding by a relation with many rows means: none of them meets the condition. That takes a subquery, since a join would
 * keep the row for each of the others.
 */
function splitExclude(
  query: Query,
  key: string,
  given: unknown,
  context: ConditionContext,
  namesWithPath: NamesWithPath,
): Built {
  const inner = query.fresh();
  inner.filteredRelations = query.filteredRelations;
  const value =
    given instanceof OuterRef ? new OuterRefOfOuter(given) : given instanceof F ? new OuterRef(given.name) : given;
  addCondition(inner, Q.create([[key, value]]));
  inner.clearOrdering(true);
  const { prefix, containsOuter } = trimStart(inner, namesWithPath);
  const [column] = inner.select;
  if (!(column instanceof Col)) throw new FieldError(`'${key}' cannot be excluded by.`);
  if (context.canReuse?.has(column.alias) === true) {
    const outerAlias = column.alias;
    inner.bumpPrefix(query);
    const [moved] = inner.select;
    const pk = column.target.model._meta.pk;
    const own = buildLookup(["exact"], columnOf((moved as Col).alias, pk), columnOf(outerAlias, pk));
    inner.where = inner.where.with(own, "AND");
    inner.externalAliases.set(outerAlias, true);
  } else {
    inner.where = inner.where.with(new Exact(column, new ResolvedOuterRef(prefix)), "AND");
  }
  const [condition, needed] = buildCondition(query, new Exists(inner), { ...FILTERING, canReuse: context.canReuse });
  if (!containsOuter) return [condition, needed];
  const [orNull] = buildCondition(query, [`${prefix}__isnull`, true], {
    ...FILTERING,
    currentNegated: true,
    branchNegated: true,
    canReuse: context.canReuse,
  });
  return [condition.with(orNull, "OR"), needed];
}

/** An OuterRef that goes one query further out. */
class OuterRefOfOuter extends F {
  readonly #ref: OuterRef;

  constructor(ref: OuterRef) {
    super(ref.name);
    this.#ref = ref;
  }

  override resolve(): Expression {
    return this.#ref;
  }
}

// Leaves out the first joins of a subquery for exclude, so that it begins at the relation with many rows.
function trimStart(
  query: Query,
  namesWithPath: NamesWithPath,
): { readonly prefix: string; readonly containsOuter: boolean } {
  const { aliases } = query;
  const steps = namesWithPath.flatMap(([, path]) => path);
  const tables = [...aliases.tables.keys()].filter(
    (alias) => query.lookupJoins.includes(alias) || alias === aliases.base,
  );
  let containsOuter = false;
  let trimmed = 0;
  for (const [index, step] of steps.entries()) {
    trimmed = index;
    if (step.manyValued) break;
    if (aliases.get(tables[index + 1] ?? "").joinType === LOUTER) containsOuter = true;
    aliases.unref(tables[index] ?? "");
  }
  const many = steps[trimmed];
  if (many === undefined) throw new FieldError("A subquery for exclude needs a relation with many rows.");
  const joinField = "field" in many.joinField ? many.joinField.field : many.joinField;
  const prefix: string[] = [];
  let left = trimmed;
  for (const [name, path] of namesWithPath) {
    if (left - path.length < 0) break;
    prefix.push(name);
    left -= path.length;
  }
  const pairs = joinField.getJoiningFields(false);
  const [near, far] = pairs[0] ?? [];
  if (near === undefined || far === undefined)
    throw new FieldError("A relation without columns cannot be excluded by.");
  prefix.push(far.name);
  const firstAlias = tables[trimmed + 1] ?? "";
  const first = aliases.get(firstAlias);
  let select: Col;
  if (first.joinType !== LOUTER && first.filteredRelation === undefined) {
    select = new Col(firstAlias, near);
    aliases.unref(tables[trimmed] ?? "");
  } else select = new Col(tables[trimmed] ?? "", far);
  // FROM begins with a table, not with a join.
  for (const [alias, table] of aliases.tables) {
    if (aliases.count(alias) <= 0) continue;
    if (table instanceof Join) aliases.replace(alias, new BaseTable(table.tableName, alias));
    break;
  }
  query.setSelect([select]);
  return { prefix: prefix.join(LOOKUP_SEP), containsOuter };
}
