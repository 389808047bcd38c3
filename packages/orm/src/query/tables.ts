// The tables of a query: the one in FROM, and those joined to it.

import type { JoiningFields } from "../fields/path-info.ts";
import type { RelationField } from "../fields/relation-field.ts";
import type { Relation } from "../fields/relation.ts";
import type { FilteredRelation } from "../expressions/filtered-relation.ts";
import type { Relabeling } from "../expressions/expression.ts";
import type { SqlCompiler } from "./compiler/compiler.ts";
import { FULL, type Sql } from "./sql.ts";

export type JoinType = "INNER JOIN" | "LEFT OUTER JOIN";
export const INNER: JoinType = "INNER JOIN";
export const LOUTER: JoinType = "LEFT OUTER JOIN";

/** The table in FROM. */
export class BaseTable {
  readonly joinType: undefined = undefined;
  readonly parentAlias: undefined = undefined;
  readonly filteredRelation: undefined = undefined;
  readonly tableName: string;
  readonly alias: string;

  constructor(tableName: string, alias: string) {
    this.tableName = tableName;
    this.alias = alias;
  }

  relabeled(changes: Relabeling): BaseTable {
    return new BaseTable(this.tableName, changes.get(this.alias) ?? this.alias);
  }

  compile(compiler: SqlCompiler): Sql {
    return { sql: compiler.tableSql(this.tableName, this.alias), params: [] };
  }
}

/** A joined table. */
export class Join {
  readonly tableName: string;
  readonly parentAlias: string;
  readonly alias: string;
  readonly joinType: JoinType;
  /** What the join follows. It knows the columns to compare. */
  readonly joinField: RelationField | Relation;
  /** The other side may be missing. */
  readonly nullable: boolean;
  readonly filteredRelation: FilteredRelation | undefined;

  constructor(
    tableName: string,
    parentAlias: string,
    alias: string,
    joinType: JoinType,
    joinField: RelationField | Relation,
    nullable: boolean,
    filteredRelation?: FilteredRelation,
  ) {
    this.tableName = tableName;
    this.parentAlias = parentAlias;
    this.alias = alias;
    this.joinType = joinType;
    this.joinField = joinField;
    this.nullable = nullable;
    this.filteredRelation = filteredRelation;
  }

  /** The pairs of fields that ON compares. */
  get columns(): readonly JoiningFields[] {
    return "attname" in this.joinField
      ? this.joinField.getJoiningFields(false)
      : this.joinField.field.getJoiningFields(true);
  }

  with(changes: {
    readonly alias?: string;
    readonly joinType?: JoinType;
    readonly filteredRelation?: FilteredRelation;
  }): Join {
    return new Join(
      this.tableName,
      this.parentAlias,
      changes.alias ?? this.alias,
      changes.joinType ?? this.joinType,
      this.joinField,
      this.nullable,
      changes.filteredRelation ?? this.filteredRelation,
    );
  }

  relabeled(changes: Relabeling): Join {
    return new Join(
      this.tableName,
      changes.get(this.parentAlias) ?? this.parentAlias,
      changes.get(this.alias) ?? this.alias,
      this.joinType,
      this.joinField,
      this.nullable,
      this.filteredRelation?.relabeled(changes),
    );
  }

  /** Whether both join the same table in the same way, so that one of them does. */
  equals(other: Join | BaseTable): boolean {
    return (
      other instanceof Join &&
      this.tableName === other.tableName &&
      this.parentAlias === other.parentAlias &&
      this.joinField === other.joinField &&
      (this.filteredRelation === other.filteredRelation ||
        this.filteredRelation?.equals(other.filteredRelation) === true)
    );
  }

  compile(compiler: SqlCompiler): Sql {
    const conditions = this.columns.map(
      ([near, far]) =>
        `${compiler.quoteAlias(this.parentAlias)}.${compiler.quoteName(near.column ?? "")} = ${compiler.quoteAlias(this.alias)}.${compiler.quoteName(far.column ?? "")}`,
    );
    const extra = this.#extraCondition(compiler);
    if (extra !== undefined) conditions.push(`(${extra.sql})`);
    return {
      sql: `${this.joinType} ${compiler.tableSql(this.tableName, this.alias)} ON (${conditions.join(" AND ")})`,
      params: extra?.params ?? [],
    };
  }

  #extraCondition(compiler: SqlCompiler): Sql | undefined {
    try {
      return this.filteredRelation?.compile(compiler);
    } catch (error) {
      if (error === FULL) return undefined;
      throw error;
    }
  }
}
