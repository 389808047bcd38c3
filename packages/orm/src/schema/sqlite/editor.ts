// SQLite changes little of a table that is there: most changes make the table anew, and carry the rows over.

import { DataError, NotSupportedError } from "../../exceptions.ts";
import type { Field } from "../../fields/field.ts";
import type { Constraint } from "../../models/constraints/constraint.ts";
import type { UniqueConstraint } from "../../models/constraints/unique.ts";
import type { Index } from "../../models/indexes.ts";
import type { ModelClass } from "../../models/model.ts";
import { atomic } from "../../db/transaction.ts";
import { schemaExpressionSql } from "../compile.ts";
import { columnSql, effectiveDefault, hasForeignKey } from "../column-sql.ts";
import { isIndexOnly, uniqueIndexSql } from "../constraint-sql.ts";
import { SchemaEditor } from "../editor.ts";
import { splitScript } from "../split-script.ts";
import { uniqueIndexes } from "./catalog.ts";
import { type TableChange, rebuildTable } from "./rebuild.ts";

/** The schema editor of SQLite. */
export class SqliteSchemaEditor extends SchemaEditor {
  override get hasInlineReferences(): boolean {
    return true;
  }

  /**
   * Foreign keys are off while tables are made anew, since dropping the old one would delete what refers to it, and are
   * checked before the transaction ends.
   */
  override async run<T>(fn: () => Promise<T>, wantsAtomic: boolean): Promise<T> {
    if (this.collectSql) return fn();
    return this.connection.withConnection(async () => {
      await this.connection.execute("PRAGMA foreign_keys = OFF");
      const [row] = await this.query("PRAGMA foreign_keys");
      if (Number(row?.[0]) !== 0)
        throw new NotSupportedError(
          "SQLite cannot change its schema inside a transaction that checks foreign keys: leave atomic() before you do.",
        );
      try {
        if (!wantsAtomic) return await fn();
        return await atomic(
          async () => {
            const result = await fn();
            await this.connection.checkConstraints();
            return result;
          },
          { using: this.connection.alias },
        );
      } finally {
        await this.connection.execute("PRAGMA foreign_keys = ON");
      }
    });
  }

  override async executeScript(script: string): Promise<void> {
    for (const statement of splitScript(script)) await this.execute(statement);
  }

  override indexTail(model: ModelClass, index: Index): string {
    return this.#where(model, index.condition);
  }

  override uniqueTail(model: ModelClass, constraint: UniqueConstraint): string {
    return this.#where(model, constraint.condition);
  }

  #where(model: ModelClass, condition: Index["condition"]): string {
    return condition === undefined ? "" : ` WHERE ${schemaExpressionSql(this, model, condition)}`;
  }

  override async indexNames(
    table: string,
    columns: readonly string[],
    { unique }: { readonly unique: boolean },
  ): Promise<readonly string[]> {
    const indexes = await uniqueIndexes(this, table);
    return indexes
      .filter((index) => index.unique === unique && index.columns.join() === columns.join())
      .map((index) => index.name);
  }

  // ---- constraints

  override createConstraintSql(model: ModelClass, constraint: Constraint): string {
    return uniqueIndexSql(this, model, constraint as UniqueConstraint);
  }

  override async addConstraint(model: ModelClass, constraint: Constraint): Promise<void> {
    if (isIndexOnly(constraint)) await this.execute(this.createConstraintSql(model, constraint));
    else await this.#rebuild(model, { constraints: withConstraint(model._meta.constraints, constraint) });
  }

  override async removeConstraint(model: ModelClass, constraint: Constraint): Promise<void> {
    if (isIndexOnly(constraint)) await this.execute(this.dropUniqueSql(model._meta.dbTable, constraint.name));
    else
      await this.#rebuild(model, {
        constraints: model._meta.constraints.filter((known) => known.name !== constraint.name),
      });
  }

  override dropUniqueSql(_table: string, name: string): string {
    return `DROP INDEX ${this.quoteName(name)}`;
  }

  // ---- columns

  protected override async addColumn(model: ModelClass, field: Field): Promise<void> {
    if (canBeAppended(field) && effectiveDefault(field, this.connection) === null) {
      const definition = `${this.quoteName(field.column ?? field.name)} ${columnSql(this, field.model, field)}`;
      await this.execute(`ALTER TABLE ${this.quoteName(model._meta.dbTable)} ADD COLUMN ${definition}`);
    } else await this.#rebuild(model, { added: field });
    this.deferred.push(...this.fieldIndexesSql(model, field));
  }

  protected override async removeColumn(model: ModelClass, field: Field): Promise<void> {
    await this.#rebuild(model, { removed: field });
  }

  protected override async alterColumn(model: ModelClass, oldField: Field, newField: Field): Promise<void> {
    await this.#renameColumn(model._meta.dbTable, oldField, newField);
    // A new name alone needs no new table; a reference is written into the table, and may be another one.
    const onlyName =
      oldField.column !== newField.column &&
      !hasForeignKey(newField) &&
      this.#definition(model, oldField) === this.#definition(model, newField);
    if (!onlyName || needsFilling(oldField, newField)) await this.#rebuild(model, { altered: [[oldField, newField]] });
    await this.#alterIndex(model, oldField, newField);
    await this.#alterReferring(oldField, newField);
  }

  async #renameColumn(table: string, oldField: Field, newField: Field): Promise<void> {
    const [oldColumn, newColumn] = [oldField.column ?? oldField.name, newField.column ?? newField.name];
    if (oldColumn === newColumn) return;
    await this.execute(
      `ALTER TABLE ${this.quoteName(table)} RENAME COLUMN ${this.quoteName(oldColumn)} TO ${this.quoteName(newColumn)}`,
    );
  }

  // Both columns at once: the table is made anew from the model, in which both are changed.
  protected override async alterLinkTable(
    oldLink: ModelClass,
    newLink: ModelClass,
    pairs: readonly (readonly [Field, Field])[],
  ): Promise<void> {
    const table = newLink._meta.dbTable;
    await this.alterDbTable(newLink, oldLink._meta.dbTable, table);
    for (const [oldField, newField] of pairs) await this.#renameColumn(table, oldField, newField);
    if (
      pairs.some(([oldField, newField]) => this.#definition(newLink, oldField) !== this.#definition(newLink, newField))
    )
      await this.#rebuild(newLink, { altered: pairs, keepsOrder: true });
    const [oldIndexes, newIndexes] = [oldLink, newLink].map((link) => this.#ownIndexes(link));
    for (const [name, sql] of newIndexes ?? []) if (oldIndexes?.has(name) !== true) this.deferred.push(sql);
    for (const name of oldIndexes?.keys() ?? [])
      if (newIndexes?.has(name) !== true) await this.execute(`DROP INDEX IF EXISTS ${name}`);
  }

  /** The statements for the indexes that a link table has of itself, by their quoted names. */
  #ownIndexes(link: ModelClass): Map<string, string> {
    const statements = [
      ...link._meta.uniqueTogether.map((names) => this.createUniqueTogetherSql(link, names)),
      ...this.modelIndexesSql(link),
    ];
    return new Map(statements.map((sql) => [/ INDEX ("(?:[^"]|"")*") ON /.exec(sql)?.[1] ?? sql, sql]));
  }

  #definition(model: ModelClass, field: Field): string {
    return columnSql(this, field.model ?? model, field);
  }

  async #alterIndex(model: ModelClass, oldField: Field, newField: Field): Promise<void> {
    const table = model._meta.dbTable;
    const wanted = this.fieldIndexesSql(model, newField).length > 0;
    const had = this.fieldIndexesSql(model, oldField).length > 0;
    const [oldName, newName] = [oldField, newField].map((field) =>
      this.fieldIndexName(table, field.column ?? field.name),
    );
    if (had && (!wanted || oldName !== newName))
      await this.execute(`DROP INDEX IF EXISTS ${this.quoteName(oldName ?? "")}`);
    if (wanted && (!had || oldName !== newName)) this.deferred.push(...this.fieldIndexesSql(model, newField));
  }

  /** Lets the columns that hold this one follow its type. */
  async #alterReferring(oldField: Field, newField: Field): Promise<void> {
    if (oldField.dbType(this.connection) === newField.dbType(this.connection)) return;
    for (const relation of newField.model._meta.allRelatedObjects) {
      const { field } = relation;
      if (field.manyToMany || field.targetField !== newField || field.model === newField.model) continue;
      await this.#rebuild(field.model, { altered: [[field, field]] });
    }
  }

  /** SQLite keeps a text in a column of numbers, where other databases refuse to alter the type. */
  async #refuseUncast(model: ModelClass, oldField: Field, newField: Field): Promise<void> {
    const type = newField.dbType(this.connection) ?? "";
    if (type === oldField.dbType(this.connection) || !/^(?:integer|bigint|smallint|bool|real|decimal)/.test(type))
      return;
    const [table, column] = [model._meta.dbTable, newField.column ?? newField.name];
    const [row] = await this.query(
      `SELECT ${this.quoteName(column)} FROM ${this.quoteName(table)} WHERE typeof(${this.quoteName(column)}) IN ('text', 'blob') LIMIT 1`,
    );
    if (row !== undefined)
      throw new DataError(`A value of ${table}.${column} is no ${type}: ${this.quoteValue(row[0])}.`);
  }

  /** All or nothing, also in a migration without a transaction: a table must not be gone when the process is killed. */
  async #rebuild(model: ModelClass, change: TableChange): Promise<void> {
    if (this.collectSql) return rebuildTable(this, model, change);
    const rebuild = async (): Promise<void> => {
      await rebuildTable(this, model, change);
      for (const [oldField, newField] of change.altered ?? []) await this.#refuseUncast(model, oldField, newField);
    };
    if (this.connection.inAtomicBlock) return rebuild();
    const { statementCount } = this;
    try {
      await atomic(rebuild, { using: this.connection.alias });
    } catch (error) {
      this.statementCount = statementCount;
      throw error;
    }
  }
}

function withConstraint(constraints: readonly Constraint[], constraint: Constraint): Constraint[] {
  return [...constraints.filter((known) => known.name !== constraint.name), constraint];
}

/** ADD COLUMN takes a column that is NULL in every row that is there, or has a constant default of the database. */
function canBeAppended(field: Field): boolean {
  return field.null && !field.unique && !field.generated && !hasForeignKey(field) && !field.hasDbDefault();
}

function needsFilling(oldField: Field, newField: Field): boolean {
  return oldField.null && !newField.null;
}
