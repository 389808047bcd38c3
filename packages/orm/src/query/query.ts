// The tree of a query: what is selected from which tables under which conditions. Answers to Django's `sql.Query`.
// A queryset never changes its tree: each method works on a clone of it.

import { FieldError } from "@tsgo/core/exceptions";

import { NotSupportedError } from "../exceptions.ts";
import { assertAlias } from "../expressions/alias.ts";
import { Expression, type Relabeling, Value } from "../expressions/expression.ts";
import type { FilteredRelation } from "../expressions/filtered-relation.ts";
import type { Q } from "../expressions/q.ts";
import { Col, Ref, ResolvedOuterRef } from "../expressions/references.ts";
import type { ResolveOptions } from "../expressions/resolve-options.ts";
import { Subquery } from "../expressions/subquery.ts";
import { type Field, describeValue } from "../fields/field.ts";
import { tryTransform } from "../lookups/registry.ts";
import type { ModelClass } from "../models/model.ts";
import type { AnyField, Options } from "../models/options.ts";
import { Aliases, prefixesAfter } from "./aliases.ts";
import { FILTERING, addCondition, buildCondition, buildQ, solveLookup } from "./conditions.ts";
import { LOOKUP_SEP, MultiJoin, namesToPath, setupJoins, trimJoins } from "./paths.ts";
import { sliceOf } from "./slice-expression.ts";
import type { Join } from "./tables.ts";
import { NothingNode, WhereNode } from "./where.ts";

/** How querysets are put together. */
export type Combinator = "union" | "intersection" | "difference";

/** A tree of names for selectRelated: `{ book: { publisher: {} } }`. */
export interface RelatedTree {
  readonly [name: string]: RelatedTree;
}

/** How rows are locked. */
export interface LockOptions {
  readonly nowait: boolean;
  readonly skipLocked: boolean;
  readonly of: readonly string[];
  readonly noKey: boolean;
}

/** What a term of ORDER BY is given as. */
export type OrderTerm = string | Expression;

let identities = 0;

export class Query {
  readonly model: ModelClass;
  /** Tells trees apart in structural keys. */
  readonly identity: number = ++identities;

  aliases: Aliases;
  where: WhereNode = new WhereNode();
  select: readonly Expression[] = [];
  /** The names of fields that `values` chose. */
  valuesSelect: readonly string[] = [];
  /** What `values` chose, in order: an index into `select`, or the name of an annotation. */
  selected: ReadonlyMap<string, number | string> | undefined = undefined;
  hasSelectFields = false;
  defaultCols = true;
  annotations: ReadonlyMap<string, Expression> = new Map();
  annotationMask: ReadonlySet<string> | undefined = undefined;
  filteredRelations: ReadonlyMap<string, FilteredRelation> = new Map();
  /** Nothing, "by the model's columns" (true), or the expressions. */
  groupBy: undefined | true | readonly Expression[] = undefined;
  orderBy: readonly OrderTerm[] = [];
  defaultOrdering = true;
  standardOrdering = true;
  lowMark = 0;
  highMark: number | null = null;
  distinct = false;
  distinctFields: readonly string[] = [];
  lock: LockOptions | undefined = undefined;
  selectRelated: boolean | RelatedTree = false;
  combinator: Combinator | undefined = undefined;
  combinatorAll = false;
  combinedQueries: readonly Query[] = [];
  /** Names left for later (`defer`), or the only ones to load. */
  deferred: { readonly names: ReadonlySet<string>; readonly defer: boolean } = { names: new Set(), defer: true };
  subquery = false;
  /** Aliases of the query around; true where they may differ from row to row of this one's groups. */
  externalAliases: Map<string, boolean> = new Map();
  /** The next filter uses the joins of this one: inside one `filter` call and for related managers. */
  filterIsSticky = false;
  usedAliases: Set<string> = new Set();
  lookupJoins: readonly string[] = [];
  explain: { readonly format: string | undefined; readonly options: Readonly<Record<string, unknown>> } | undefined =
    undefined;
  /** Stands in FROM in place of a table: the inner query of an aggregation. */
  innerQuery: Query | undefined = undefined;

  constructor(model: ModelClass) {
    this.model = model;
    this.aliases = new Aliases();
  }

  get meta(): Options {
    return this.model._meta;
  }

  /** A copy to change. */
  clone(): Query {
    const copy = new Query(this.model);
    const { identity } = copy;
    Object.assign(copy, this, { identity });
    copy.aliases = this.aliases.clone();
    copy.externalAliases = new Map(this.externalAliases);
    copy.combinedQueries = this.combinedQueries.map((query) => query.clone());
    return copy;
  }

  /** A copy for the next method of a queryset. */
  chain(): Query {
    const copy = this.clone();
    if (!copy.filterIsSticky) copy.usedAliases = new Set();
    copy.filterIsSticky = false;
    return copy;
  }

  /** An empty query over the same model. */
  fresh(): Query {
    return new Query(this.model);
  }

  // ---- tables

  /** The alias of the model's own table. */
  initialAlias(): string {
    const { base } = this.aliases;
    if (base === undefined) return this.aliases.addBase(this.meta.dbTable);
    this.aliases.ref(base);
    return base;
  }

  /** Adds a join and resolves the condition that a filtered relation brings. Gives its alias. */
  join(join: Join, reuse?: ReadonlySet<string>): string {
    const { alias, added } = this.aliases.join(join, reuse);
    if (!added || join.filteredRelation === undefined) return alias;
    const size = this.aliases.tables.size;
    const resolved = join.filteredRelation.resolve(this, {
      reuse: reuse === undefined ? undefined : new Set([...reuse, alias]),
    });
    const table = this.aliases.get(alias) as Join;
    this.aliases.replace(alias, table.with({ filteredRelation: resolved }));
    // Joins that the condition needs come first.
    if (this.aliases.tables.size > size) this.aliases.moveToEnd(alias);
    return alias;
  }

  isNullable(field: AnyField): boolean {
    return field.null;
  }

  /** The column that stands for a relation at the end of a path. */
  relatedColumn(alias: string, target: Field, finalField: AnyField): Col {
    const output = "attname" in finalField ? finalField : finalField.field;
    return new Col(alias, target, output);
  }

  /** The alias of the table that has the columns of an ancestor. */
  joinParentModel(options: Options, parent: ModelClass, alias: string, seen: Map<ModelClass, string>): string {
    const known = seen.get(parent);
    if (known !== undefined) return known;
    let current = options;
    let currentAlias = alias;
    for (const ancestor of options.getBaseChain(parent) ?? []) {
      const reached = seen.get(ancestor);
      if (reached !== undefined) {
        current = ancestor._meta;
        currentAlias = reached;
        continue;
      }
      const link = current.getAncestorLink(ancestor);
      if (link !== undefined && current.parents.get(ancestor) !== null) {
        currentAlias = setupJoins(this, [link.name], current, currentAlias).joins.at(-1) ?? currentAlias;
        seen.set(ancestor, currentAlias);
      }
      current = ancestor._meta;
    }
    return currentAlias;
  }

  // ---- names

  /** What a name means here: an annotation, or a column with the joins that it needs. */
  resolveRef(name: string, options: ResolveOptions = {}): Expression {
    const allowJoins = options.allowJoins ?? true;
    const annotation = this.annotations.get(name);
    if (annotation !== undefined) {
      if (!allowJoins && this.#readsJoins(annotation))
        throw new FieldError(`'${name}' follows a relation, which is not possible here.`);
      if (options.summarize !== true) return annotation;
      if (!this.annotationSelect.has(name))
        throw new FieldError(`Cannot aggregate over '${name}', which is an alias: use annotate() for it.`);
      return new Ref(name, annotation);
    }
    const names = name.split(LOOKUP_SEP);
    const base = this.annotations.get(names[0] ?? "");
    if (base !== undefined)
      return names.slice(1).reduce((expression, transform) => tryTransform(expression, transform), base);
    const info = setupJoins(this, names, this.meta, this.initialAlias(), options.reuse);
    const { targets, alias, joins } = trimJoins(this, info.targets, info.joins, info.path);
    if (!allowJoins && joins.length > 1)
      throw new FieldError(`'${name}' follows a relation, which is not possible here.`);
    const [target] = targets;
    if (target === undefined || targets.length > 1) throw new FieldError(`'${name}' stands for several columns.`);
    const column = info.transform(target, alias);
    if (options.reuse !== undefined) for (const join of joins) options.reuse.add(join);
    return column;
  }

  #readsJoins(expression: Expression): boolean {
    return [...expression.flatten()].some(
      (part) =>
        part instanceof Col && this.aliases.has(part.alias) && this.aliases.get(part.alias).joinType !== undefined,
    );
  }

  /** A condition as a node, for annotations and aggregates. */
  buildCondition(q: Q, options: ResolveOptions): WhereNode {
    const [clause, joins] = buildQ(this, q, {
      ...FILTERING,
      canReuse: options.reuse,
      allowJoins: options.allowJoins ?? true,
      splitSubquery: false,
      checkFilterable: false,
      summarize: options.summarize ?? false,
    });
    this.aliases.promote(joins);
    return clause;
  }

  /** A condition on columns of the table itself, for checks and partial indexes. */
  buildWhere(q: Q): WhereNode {
    return buildCondition(this, q, { ...FILTERING, allowJoins: false })[0];
  }

  buildFilteredRelationCondition(q: Q, options: ResolveOptions): WhereNode {
    return buildQ(this, q, {
      ...FILTERING,
      canReuse: options.reuse,
      allowJoins: true,
      splitSubquery: false,
      updateJoinTypes: false,
    })[0];
  }

  sliceExpression(expression: Expression, start: number, length: number | undefined): Expression {
    return sliceOf(expression, start, length);
  }

  // ---- conditions

  addQ(q: Q, reuseAll = false): void {
    addCondition(this, q, reuseAll);
  }

  setEmpty(): void {
    this.where = new WhereNode([new NothingNode()]);
    for (const query of this.combinedQueries) query.setEmpty();
  }

  get isEmpty(): boolean {
    return this.where.children.some((child) => child instanceof NothingNode);
  }

  /** Nothing has been cut off yet, so that conditions may still be added. */
  get canFilter(): boolean {
    return !this.isSliced;
  }

  // ---- annotations

  addAnnotation(expression: Expression, alias: string, select = true): void {
    assertAlias(alias);
    const resolved = expression.resolve(this, { allowJoins: true });
    if (select) {
      if (this.annotationMask !== undefined) this.annotationMask = new Set([...this.annotationMask, alias]);
    } else this.annotationMask = new Set([...this.annotationSelect.keys()].filter((name) => name !== alias));
    this.annotations = new Map([...this.annotations].filter(([name]) => name !== alias)).set(alias, resolved);
    if (select && this.selected !== undefined) this.selected = new Map(this.selected).set(alias, alias);
  }

  addFilteredRelation(relation: FilteredRelation, alias: string): void {
    assertAlias(alias);
    const { lookups, parts } = solveLookup(this, relation.relationName);
    if (lookups.length > 0)
      throw new FieldError(
        `A FilteredRelation follows relations only, but '${relation.relationName}' has the lookup '${lookups.join(LOOKUP_SEP)}'.`,
      );
    for (const [key] of relation.condition.flatten()) this.#checkFilteredKey(key, relation, parts);
    this.filteredRelations = new Map(this.filteredRelations).set(alias, relation.named(alias));
  }

  // The condition may speak of the relation's own columns, not of what lies beyond or beside it.
  #checkFilteredKey(key: string, relation: FilteredRelation, relationParts: readonly string[]): void {
    const { lookups, parts } = solveLookup(this, key);
    for (const [index, part] of parts.slice(0, lookups.length === 0 ? -2 : -1).entries()) {
      if (relationParts.length > index && relationParts[index] !== part)
        throw new FieldError(
          `The condition of the FilteredRelation on '${relation.relationName}' speaks of another relation: '${key}'.`,
        );
    }
    if (parts.length > relationParts.length + 1)
      throw new FieldError(
        `The condition of the FilteredRelation on '${relation.relationName}' reaches beyond it: '${key}'.`,
      );
  }

  /** The annotations that stand among the columns. */
  get annotationSelect(): ReadonlyMap<string, Expression> {
    if (this.annotationMask === undefined) return this.annotations;
    const mask = this.annotationMask;
    return new Map([...this.annotations].filter(([name]) => mask.has(name)));
  }

  setAnnotationMask(names: Iterable<string> | undefined): void {
    this.annotationMask = names === undefined ? undefined : new Set(names);
  }

  // ---- columns

  setSelect(columns: readonly Expression[]): void {
    this.defaultCols = false;
    this.select = columns;
  }

  clearSelectClause(): void {
    this.select = [];
    this.defaultCols = false;
    this.selectRelated = false;
    this.setAnnotationMask([]);
    this.selected = undefined;
  }

  clearSelectFields(): void {
    this.select = [];
    this.valuesSelect = [];
    this.selected = undefined;
  }

  addSelectColumn(column: Expression, name: string): void {
    this.select = [...this.select, column];
    this.valuesSelect = [...this.valuesSelect, name];
    if (this.selected !== undefined) this.selected = new Map(this.selected).set(name, this.select.length - 1);
  }

  /** Puts the columns of fields, also across relations, in the place of the model's. */
  addFields(names: readonly string[], allowMany = true): void {
    const alias = this.initialAlias();
    const columns: Expression[] = [];
    for (const name of names) {
      try {
        const info = setupJoins(this, name.split(LOOKUP_SEP), this.meta, alias, undefined, allowMany);
        const { targets, alias: end } = trimJoins(this, info.targets, info.joins, info.path);
        for (const target of targets) columns.push(info.transform(target, end));
      } catch (error) {
        if (error instanceof MultiJoin)
          throw new FieldError(`'${name}' leads to many rows, which is not possible here.`);
        throw error;
      }
    }
    if (columns.length > 0) this.setSelect(columns);
  }

  /** The field of the single column that is selected, for subqueries. */
  get outputField(): Field | undefined {
    return this.selectedExpression?.outputFieldOrUndefined ?? (this.defaultCols ? this.meta.pk : undefined);
  }

  /** The single column that is selected, for subqueries. */
  get selectedExpression(): Expression | undefined {
    const [first] = this.select;
    if (this.select.length === 1 && first !== undefined) return first;
    if (this.select.length === 0 && this.annotationSelect.size === 1)
      return this.annotationSelect.values().next().value;
    return this.combinedQueries[0]?.selectedExpression;
  }

  // ---- grouping

  /** Groups by what is selected and by what the annotations need. */
  setGroupBy(allowAliases = true): void {
    if (allowAliases && this.valuesSelect.length > 0) this.#moveTransformedToAnnotations();
    const groupBy: Expression[] = [...this.select];
    for (const [alias, annotation] of this.annotationSelect) {
      const columns = annotation.getGroupByCols();
      if (columns.length === 0) continue;
      if (allowAliases && !annotation.containsAggregate) groupBy.push(new Ref(alias, annotation));
      else groupBy.push(...columns);
    }
    this.groupBy = groupBy;
  }

  // A selected transform (`pubDate__year`) is grouped by its name.
  #moveTransformedToAnnotations(): void {
    const annotations = new Map<string, Expression>();
    const columns: [string, Expression][] = [];
    for (const [index, name] of this.valuesSelect.entries()) {
      const expression = this.select[index];
      if (expression === undefined) continue;
      if (expression instanceof Col) columns.push([name, expression]);
      else annotations.set(name, expression);
    }
    if (annotations.size === 0) return;
    this.annotations = new Map([...annotations, ...this.annotations]);
    if (this.annotationMask !== undefined)
      this.annotationMask = new Set([...this.annotationMask, ...annotations.keys()]);
    this.select = columns.map(([, column]) => column);
    this.valuesSelect = columns.map(([name]) => name);
    if (this.selected === undefined) return;
    const indexes = new Map(columns.map(([name], index) => [name, index]));
    this.selected = new Map([...this.selected.keys()].map((name) => [name, indexes.get(name) ?? name]));
  }

  // ---- order and slice

  addOrdering(terms: readonly OrderTerm[]): void {
    for (const term of terms) this.#checkOrderTerm(term);
    if (terms.length > 0) this.orderBy = [...this.orderBy, ...terms];
    else this.defaultOrdering = false;
  }

  #checkOrderTerm(term: OrderTerm): void {
    if (term instanceof Expression) {
      if (term.containsAggregate)
        throw new FieldError(`An aggregate can be ordered by only when it is annotated first: ${term.describe()}.`);
      return;
    }
    if (typeof term !== "string")
      throw new FieldError(`Rows are ordered by names of fields and expressions, not by ${typeof term}.`);
    if (term === "?") return;
    const name = term.replace(/^-/, "");
    if (this.annotations.has(name)) return;
    const [first = "", ...transforms] = name.split(LOOKUP_SEP);
    const annotation = this.annotations.get(first);
    if (annotation !== undefined) {
      transforms.reduce((expression, transform) => tryTransform(expression, transform), annotation);
      return;
    }
    if (this.filteredRelations.has(name) && /[^\w$]/.test(name)) throw new FieldError(`Cannot order by '${name}'.`);
    this.checkOrderName(name);
  }

  /** Throws where a name is no field, nor a transform of one. */
  checkOrderName(name: string): void {
    if (typeof name !== "string") throw new FieldError(`The name of a field is a text, not ${describeValue(name)}.`);
    const names = name.split(LOOKUP_SEP);
    const { rest, finalField } = namesToPath(this, names, this.meta);
    if (rest.length === 0) return;
    if ("getPathInfo" in finalField) throw new FieldError(`Cannot order by '${name}': a relation has no transforms.`);
    let expression: Expression = new Col("", finalField);
    for (const transform of rest) expression = tryTransform(expression, transform);
  }

  clearOrdering(force: boolean, clearDefault = true): void {
    if (!force && (this.isSliced || this.distinctFields.length > 0 || this.lock !== undefined)) return;
    this.orderBy = [];
    if (clearDefault) this.defaultOrdering = false;
  }

  get isSliced(): boolean {
    return this.lowMark !== 0 || this.highMark !== null;
  }

  get hasLimitOne(): boolean {
    return this.highMark !== null && this.highMark - this.lowMark === 1;
  }

  /** Cuts a piece out of what is there already. */
  setLimits(low: number, high: number | null): void {
    const end =
      high === null
        ? this.highMark
        : this.highMark === null
          ? this.lowMark + high
          : Math.min(this.highMark, this.lowMark + high);
    const start = end === null ? this.lowMark + low : Math.min(end, this.lowMark + low);
    this.highMark = end;
    this.lowMark = start;
    if (this.lowMark === this.highMark) this.setEmpty();
  }

  clearLimits(): void {
    this.lowMark = 0;
    this.highMark = null;
  }

  // ---- as a part of another query

  asSubquery(): Query {
    const copy = this.clone();
    copy.subquery = true;
    return copy;
  }

  /** The query inside another one: with table aliases of its own, and its references outward resolved. */
  resolveIn(outer: Query, options: ResolveOptions = {}): Query {
    const copy = this.clone();
    copy.bumpPrefix(outer);
    copy.subquery = true;
    copy.where = copy.where.resolve(outer, options);
    copy.combinedQueries = copy.combinedQueries.map((query) => query.resolveIn(outer, options));
    copy.annotations = new Map(
      [...copy.annotations].map(([name, annotation]) => [name, annotation.resolve(outer, options)]),
    );
    copy.select = copy.select.map((column) => column.resolve(outer, options));
    copy.orderBy = copy.orderBy.map((term) =>
      term instanceof Expression && containsOuterRef(term) ? term.resolve(outer, options) : term,
    );
    for (const [alias, table] of outer.aliases.tables) {
      const many = table.joinType !== undefined ? table.tableName !== alias : table.tableName !== alias;
      copy.externalAliases.set(alias, many);
    }
    return copy;
  }

  /** Renames the tables so that they do not clash with those of the query around. */
  bumpPrefix(outer: Query, exclude: ReadonlySet<string> = new Set()): void {
    if (this.aliases.prefix !== outer.aliases.prefix) return;
    for (const prefix of prefixesAfter(this.aliases.prefix)) {
      if (this.aliases.subqueryPrefixes.has(prefix)) continue;
      this.aliases.prefix = prefix;
      break;
    }
    this.aliases.subqueryPrefixes = new Set([...this.aliases.subqueryPrefixes, this.aliases.prefix]);
    outer.aliases.subqueryPrefixes = new Set([...outer.aliases.subqueryPrefixes, ...this.aliases.subqueryPrefixes]);
    const changes = new Map<string, string>();
    for (const [position, alias] of [...this.aliases.tables.keys()].entries())
      if (!exclude.has(alias)) changes.set(alias, `${this.aliases.prefix}${position}`);
    this.changeAliases(changes);
  }

  /** Renames tables in the whole tree. */
  changeAliases(changes: Relabeling): void {
    this.where = this.where.relabeled(changes);
    if (Array.isArray(this.groupBy))
      this.groupBy = (this.groupBy as readonly Expression[]).map((column) => column.relabeled(changes));
    this.select = this.select.map((column) => column.relabeled(changes));
    this.annotations = new Map(
      [...this.annotations].map(([name, annotation]) => [name, annotation.relabeled(changes)]),
    );
    this.aliases.relabel(changes);
    this.usedAliases = new Set([...this.usedAliases].map((alias) => changes.get(alias) ?? alias));
    this.externalAliases = new Map(
      [...this.externalAliases].map(([alias, many]) => [changes.get(alias) ?? alias, many]),
    );
  }

  /** A copy with the tables of the query around renamed. */
  relabeled(changes: Relabeling): Query {
    const copy = this.clone();
    copy.changeAliases(changes);
    return copy;
  }

  /** The columns of the query around that are read here. */
  externalColumns(): readonly Col[] {
    const expressions = [
      this.where,
      ...this.select,
      ...this.annotationSelect.values(),
      ...this.combinedQueries.flatMap((query) => query.externalColumns()),
    ];
    return expressions
      .flatMap((expression) => [...columnsOf(expression)])
      .filter((column) => this.externalAliases.has(column.alias));
  }

  /** The query that asks whether there is a row. */
  forExists(limit = true): Query {
    const copy = this.clone();
    if (!(copy.distinct && copy.isSliced)) {
      if (copy.groupBy === true) {
        copy.addFields(
          this.meta.concreteFields.map((field) => field.attname),
          false,
        );
        copy.setGroupBy(false);
      }
      copy.clearSelectClause();
    }
    if (copy.combinator === "union") copy.combinedQueries = copy.combinedQueries.map((query) => query.forExists(false));
    copy.clearOrdering(true);
    if (limit) copy.setLimits(0, 1);
    copy.addAnnotation(new Value(1), "a");
    return copy;
  }

  /** Refuses what a slice cannot do any more. */
  assertNotSliced(operation: string): void {
    if (this.isSliced) throw new FieldError(`${operation} is not possible once a slice has been taken.`);
  }

  /** Refuses what a combined query cannot do any more. */
  assertNotCombined(operation: string): void {
    if (this.combinator !== undefined)
      throw new NotSupportedError(`${operation} is not possible after ${this.combinator}(). Do it before.`);
  }
}

function* columnsOf(expression: Expression): Generator<Col> {
  if (expression instanceof Col) yield expression;
  else if (expression instanceof Subquery) yield* expression.externalColumns();
  else for (const source of expression.getSourceExpressions()) if (source !== undefined) yield* columnsOf(source);
}

function containsOuterRef(expression: Expression): boolean {
  return [...expression.flatten()].some((part) => part instanceof ResolvedOuterRef);
}
