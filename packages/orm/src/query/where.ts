// The tree of conditions behind WHERE and HAVING.

import { FieldError, NotSupportedError } from "../exceptions.ts";
import { Expression, type Relabeling } from "../expressions/expression.ts";
import type { Connector } from "../expressions/q.ts";
import type { ResolveOptions } from "../expressions/resolve-options.ts";
import { BooleanField } from "../fields/boolean.ts";
import type { Field } from "../fields/field.ts";
import type { SqlCompiler } from "./compiler/compiler.ts";
import type { Query } from "./query.ts";
import { EMPTY, FULL, type Sql } from "./sql.ts";

/** Conditions joined by one connector, perhaps negated. Nodes are expressions: `Case` and aggregates take them. */
export class WhereNode extends Expression<boolean> {
  readonly children: readonly Expression[];
  readonly connector: Connector;
  readonly negated: boolean;

  constructor(children: readonly Expression[] = [], connector: Connector = "AND", negated = false) {
    super();
    if (connector !== "AND" && connector !== "OR" && connector !== "XOR")
      throw new FieldError(`Conditions are joined by AND, OR or XOR, not by '${String(connector)}'.`);
    this.children = children;
    this.connector = connector;
    this.negated = negated;
  }

  /** A node with one more condition, flat where the connectors allow it. */
  with(condition: Expression, connector: Connector): WhereNode {
    if (condition instanceof WhereNode && condition.children.length === 0) return this;
    if (this.connector === connector && !this.negated)
      return new WhereNode([...this.children, ...flat(condition, connector)], connector);
    if (this.children.length === 0) return new WhereNode([condition], connector);
    return new WhereNode([this, condition], connector);
  }

  get isEmpty(): boolean {
    return this.children.length === 0;
  }

  override get conditional(): boolean {
    return true;
  }

  protected override resolveOutputField(): Field {
    return new BooleanField();
  }

  override getSourceExpressions(): readonly Expression[] {
    return this.children;
  }

  override withSourceExpressions(children: readonly (Expression | undefined)[]): this {
    if (children.every((child, index) => child === this.children[index])) return this;
    return this.copyWith({ children });
  }

  override resolve(query: Query, options: ResolveOptions = {}): WhereNode {
    return this.withSourceExpressions(this.children.map((child) => child.resolve(query, options)));
  }

  override relabeled(changes: Relabeling): WhereNode {
    return this.withSourceExpressions(this.children.map((child) => child.relabeled(changes)));
  }

  override getGroupByCols(): readonly Expression[] {
    return this.children.flatMap((child) => child.getGroupByCols());
  }

  override compile(compiler: SqlCompiler): Sql {
    if (this.connector === "XOR") return this.compileXor(compiler);
    const all = this.connector === "AND";
    let fullNeeded = all ? this.children.length : 1;
    let emptyNeeded = all ? 1 : this.children.length;
    const parts: string[] = [];
    const params: unknown[] = [];
    for (const child of this.children) {
      const outcome = compileOr(child, compiler);
      if (outcome === EMPTY) emptyNeeded -= 1;
      else if (outcome === FULL) fullNeeded -= 1;
      else {
        parts.push((outcome as Sql).sql);
        for (const value of (outcome as Sql).params) params.push(value);
      }
      if (emptyNeeded === 0) throw this.negated ? FULL : EMPTY;
      if (fullNeeded === 0) throw this.negated ? EMPTY : FULL;
    }
    if (parts.length === 0) throw FULL;
    const joined = parts.join(` ${this.connector} `);
    if (this.negated) return { sql: `NOT (${joined})`, params };
    return { sql: parts.length > 1 ? `(${joined})` : joined, params };
  }

  // An odd number of the conditions holds. NULL counts as "does not hold" in the sum, but makes the OR before it NULL.
  protected compileXor(compiler: SqlCompiler): Sql {
    const parts: Sql[] = [];
    let holding = 0;
    for (const child of this.children) {
      const outcome = compileOr(child, compiler);
      if (outcome === FULL) holding += 1;
      else if (outcome !== EMPTY) parts.push(outcome as Sql);
    }
    if (parts.length === 0) throw (holding % 2 === 1) !== this.negated ? FULL : EMPTY;
    const params = parts.flatMap((part) => part.params);
    const sum = parts.map((part) => `CASE WHEN ${part.sql} THEN 1 ELSE 0 END`).join(" + ");
    const odd = `((${sum}${holding > 0 ? ` + ${holding}` : ""}) % 2) = 1`;
    const any = holding > 0 ? undefined : parts.map((part) => part.sql).join(" OR ");
    const sql = any === undefined ? odd : `((${any}) AND ${odd})`;
    return { sql: this.negated ? `NOT (${sql})` : sql, params: any === undefined ? params : [...params, ...params] };
  }

  /**
   * Divides the conditions into those for WHERE, for HAVING (with aggregates), and those over windows, which need a query around.
   */
  splitHaving(
    negated = false,
    mustGroupBy = false,
  ): readonly [WhereNode | undefined, WhereNode | undefined, WhereNode | undefined] {
    if (!this.containsAggregate && !this.containsOverClause) return [this, undefined, undefined];
    const inNegated = negated !== this.negated;
    const stayTogether =
      (inNegated && this.connector === "AND") || (!inNegated && this.connector === "OR") || this.connector === "XOR";
    if (stayTogether && this.containsAggregate && !this.containsOverClause) return [undefined, this, undefined];
    const parts: readonly [Expression[], Expression[], Expression[]] = [[], [], []];
    for (const child of this.children) {
      if (child instanceof WhereNode) {
        for (const [index, part] of child.splitHaving(inNegated, mustGroupBy).entries())
          if (part !== undefined) parts[index]?.push(part);
      } else parts[child.containsOverClause ? 2 : child.containsAggregate ? 1 : 0].push(child);
    }
    if (stayTogether && parts[2].length > 0) {
      if (parts[0].length === 0 || !mustGroupBy) return [undefined, undefined, this];
      throw new NotSupportedError(
        "Conditions on windows and on columns cannot be joined by OR in a query that groups.",
      );
    }
    const node = (children: readonly Expression[]): WhereNode | undefined =>
      children.length === 0 ? undefined : new WhereNode(children, this.connector, this.negated);
    return [node(parts[0]), node(parts[1]), node(parts[2])];
  }

  override selectFormat(compiler: SqlCompiler, sql: Sql): Sql {
    // Databases without conditions among the columns get a CASE.
    return compiler.connection.features.supportsBooleanExpressionInSelect
      ? sql
      : { sql: `CASE WHEN ${sql.sql} THEN 1 ELSE 0 END`, params: sql.params };
  }
}

function compileOr(child: Expression, compiler: SqlCompiler): Sql | typeof EMPTY | typeof FULL {
  try {
    return compiler.compile(child);
  } catch (error) {
    if (error === EMPTY) return EMPTY;
    if (error === FULL) return FULL;
    throw error;
  }
}

function flat(condition: Expression, connector: Connector): readonly Expression[] {
  if (
    condition instanceof WhereNode &&
    !condition.negated &&
    (condition.connector === connector || condition.children.length === 1)
  )
    return condition.children;
  return [condition];
}

/** The condition that no row meets: `none()`. */
export class NothingNode extends Expression<boolean> {
  override get conditional(): boolean {
    return true;
  }

  protected override resolveOutputField(): Field {
    return new BooleanField();
  }

  override compile(): Sql {
    throw EMPTY;
  }
}
