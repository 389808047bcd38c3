// PostgreSQL changes everything in place, inside the transaction.

import type { Field } from "../../fields/field.ts";
import type { UniqueConstraint } from "../../models/constraints/unique.ts";
import type { Index } from "../../models/indexes.ts";
import type { ModelClass } from "../../models/model.ts";
import { atomic } from "../../db/transaction.ts";
import { NotSupportedError } from "../../exceptions.ts";
import { columnsOf } from "../columns.ts";
import { dbDefaultSql } from "../column-sql.ts";
import { indexTablespace } from "../editor.ts";
import { schemaExpressionSql } from "../compile.ts";
import { type ColumnChange, ServerSchemaEditor } from "../server-editor.ts";
import { splitScript } from "../split-script.ts";

/** The schema editor of PostgreSQL. */
export class PostgresqlSchemaEditor extends ServerSchemaEditor {
  override async run<T>(fn: () => Promise<T>, wantsAtomic: boolean): Promise<T> {
    if (this.collectSql || !wantsAtomic) return fn();
    return atomic(fn, { using: this.connection.alias });
  }

  override async executeScript(script: string): Promise<void> {
    for (const statement of splitScript(script)) await this.execute(statement);
  }

  /** No table can be altered while deferred checks of its rows are outstanding, so they are made now. */
  override async settleConstraints(): Promise<void> {
    if (this.collectSql || !this.connection.inAtomicBlock) return;
    await this.execute("SET CONSTRAINTS ALL IMMEDIATE");
    await this.execute("SET CONSTRAINTS ALL DEFERRED");
  }

  protected override dropTableSql(table: string): string {
    return `${super.dropTableSql(table)} CASCADE`;
  }

  protected override get dropColumnTail(): string {
    return " CASCADE";
  }

  // ---- indexes

  override indexMethod(index: Index): string {
    const { method } = index.constructor as typeof Index;
    return method === undefined ? "" : ` USING ${method}`;
  }

  override indexTail(model: ModelClass, index: Index): string {
    return (
      this.#include(model, index.include) +
      storageSql(index.storageParameters) +
      this.tablespace(index.options.dbTablespace ?? model._meta.dbTablespace) +
      this.#where(model, index.condition)
    );
  }

  override tablespace(name: string | undefined): string {
    return name === undefined || name === "" ? "" : ` TABLESPACE ${this.quoteName(name)}`;
  }

  protected override tableSuffix(model: ModelClass): string {
    return this.tablespace(model._meta.dbTablespace);
  }

  override uniqueTail(model: ModelClass, constraint: UniqueConstraint): string {
    const nulls =
      constraint.nullsDistinct === undefined ? "" : ` NULLS ${constraint.nullsDistinct ? "" : "NOT "}DISTINCT`;
    return this.#include(model, constraint.include) + nulls + this.#where(model, constraint.condition);
  }

  #include(model: ModelClass, names: readonly string[]): string {
    return names.length === 0 ? "" : ` INCLUDE (${this.columnList(columnsOf(model, names))})`;
  }

  #where(model: ModelClass, condition: Index["condition"]): string {
    return condition === undefined ? "" : ` WHERE ${schemaExpressionSql(this, model, condition)}`;
  }

  override async renameIndex(_model: ModelClass, oldIndex: Index, newIndex: Index): Promise<void> {
    await this.execute(`ALTER INDEX ${this.quoteName(oldIndex.name)} RENAME TO ${this.quoteName(newIndex.name)}`);
  }

  override dropIndexSql(_table: string, name: string): string {
    return `DROP INDEX IF EXISTS ${this.quoteName(name)}`;
  }

  /** Texts get a second index, which serves LIKE whatever the collation. */
  override fieldIndexesSql(model: ModelClass, field: Field): string[] {
    const like = this.#likeIndexSql(model, field);
    return [...super.fieldIndexesSql(model, field), ...(like === undefined ? [] : [like])];
  }

  #likeIndexSql(model: ModelClass, field: Field): string | undefined {
    const type = field.dbType(this.connection);
    if (type === null || field.column === null || !(field.dbIndex || field.unique)) return undefined;
    const operatorClass = type.startsWith("varchar")
      ? "varchar_pattern_ops"
      : type.startsWith("text")
        ? "text_pattern_ops"
        : undefined;
    if (operatorClass === undefined || field.targetValueField.dbCollation !== undefined) return undefined;
    const table = model._meta.dbTable;
    const name = this.generatedName(table, [field.column], "_like");
    return `CREATE INDEX ${this.quoteName(name)} ON ${this.quoteName(table)} (${this.quoteName(field.column)} ${operatorClass})${this.tablespace(indexTablespace(model, field))}`;
  }

  // ---- constraints

  protected override dropForeignKeySql(table: string, name: string): string {
    return this.dropCheckSql(table, name);
  }

  protected override async dropForeignKeys(table: string, column: string): Promise<void> {
    // Checks of rows that are outstanding would keep the constraint from being dropped.
    await this.settleConstraints();
    await super.dropForeignKeys(table, column);
  }

  protected override dropCheckSql(table: string, name: string): string {
    return `ALTER TABLE ${this.quoteName(table)} DROP CONSTRAINT ${this.quoteName(name)}`;
  }

  override dropUniqueSql(table: string, name: string): string {
    return this.dropCheckSql(table, name);
  }

  protected override dropPrimaryKeySql(table: string, name: string): string {
    return `${this.dropCheckSql(table, name)} CASCADE`;
  }

  protected override async afterDropUnique({ table, oldColumn }: ColumnChange): Promise<void> {
    await this.execute(this.dropIndexSql(table, this.generatedName(table, [oldColumn], "_like")));
  }

  // ---- columns

  protected override async alterDefinition(change: ColumnChange): Promise<void> {
    const { table, newColumn, oldField, newField } = change;
    const column = `ALTER COLUMN ${this.quoteName(newColumn)}`;
    if (oldField.hasDbDefault() && (!newField.hasDbDefault() || change.typeChanges))
      await this.alterTable(table, `${column} DROP DEFAULT`);
    if (change.suffixChanges && oldField.dbTypeSuffix(this.connection) !== null)
      await this.alterTable(table, `${column} DROP IDENTITY IF EXISTS`);
    if (change.typeChanges) await this.#alterType(change, column);
    if (change.suffixChanges && newField.dbTypeSuffix(this.connection) !== null)
      await this.#addIdentity(change, column);
    if (newField.hasDbDefault())
      await this.alterTable(table, `${column} SET DEFAULT ${dbDefaultSql(this, newField.model, newField)}`);
    if (oldField.null && !newField.null) {
      await this.fillNulls(change);
      await this.alterTable(table, `${column} SET NOT NULL`);
    } else if (!oldField.null && newField.null) await this.alterTable(table, `${column} DROP NOT NULL`);
  }

  async #alterType({ table, newColumn, newType, newField }: ColumnChange, column: string): Promise<void> {
    const { collation } = newField.dbParameters(this.connection);
    const collate = collation === null ? "" : ` ${this.connection.operations.collateSql(collation)}`;
    await this.alterTable(table, `${column} TYPE ${newType}${collate} USING ${this.quoteName(newColumn)}::${newType}`);
  }

  async #addIdentity({ table, newColumn }: ColumnChange, column: string): Promise<void> {
    await this.alterTable(table, `${column} SET NOT NULL`);
    await this.alterTable(table, `${column} ADD GENERATED BY DEFAULT AS IDENTITY`);
    const name = this.quoteName(newColumn);
    await this.execute(
      `SELECT setval(pg_get_serial_sequence(${this.quoteValue(this.quoteName(table))}, ${this.quoteValue(newColumn)}), ` +
        `coalesce(max(${name}), 1), max(${name}) IS NOT NULL) FROM ${this.quoteName(table)}`,
    );
  }

  protected override async alterReferringType(table: string, column: string, type: string): Promise<void> {
    const name = this.quoteName(column);
    await this.alterTable(table, `ALTER COLUMN ${name} TYPE ${type} USING ${name}::${type}`);
  }

  // ---- comments

  protected override async afterCreateTable(model: ModelClass): Promise<void> {
    const { dbTable, dbTableComment, localConcreteFields } = model._meta;
    if (dbTableComment !== "") await this.#comment(`TABLE ${this.quoteName(dbTable)}`, dbTableComment);
    for (const field of localConcreteFields) await this.#commentColumn(dbTable, field, undefined);
  }

  override async alterDbTableComment(model: ModelClass, _old: string, comment: string): Promise<void> {
    await this.#comment(`TABLE ${this.quoteName(model._meta.dbTable)}`, comment);
  }

  protected override async afterAddColumn(model: ModelClass, field: Field): Promise<void> {
    await this.#commentColumn(model._meta.dbTable, field, undefined);
  }

  protected override async afterAlterColumn(model: ModelClass, oldField: Field, newField: Field): Promise<void> {
    await this.#commentColumn(model._meta.dbTable, newField, oldField.dbComment);
  }

  async #commentColumn(table: string, field: Field, old: string | undefined): Promise<void> {
    if (field.dbComment === old || field.column === null) return;
    await this.#comment(`COLUMN ${this.quoteName(table)}.${this.quoteName(field.column)}`, field.dbComment ?? "");
  }

  async #comment(what: string, text: string): Promise<void> {
    await this.execute(`COMMENT ON ${what} IS ${text === "" ? "NULL" : this.quoteValue(text)}`);
  }
}

function storageSql(parameters: Index["storageParameters"]): string {
  const parts = Object.entries(parameters).map(([name, value]) => {
    if (!/^[a-z_]\w*$/.test(name) || !/^[\w.-]+$/.test(String(value)))
      throw new NotSupportedError(`${name} = ${String(value)} is no storage parameter of an index.`);
    return `${name} = ${String(value)}`;
  });
  return parts.length === 0 ? "" : ` WITH (${parts.join(", ")})`;
}
