// SELECT.

import { DatabaseError, NotSupportedError } from "../../exceptions.ts";
import type { DatabaseWrapper } from "../../backends/base/wrapper.ts";
import { ColPairs } from "../../expressions/col-pairs.ts";
import type { Expression, OrderBy } from "../../expressions/expression.ts";
import { type Converter, NO_EMPTY_VALUE, Value } from "../../expressions/expression.ts";
import { Col, Ref } from "../../expressions/references.ts";
import type { Field } from "../../fields/field.ts";
import type { ModelClass } from "../../models/model.ts";
import type { Options } from "../../models/options.ts";
import type { Query } from "../query.ts";
import { EMPTY, FULL, type Sql, joinSql } from "../sql.ts";
import { setValues } from "../values.ts";
import { WhereNode } from "../where.ts";
import { SqlCompiler } from "./compiler.ts";
import { type SelectMask, selectMask } from "./deferred.ts";
import { groupByTerms } from "./group-by.ts";
import { distinctColumns, orderByTerms } from "./order-by.ts";
import { type RelatedSelection, relatedSelections } from "./related.ts";

/** A column of SELECT. */
export interface SelectedColumn {
  readonly expression: Expression;
  readonly sql: Sql;
  readonly alias: string | undefined;
}

/** Where the columns of a composite key stand among those of SELECT. */
export interface TupleColumns {
  readonly at: number;
  readonly length: number;
}

/** A term of ORDER BY. */
export interface OrderedTerm {
  readonly term: OrderBy;
  readonly sql: Sql;
  /** It stands for a column of SELECT. */
  readonly isReference: boolean;
}

/** The columns of the model that the rows are instances of. */
export interface InstanceColumns {
  readonly model: ModelClass;
  /** Where the columns of its fields begin, and the fields. */
  readonly start: number;
  readonly fields: readonly Field[];
  readonly related: readonly RelatedSelection[];
}

/** Compiles a query tree to SELECT. */
export class SelectCompiler extends SqlCompiler {
  selected: readonly SelectedColumn[] = [];
  /** Present where the rows are to become instances. */
  instance: InstanceColumns | undefined = undefined;
  /** Where the annotations stand among the columns. */
  annotationColumns: ReadonlyMap<string, number> = new Map();
  metaOrdering: readonly unknown[] | undefined = undefined;
  elideEmpty = true;
  having: WhereNode | undefined = undefined;
  columnCount = 0;
  /** Columns that belong together as the value of a composite key. */
  tuples: readonly TupleColumns[] = [];

  constructor(query: Query, connection: DatabaseWrapper, elideEmpty = true) {
    super(query, connection);
    this.elideEmpty = elideEmpty;
  }

  override compileQuery(query: Query): Sql {
    return new SelectCompiler(query, this.connection, this.elideEmpty).asSql();
  }

  /** Whether any expression of the query reads a column by its table; CHECK and the like have none. */
  setup(withColumnAliases = false): void {
    if (!this.query.aliases.anyUsed && this.query.innerQuery === undefined) this.query.initialAlias();
    this.#buildSelect(withColumnAliases);
    this.columnCount = this.selected.length;
  }

  /** The statement with internal placeholders. @throws EMPTY where no row can be found. */
  asSql(options: { readonly withLimits?: boolean; readonly withColumnAliases?: boolean } = {}): Sql {
    const counts = this.query.aliases.snapshot();
    try {
      return this.#statement(options.withLimits ?? true, options.withColumnAliases ?? false);
    } finally {
      this.query.aliases.restore(counts);
    }
  }

  #statement(withLimits: boolean, withColumnAliases: boolean): Sql {
    const { query } = this;
    this.setup(withColumnAliases || query.combinator !== undefined);
    let order = orderByTerms(this);
    const [where, having, qualify] = query.where.splitHaving(false, query.groupBy !== undefined);
    this.having = having;
    const extra = this.#extraSelect(order);
    const groupBy = groupByTerms(this, extra, order);
    let statement: Sql;
    if (query.combinator !== undefined) statement = this.#combined();
    else if (qualify !== undefined) {
      statement = this.#qualified(where, having, qualify, groupBy, order);
      order = [];
    } else statement = this.#plain(where, having, extra, groupBy, order);
    if (groupBy.length > 0 && this.metaOrdering !== undefined) order = [];
    const parts: Sql[] = [statement];
    if (order.length > 0) {
      const terms = joinSql(
        order.map((term) => term.sql),
        ", ",
      );
      parts.push({ sql: `ORDER BY ${terms.sql}`, params: terms.params });
    }
    if (withLimits && query.isSliced) {
      const limit = this.connection.operations.limitOffsetSql(query.lowMark, query.highMark);
      if (limit !== "") parts.push({ sql: limit, params: [] });
    }
    if (query.lock !== undefined && !query.subquery) parts.push({ sql: this.#lockSql(), params: [] });
    const whole = joinSql(parts, " ");
    if (query.subquery && extra.length > 0) return this.#withoutExtra(whole);
    return query.explain === undefined
      ? whole
      : {
          sql: `${this.connection.operations.explainPrefix(query.explain.format, query.explain.options)} ${whole.sql}`,
          params: whole.params,
        };
  }

  #plain(
    where: WhereNode | undefined,
    having: WhereNode | undefined,
    extra: readonly SelectedColumn[],
    groupBy: readonly Sql[],
    order: readonly OrderedTerm[],
  ): Sql {
    const { query } = this;
    const distinct = distinctColumns(this);
    const from = this.fromClause();
    const condition = this.#conditionSql(where, this.elideEmpty);
    const havingSql = this.#conditionSql(having, true);
    const parts: Sql[] = [{ sql: "SELECT", params: [] }];
    if (query.distinct) {
      if (distinct.length > 0) {
        if (!this.connection.features.supportsDistinctOn)
          throw new NotSupportedError("This database has no DISTINCT ON: call distinct() without fields.");
        const columns = joinSql(distinct, ", ");
        parts.push({ sql: `DISTINCT ON (${columns.sql})`, params: columns.params });
      } else parts.push({ sql: "DISTINCT", params: [] });
    }
    parts.push(
      joinSql(
        [...this.selected, ...extra].map((column) => this.#columnSql(column)),
        ", ",
      ),
    );
    if (from !== undefined) parts.push({ sql: `FROM ${from.sql}`, params: from.params });
    if (condition !== undefined) parts.push({ sql: `WHERE ${condition.sql}`, params: condition.params });
    if (groupBy.length > 0) {
      if (distinct.length > 0)
        throw new NotSupportedError("annotate() together with distinct(fields) is not possible.");
      const terms = joinSql(groupBy, ", ");
      parts.push({ sql: `GROUP BY ${terms.sql}`, params: terms.params });
    }
    if (havingSql !== undefined)
      parts.push({
        sql: `${groupBy.length === 0 && this.connection.features.requiresGroupByForHaving ? "GROUP BY NULL " : ""}HAVING ${havingSql.sql}`,
        params: havingSql.params,
      });
    void order;
    return joinSql(parts, " ");
  }

  #columnSql({ sql, alias }: SelectedColumn): Sql {
    return alias === undefined ? sql : { sql: `${sql.sql} AS ${this.quoteName(alias)}`, params: sql.params };
  }

  // Undefined where every row meets the condition.
  #conditionSql(node: WhereNode | undefined, elideEmpty: boolean): Sql | undefined {
    if (node === undefined) return undefined;
    try {
      return this.compile(node);
    } catch (error) {
      if (error === FULL) return undefined;
      if (error === EMPTY && !elideEmpty) return { sql: "0 = 1", params: [] };
      throw error;
    }
  }

  /** The tables. Undefined where the query reads none. */
  fromClause(): Sql | undefined {
    const { query } = this;
    if (query.innerQuery !== undefined) {
      const inner = new SelectCompiler(query.innerQuery, this.connection, this.elideEmpty).asSql({
        withColumnAliases: true,
      });
      return { sql: `(${inner.sql}) subquery`, params: inner.params };
    }
    const tables: Sql[] = [];
    for (const [alias, table] of query.aliases.tables)
      if (query.aliases.count(alias) > 0) tables.push(table.compile(this));
    return tables.length === 0 ? undefined : joinSql(tables, " ");
  }

  // ---- columns

  #buildSelect(withColumnAliases: boolean): void {
    const { query } = this;
    const mask = selectMask(query);
    const columns = query.defaultCols ? this.defaultColumns(mask) : query.select;
    const list: { expression: Expression; alias: string | undefined }[] = [];
    const annotationColumns = new Map<string, number>();
    if (query.selected === undefined) {
      for (const expression of columns) list.push({ expression, alias: undefined });
      for (const [alias, expression] of query.annotationSelect) {
        annotationColumns.set(alias, list.length);
        list.push({ expression, alias });
      }
    } else {
      for (const [alias, source] of query.selected) {
        const expression = typeof source === "number" ? columns[source] : query.annotations.get(source);
        if (expression === undefined) throw new DatabaseError(`The column '${alias}' is not part of the query.`);
        annotationColumns.set(alias, list.length);
        list.push({ expression, alias });
      }
    }
    if (query.defaultCols) {
      const fields = columns.map((column) => (column as Col).target);
      const related: RelatedSelection[] = [];
      if (query.selectRelated !== false) related.push(...relatedSelections(this, list, mask));
      this.instance = { model: query.model, start: 0, fields, related };
    }
    let unnamed = 0;
    this.annotationColumns = annotationColumns;
    this.selected = this.#singleColumns(list).map(({ expression, alias }) => {
      const name = alias ?? (withColumnAliases ? `col${(unnamed += 1)}` : undefined);
      return { expression, sql: this.#selectSql(expression), alias: name };
    });
  }

  // A composite key is as many columns, which have no common name.
  #singleColumns(list: readonly { readonly expression: Expression; readonly alias: string | undefined }[]) {
    if (!list.some(({ expression }) => expression instanceof ColPairs)) return list;
    const tuples: TupleColumns[] = [];
    const columns: { expression: Expression; alias: string | undefined }[] = [];
    for (const column of list) {
      if (column.expression instanceof ColPairs) {
        const parts = column.expression.columns;
        tuples.push({ at: columns.length, length: parts.length });
        columns.push(...parts.map((expression) => ({ expression, alias: undefined })));
      } else columns.push(column);
    }
    this.tuples = tuples;
    return columns;
  }

  #selectSql(expression: Expression): Sql {
    try {
      return expression.selectFormat(this, this.compile(expression));
    } catch (error) {
      if (error === FULL) return this.compile(new Value(true));
      if (error !== EMPTY) throw error;
      const value = expression.emptyResultSetValue;
      return value === NO_EMPTY_VALUE ? { sql: "0", params: [] } : this.compile(new Value(value));
    }
  }

  /** The columns of a model's fields, those of its parents included. */
  defaultColumns(
    mask: SelectMask | undefined,
    options?: Options,
    startAlias?: string,
    fromParent?: ModelClass,
  ): Expression[] {
    const meta = options ?? this.query.meta;
    const alias = startAlias ?? this.query.initialAlias();
    const seen = new Map<ModelClass, string>();
    const columns: Expression[] = [];
    for (const field of meta.concreteFields) {
      const model = field.model._meta.concreteModel;
      const own = model === meta.concreteModel;
      // Columns of a parent that the query is about are there already.
      if (
        fromParent !== undefined &&
        !own &&
        (fromParent._meta.concreteModel === model || fromParent._meta.getParentList().includes(model))
      )
        continue;
      if (mask !== undefined && !mask.fields.has(field)) continue;
      const tableAlias = own ? alias : this.query.joinParentModel(meta, model, alias, seen);
      columns.push(new Col(tableAlias, field));
    }
    return columns;
  }

  // Columns that ORDER BY needs beside DISTINCT.
  #extraSelect(order: readonly OrderedTerm[]): SelectedColumn[] {
    if (!this.query.distinct || this.query.distinctFields.length > 0) return [];
    const known = new Set(this.selected.map((column) => column.sql.sql));
    return order
      .filter((term) => !term.isReference)
      .map((term) => ({ expression: term.term.expression, sql: this.compile(term.term.expression), alias: undefined }))
      .filter((column) => !known.has(column.sql.sql));
  }

  // ---- combined, qualified, locked

  #combined(): Sql {
    const { query, connection } = this;
    const { combinator } = query;
    const { features } = connection;
    const compilers = query.combinedQueries.map((part) => new SelectCompiler(part, connection, this.elideEmpty));
    if (!features.supportsSlicingOrderingInCompound) {
      for (const compiler of compilers) {
        if (compiler.query.isSliced)
          throw new DatabaseError("This database allows no slices inside of a combined query.");
        if (compiler.hasOrder()) throw new DatabaseError("This database allows no order inside of a combined query.");
      }
    } else if (query.isSliced && combinator === "union") for (const compiler of compilers) compiler.elideEmpty = false;
    const parts: Sql[] = [];
    for (const compiler of compilers) {
      try {
        parts.push(this.#combinedPart(compiler));
      } catch (error) {
        if (error !== EMPTY) throw error;
        if (combinator === "union" || (combinator === "difference" && parts.length > 0)) continue;
        throw error;
      }
    }
    if (parts.length === 0) throw EMPTY;
    const word = { union: "UNION", intersection: "INTERSECT", difference: "EXCEPT" }[combinator ?? "union"];
    const separator = ` ${word}${query.combinatorAll && combinator === "union" ? " ALL" : ""} `;
    const braces = !query.subquery && features.supportsSlicingOrderingInCompound;
    return joinSql(
      parts.map((part) => (braces ? { sql: `(${part.sql})`, params: part.params } : part)),
      separator,
    );
  }

  #combinedPart(compiler: SelectCompiler): Sql {
    const { query, connection } = this;
    let part = compiler;
    // All parts have the columns that the whole was given.
    if (part.query.valuesSelect.length === 0 && query.valuesSelect.length > 0) {
      const limited = part.query.clone();
      setValues(
        limited,
        query.selected === undefined
          ? [...query.valuesSelect, ...query.annotationSelect.keys()]
          : [...query.selected.keys()],
      );
      part = new SelectCompiler(limited, connection, part.elideEmpty);
    }
    const sql = part.asSql({ withColumnAliases: true });
    if (part.query.combinator !== undefined) {
      if (!connection.features.supportsParenthesesInCompound)
        return { sql: `SELECT * FROM (${sql.sql})`, params: sql.params };
      if (query.subquery || !connection.features.supportsSlicingOrderingInCompound)
        return { sql: `(${sql.sql})`, params: sql.params };
    } else if (query.subquery && connection.features.supportsSlicingOrderingInCompound)
      return { sql: `(${sql.sql})`, params: sql.params };
    return sql;
  }

  /** Whether the query has an order. */
  hasOrder(): boolean {
    this.setup();
    return orderByTerms(this).length > 0;
  }

  // A condition over windows: the query with the windows as columns becomes the table of one that filters.
  #qualified(
    where: WhereNode | undefined,
    having: WhereNode | undefined,
    qualify: WhereNode,
    groupBy: readonly Sql[],
    order: readonly OrderedTerm[],
  ): Sql {
    const { query } = this;
    const inner = query.clone();
    inner.subquery = true;
    inner.where =
      having === undefined ? (where ?? new WhereNode()) : where === undefined ? having : where.with(having, "AND");
    inner.clearOrdering(true);
    inner.clearLimits();
    const replacements = new Map<string, Expression>();
    for (const [name, annotation] of query.annotationSelect)
      replacements.set(annotation.key, new Ref(name, annotation));
    let added = 0;
    const expose = (expression: Expression): void => {
      for (const part of windowsAndColumns(expression)) {
        if (replacements.has(part.key)) continue;
        const name = `qual${added}`;
        added += 1;
        inner.annotations = new Map(inner.annotations).set(name, part);
        if (inner.annotationMask !== undefined) inner.annotationMask = new Set([...inner.annotationMask, name]);
        if (inner.selected !== undefined) inner.selected = new Map(inner.selected).set(name, name);
        replacements.set(part.key, new Ref(name, part));
      }
    };
    expose(qualify);
    const orderTerms = order.map(({ term }) => {
      if (term.expression instanceof Ref) return term;
      const source = "source" in term.expression ? (term.expression.source as Expression) : term.expression;
      expose(source);
      return term.withSourceExpressions([source]);
    });
    void groupBy;
    const compiler = new SelectCompiler(inner, this.connection, this.elideEmpty);
    const innerSql = compiler.asSql({ withColumnAliases: true });
    const names = compiler.selected.slice(0, compiler.selected.length - added).map((column) => column.alias ?? "");
    const condition = this.compile(qualify.replaceExpressions(replacements));
    const columns = names.map((name) => `${this.quoteName("qualify")}.${this.quoteName(name)}`).join(", ");
    // Names of columns come again for instances, so that they are read by position.
    const sql = `SELECT ${added === 0 ? "*" : columns} FROM (${innerSql.sql}) ${this.quoteName("qualify")} WHERE ${condition.sql}`;
    const params = [...innerSql.params, ...condition.params];
    if (orderTerms.length === 0) return { sql, params };
    const terms = joinSql(
      orderTerms.map((term) => this.compile(term.replaceExpressions(replacements))),
      ", ",
    );
    return { sql: `${sql} ORDER BY ${terms.sql}`, params: [...params, ...terms.params] };
  }

  #withoutExtra(whole: Sql): Sql {
    const columns = this.selected.map(({ alias, expression }) => {
      if (alias !== undefined) return `${this.quoteName("subquery")}.${this.quoteName(alias)}`;
      return this.compile(expression.relabeled(new Map([[(expression as Col).alias, "subquery"]]))).sql;
    });
    return { sql: `SELECT ${columns.join(", ")} FROM (${whole.sql}) subquery`, params: whole.params };
  }

  #lockSql(): string {
    const { lock } = this.query;
    const { features } = this.connection;
    if (lock === undefined || !features.hasSelectForUpdate) return "";
    if (lock.nowait && !features.hasSelectForUpdateNowait)
      throw new NotSupportedError("NOWAIT is not supported on this database.");
    if (lock.skipLocked && !features.hasSelectForUpdateSkipLocked)
      throw new NotSupportedError("SKIP LOCKED is not supported on this database.");
    if (lock.of.length > 0 && !features.hasSelectForUpdateOf)
      throw new NotSupportedError("FOR UPDATE OF is not supported on this database.");
    if (lock.noKey && !features.hasSelectForNoKeyUpdate)
      throw new NotSupportedError("FOR NO KEY UPDATE is not supported on this database.");
    const of =
      lock.of.length === 0 ? "" : ` OF ${lock.of.map((name) => this.quoteAlias(this.#lockedTable(name))).join(", ")}`;
    return `FOR ${lock.noKey ? "NO KEY " : ""}UPDATE${of}${lock.nowait ? " NOWAIT" : ""}${lock.skipLocked ? " SKIP LOCKED" : ""}`;
  }

  #lockedTable(name: string): string {
    if (name === "self") return this.query.aliases.base ?? this.query.meta.dbTable;
    let level: readonly RelatedSelection[] = this.instance?.related ?? [];
    let found: RelatedSelection | undefined;
    for (const part of name.split("__")) {
      found = level.find((selection) => selection.name === part);
      if (found === undefined)
        throw new DatabaseError(
          `selectForUpdate({ of }) takes 'self' and relations that selectRelated follows, not '${name}'.`,
        );
      level = found.related;
    }
    const column = this.selected[found?.start ?? 0]?.expression;
    return column instanceof Col ? column.alias : "";
  }

  /** What turns the columns of a row into values, by place. */
  converters(): (Converter | undefined)[] {
    return this.selected.map(({ expression }) => expression.converter(this.connection));
  }
}

function* windowsAndColumns(expression: Expression): Generator<Expression> {
  if (
    expression.containsOverClause &&
    !expression.getSourceExpressions().some((source) => source?.containsOverClause === true)
  )
    yield expression;
  else if (expression instanceof Col || expression instanceof Ref) yield expression;
  else if (expression.containsAggregate && !expression.containsOverClause) yield expression;
  else
    for (const source of expression.getSourceExpressions()) if (source !== undefined) yield* windowsAndColumns(source);
}
