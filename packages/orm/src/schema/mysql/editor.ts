// MariaDB and MySQL change columns by stating the whole definition again, and commit after each statement.

import type { Field } from "../../fields/field.ts";
import type { Index } from "../../models/indexes.ts";
import type { ModelClass } from "../../models/model.ts";
import { dbDefaultSql, hasForeignKey } from "../column-sql.ts";
import { introspect } from "../introspection.ts";
import { type ColumnChange, ServerSchemaEditor } from "../server-editor.ts";
import { splitScript } from "../split-script.ts";

/** The schema editor of MariaDB and MySQL. */
export class MysqlSchemaEditor extends ServerSchemaEditor {
  override async run<T>(fn: () => Promise<T>): Promise<T> {
    return fn();
  }

  override async executeScript(script: string): Promise<void> {
    for (const statement of splitScript(script)) await this.execute(statement);
  }

  // ---- indexes

  /** These databases know neither conditions nor further columns of an index: it is made without them. */
  override indexTail(): string {
    return "";
  }

  override uniqueTail(): string {
    return "";
  }

  override dropIndexSql(table: string, name: string): string {
    return `DROP INDEX ${this.quoteName(name)} ON ${this.quoteName(table)}`;
  }

  override async renameIndex(model: ModelClass, oldIndex: Index, newIndex: Index): Promise<void> {
    await this.alterTable(
      model._meta.dbTable,
      `RENAME INDEX ${this.quoteName(oldIndex.name)} TO ${this.quoteName(newIndex.name)}`,
    );
  }

  /** A foreign key brings an index of its own; texts without a length cannot be indexed. */
  override fieldIndexesSql(model: ModelClass, field: Field): string[] {
    const type = field.dbType(this.connection) ?? "";
    if (hasForeignKey(field) || /text|blob/.test(type)) return [];
    return super.fieldIndexesSql(model, field);
  }

  // ---- constraints

  protected override dropForeignKeySql(table: string, name: string): string {
    return `ALTER TABLE ${this.quoteName(table)} DROP FOREIGN KEY ${this.quoteName(name)}`;
  }

  protected override dropCheckSql(table: string, name: string): string {
    return `ALTER TABLE ${this.quoteName(table)} DROP CONSTRAINT ${this.quoteName(name)}`;
  }

  /** A foreign key needs an index that begins with its column: where the rule's was the only one, it gets one of its own. */
  protected override async dropUnique(table: string, name: string, columns: readonly string[]): Promise<void> {
    const [column = ""] = columns;
    const parts = await introspect(this.connection).constraints(table);
    const isKey = parts.some((part) => part.foreignKey !== null && part.columns[0] === column);
    const hasOther = parts.some((part) => part.index && part.name !== name && part.columns[0] === column);
    if (isKey && !hasOther) {
      const index = this.quoteName(this.fieldIndexName(table, column));
      await this.execute(`CREATE INDEX ${index} ON ${this.quoteName(table)} (${this.quoteName(column)})`);
    }
    await super.dropUnique(table, name, columns);
  }

  override dropUniqueSql(table: string, name: string): string {
    return `ALTER TABLE ${this.quoteName(table)} DROP INDEX ${this.quoteName(name)}`;
  }

  protected override dropPrimaryKeySql(table: string, _name: string): string {
    return `ALTER TABLE ${this.quoteName(table)} DROP PRIMARY KEY`;
  }

  // ---- columns

  override columnComment(field: Field): string[] {
    return field.dbComment === undefined ? [] : [`COMMENT ${this.quoteValue(field.dbComment)}`];
  }

  protected override tableSuffix(model: ModelClass): string {
    return model._meta.dbTableComment === "" ? "" : ` COMMENT ${this.quoteValue(model._meta.dbTableComment)}`;
  }

  override async alterDbTableComment(model: ModelClass, _old: string, comment: string): Promise<void> {
    await this.alterTable(model._meta.dbTable, `COMMENT ${this.quoteValue(comment)}`);
  }

  protected override async removeColumn(model: ModelClass, field: Field): Promise<void> {
    const column = field.column ?? field.name;
    // MariaDB drops no column that a check or a key of several columns speaks of; checks go with their field.
    if (field.dbParameters(this.connection).check !== null)
      for (const name of await this.constraintNames(model._meta.dbTable, [column], "check"))
        await this.execute(this.dropCheckSql(model._meta.dbTable, name));
    await super.removeColumn(model, field);
  }

  #restates({ typeChanges, suffixChanges, oldField, newField }: ColumnChange): boolean {
    return (
      typeChanges ||
      suffixChanges ||
      oldField.null !== newField.null ||
      oldField.dbComment !== newField.dbComment ||
      oldField.hasDbDefault() !== newField.hasDbDefault() ||
      (newField.hasDbDefault() &&
        dbDefaultSql(this, newField.model, newField) !== dbDefaultSql(this, oldField.model, oldField))
    );
  }

  /** The check that a column was created with is MariaDB's part of its definition, and goes when that is stated again. */
  protected override async addCheck(change: ColumnChange, check: string): Promise<void> {
    const { table, newColumn } = change;
    if (!change.checkChanges && !this.#restates(change)) return;
    if ((await this.constraintNames(table, [newColumn], "check")).length > 0) return;
    await this.alterTable(table, this.addCheckSql(table, newColumn, check));
  }

  protected override async alterDefinition(change: ColumnChange): Promise<void> {
    const { table, newColumn, oldField, newField } = change;
    if (!this.#restates(change)) return;
    const becomesKey = newField.primaryKey && !oldField.primaryKey;
    if (oldField.null && !newField.null) {
      if (change.typeChanges)
        await this.alterTable(table, `MODIFY ${this.quoteName(newColumn)} ${change.newType} NULL`);
      await this.fillNulls(change);
    }
    const suffix = becomesKey ? "" : (newField.dbTypeSuffix(this.connection) ?? "");
    await this.alterTable(
      table,
      `MODIFY ${this.quoteName(newColumn)} ${this.#definition(newField)} ${suffix}`.trimEnd(),
    );
  }

  /** Type, default, NULL and comment, without keys and references, which stay as they are. */
  #definition(field: Field): string {
    const { type, collation } = field.dbParameters(this.connection);
    return [
      type ?? "",
      collation === null ? "" : this.connection.operations.collateSql(collation),
      field.hasDbDefault() ? `DEFAULT ${dbDefaultSql(this, field.model, field)}` : "",
      field.null ? "NULL" : "NOT NULL",
      ...this.columnComment(field),
    ]
      .filter((part) => part !== "")
      .join(" ");
  }

  protected override async alterReferringType(
    table: string,
    column: string,
    type: string,
    notNull: boolean,
  ): Promise<void> {
    await this.alterTable(table, `MODIFY ${this.quoteName(column)} ${type} ${notNull ? "NOT NULL" : "NULL"}`);
  }
}
