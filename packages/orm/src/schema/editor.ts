// Changes tables so that they fit models. What is alike on all databases; each backend overrides what differs.

import { isConfigured, settings } from "@tsgo/core/conf";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { StatementResult } from "../backends/base/wrapper.ts";
import { CompositePrimaryKey } from "../fields/composite.ts";
import type { Field } from "../fields/field.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import type { Constraint } from "../models/constraints/constraint.ts";
import { UniqueConstraint } from "../models/constraints/unique.ts";
import type { Index } from "../models/indexes.ts";
import type { ModelClass } from "../models/model.ts";
import { generatedName } from "../naming.ts";
import { router } from "../router.ts";
import { columnsOf } from "./columns.ts";
import { columnSql, compositeKeySql } from "./column-sql.ts";
import { constraintSql, isIndexOnly, uniqueColumnsSql } from "./constraint-sql.ts";
import { SchemaError } from "./exceptions.ts";
import { createIndexSql } from "./index-sql.ts";
import { fieldShouldBeAltered } from "./should-alter.ts";

/** How an editor works. */
export interface SchemaEditorOptions {
  /** True writes the SQL down in `collected` instead of running it. */
  readonly collectSql?: boolean;
}

/**
 * Creates, changes and drops the tables of models on one database. Answers to `BaseDatabaseSchemaEditor`.
 *
 * Get one from `schemaEditor(connection, fn)`, which also opens the transaction.
 */
export abstract class SchemaEditor {
  readonly connection: BaseWrapper;
  readonly collectSql: boolean;
  /** The statements so far, when they are not run. */
  readonly collected: string[] = [];
  /** How many statements have been run. */
  statementCount = 0;
  /** Statements that wait for the end of the operation: foreign keys, indexes. */
  protected readonly deferred: string[] = [];

  constructor(connection: BaseWrapper, { collectSql = false }: SchemaEditorOptions = {}) {
    this.connection = connection;
    this.collectSql = collectSql;
  }

  // ---- running

  /** Runs `fn` in the frame that changes of the schema need here; `atomic` asks for a transaction. */
  abstract run<T>(fn: () => Promise<T>, atomic: boolean): Promise<T>;

  /** Runs a statement, or writes it down. */
  async execute(sql: string, params: readonly unknown[] = []): Promise<void> {
    if (this.collectSql) this.collected.push(`${this.#inline(sql, params)};`);
    else {
      await this.connection.execute(sql, params);
      this.statementCount += 1;
    }
  }

  /** Runs a script of several statements. */
  abstract executeScript(script: string): Promise<void>;

  /** Reads, also while statements are only collected. */
  async query(sql: string, params: readonly unknown[] = []): Promise<StatementResult["rows"]> {
    const { rows } = await this.connection.execute(sql, params);
    return rows;
  }

  #inline(sql: string, params: readonly unknown[]): string {
    let next = 0;
    return params.length === 0 ? sql : sql.replaceAll(/\?|\$\d+/g, () => this.quoteValue(params[next++]));
  }

  /** Runs what waited for the end of the operation. */
  async runDeferred(): Promise<void> {
    for (const sql of this.deferred.splice(0)) await this.execute(sql);
  }

  /** Called after an operation that may have changed rows; PostgreSQL alters no table with checks outstanding. */
  async settleConstraints(): Promise<void> {}

  // ---- text

  quoteName(name: string): string {
    return this.connection.quoteName(name);
  }

  /** A value as a literal, since schema statements take no parameters. */
  quoteValue(value: unknown): string {
    return this.connection.operations.quoteValue(value);
  }

  /** `"a", "b"` */
  columnList(columns: readonly string[]): string {
    return columns.map((column) => this.quoteName(column)).join(", ");
  }

  /** The name that a part of a table gets when it was given none. */
  generatedName(table: string, columns: readonly string[], suffix: string): string {
    return generatedName(table, columns, suffix, this.connection.operations.maxNameLength);
  }

  /** True where a reference stands in the column's definition, and cannot be added later. */
  get hasInlineReferences(): boolean {
    return false;
  }

  /** The comment of a column, where it stands in the definition. */
  columnComment(_field: Field): string[] {
    return [];
  }

  /** Where an index or the table is to lie (`TABLESPACE "fast"`), on databases that have such places. */
  tablespace(_name: string | undefined): string {
    return "";
  }

  /** The access method of an index (`USING gin`). */
  indexMethod(_index: Index): string {
    return "";
  }

  /** What stands behind the columns of an index. */
  abstract indexTail(model: ModelClass, index: Index): string;

  /** What stands behind the columns of a unique index. */
  abstract uniqueTail(model: ModelClass, constraint: UniqueConstraint): string;

  /** Whether router and model let migrations touch the model's table on this database. */
  allowsModel(model: ModelClass): boolean {
    const meta = model._meta;
    return (
      meta.canMigrate && meta.isSupportedBy(this.connection) && router.allowMigrateModel(this.connection.alias, model)
    );
  }

  // ---- tables

  /** Creates the table of a model with its indexes and constraints, and its link tables. */
  async createModel(model: ModelClass): Promise<void> {
    await this.execute(this.tableSql(model));
    await this.afterCreateTable(model);
    this.deferred.push(...this.modelIndexesSql(model));
    for (const field of model._meta.localManyToMany)
      if (field.remoteField.throughModel._meta.autoCreated !== false)
        await this.createModel(field.remoteField.throughModel);
    await this.runDeferred();
  }

  /** For comments, which some databases take in statements of their own. */
  protected async afterCreateTable(_model: ModelClass): Promise<void> {}

  /** The statement that creates the table of a model. */
  tableSql(model: ModelClass): string {
    const meta = model._meta;
    const columns = meta.localConcreteFields.map((field) => this.columnDefinition(model, field));
    this.deferred.push(
      ...meta.uniqueTogether.map((names) => this.createUniqueTogetherSql(model, names)),
      ...meta.constraints
        .filter((constraint) => isIndexOnly(constraint) && this.canHaveConstraint(constraint))
        .map((constraint) => this.createConstraintSql(model, constraint)),
    );
    const constraints = meta.constraints
      .filter((constraint) => !isIndexOnly(constraint) && this.canHaveConstraint(constraint))
      .map((constraint) => constraintSql(this, model, constraint));
    const body = [...columns, ...compositeKeySql(this, model), ...constraints].join(", ");
    return `CREATE TABLE ${this.quoteName(meta.dbTable)} (${body})${this.tableSuffix(model)}`;
  }

  /** What stands behind the list of columns. */
  protected tableSuffix(_model: ModelClass): string {
    return "";
  }

  /** A column as it stands in CREATE TABLE. */
  protected columnDefinition(model: ModelClass, field: Field): string {
    return `${this.quoteName(field.column ?? field.name)} ${columnSql(this, model, field)}`;
  }

  /** Drops the table of a model and its link tables. */
  async deleteModel(model: ModelClass): Promise<void> {
    for (const field of model._meta.localManyToMany)
      if (field.remoteField.throughModel._meta.autoCreated !== false)
        await this.deleteModel(field.remoteField.throughModel);
    await this.execute(this.dropTableSql(model._meta.dbTable));
  }

  protected dropTableSql(table: string): string {
    return `DROP TABLE ${this.quoteName(table)}`;
  }

  /** Renames a table. */
  async alterDbTable(_model: ModelClass, oldTable: string, newTable: string): Promise<void> {
    if (oldTable === newTable) return;
    await this.execute(`ALTER TABLE ${this.quoteName(oldTable)} RENAME TO ${this.quoteName(newTable)}`);
  }

  /** Sets the comment of a table, where the database has such. */
  async alterDbTableComment(_model: ModelClass, _old: string, _comment: string): Promise<void> {}

  // ---- indexes

  /** The statements for all indexes of a model: of its fields, then those in Meta. */
  protected modelIndexesSql(model: ModelClass): string[] {
    const meta = model._meta;
    return [
      ...meta.localConcreteFields.flatMap((field) => this.fieldIndexesSql(model, field)),
      ...meta.indexes.filter((index) => this.canHaveIndex(index)).map((index) => createIndexSql(this, model, index)),
    ];
  }

  /** The statements for the index that a field asks for. */
  fieldIndexesSql(model: ModelClass, field: Field): string[] {
    return field.dbIndex && !field.unique && field.column !== null ? [this.createFieldIndexSql(model, field)] : [];
  }

  /** The name of the index of a field. */
  fieldIndexName(table: string, column: string): string {
    return this.generatedName(table, [column], "");
  }

  protected createFieldIndexSql(model: ModelClass, field: Field): string {
    const [table, column] = [model._meta.dbTable, field.column ?? field.name];
    const name = this.fieldIndexName(table, column);
    return `CREATE INDEX ${this.quoteName(name)} ON ${this.quoteName(table)} (${this.quoteName(column)})${this.tablespace(indexTablespace(model, field))}`;
  }

  /** False for an index on expressions where the database has none such: it is left out, as in Django. */
  canHaveIndex(index: Index): boolean {
    return !index.containsExpressions || this.connection.features.supportsExpressionIndexes;
  }

  /** False for a unique rule that would be another one without the part that the database does not know: it is left out. */
  canHaveConstraint(constraint: Constraint): boolean {
    if (!(constraint instanceof UniqueConstraint)) return constraint.isSupported(this.connection);
    const { features } = this.connection;
    return (
      (constraint.condition === undefined || features.supportsPartialIndexes) &&
      (!constraint.containsExpressions || features.supportsExpressionIndexes) &&
      (constraint.nullsDistinct === undefined || features.supportsNullsDistinctUniqueConstraints)
    );
  }

  async addIndex(model: ModelClass, index: Index): Promise<void> {
    if (this.canHaveIndex(index)) await this.execute(createIndexSql(this, model, index));
  }

  async removeIndex(model: ModelClass, index: Index): Promise<void> {
    if (this.canHaveIndex(index)) await this.execute(this.dropIndexSql(model._meta.dbTable, index.name));
  }

  /** Renames an index; where the database cannot, it is built again. */
  async renameIndex(model: ModelClass, oldIndex: Index, newIndex: Index): Promise<void> {
    await this.removeIndex(model, oldIndex);
    await this.addIndex(model, newIndex);
  }

  dropIndexSql(_table: string, name: string): string {
    return `DROP INDEX ${this.quoteName(name)}`;
  }

  /** The name of the one index over exactly these fields. */
  async findIndexName(model: ModelClass, fieldNames: readonly string[]): Promise<string> {
    const columns = columnsOf(model, fieldNames);
    const names = await this.indexNames(model._meta.dbTable, columns, { unique: false });
    const [name] = names;
    if (name === undefined || names.length > 1)
      throw new SchemaError(
        `The table ${model._meta.dbTable} has ${names.length} indexes on (${columns.join(", ")}) where one was looked for.`,
      );
    return name;
  }

  /** The names of the indexes, or uniqueness constraints, over exactly these columns. */
  abstract indexNames(
    table: string,
    columns: readonly string[],
    options: { readonly unique: boolean },
  ): Promise<readonly string[]>;

  // ---- constraints

  /** The statement that adds a constraint to a table that is there. */
  abstract createConstraintSql(model: ModelClass, constraint: Constraint): string;

  abstract addConstraint(model: ModelClass, constraint: Constraint): Promise<void>;

  abstract removeConstraint(model: ModelClass, constraint: Constraint): Promise<void>;

  /** The statement for one entry of `uniqueTogether`. */
  createUniqueTogetherSql(model: ModelClass, fieldNames: readonly string[]): string {
    const columns = columnsOf(model, fieldNames);
    return uniqueColumnsSql(
      this,
      model._meta.dbTable,
      columns,
      this.generatedName(model._meta.dbTable, columns, "_uniq"),
    );
  }

  abstract dropUniqueSql(table: string, name: string): string;

  /** Drops a uniqueness rule over these columns. */
  protected async dropUnique(table: string, name: string, _columns: readonly string[]): Promise<void> {
    await this.execute(this.dropUniqueSql(table, name));
  }

  /** Drops the uniqueness rules that are no longer listed, and adds the new ones. */
  async alterUniqueTogether(
    model: ModelClass,
    oldValue: readonly (readonly string[])[],
    newValue: readonly (readonly string[])[],
  ): Promise<void> {
    const table = model._meta.dbTable;
    for (const names of oldValue.filter((entry) => !includesList(newValue, entry))) {
      const declared = new Set(model._meta.constraints.map((constraint) => constraint.name));
      const found = await this.indexNames(table, columnsOf(model, names), { unique: true });
      for (const name of found.filter((known) => !declared.has(known)).slice(0, 1))
        await this.dropUnique(table, name, columnsOf(model, names));
    }
    for (const names of newValue.filter((entry) => !includesList(oldValue, entry)))
      await this.execute(this.createUniqueTogetherSql(model, names));
  }

  // ---- fields

  /** Adds the column of a field, or its link table. */
  async addField(model: ModelClass, field: Field): Promise<void> {
    assertKeyStays(field);
    const through = linkModel(field);
    if (through !== undefined) await this.createModel(through);
    else if (field.column !== null && !field.manyToMany) await this.addColumn(model, field);
    await this.runDeferred();
  }

  /** Drops the column of a field, or its link table. */
  async removeField(model: ModelClass, field: Field): Promise<void> {
    assertKeyStays(field);
    const through = linkModel(field);
    if (through !== undefined) await this.deleteModel(through);
    else if (field.column !== null && !field.manyToMany) await this.removeColumn(model, field);
    await this.runDeferred();
  }

  protected abstract addColumn(model: ModelClass, field: Field): Promise<void>;

  protected abstract removeColumn(model: ModelClass, field: Field): Promise<void>;

  /** Changes the column of a field, or its link table, from one definition to another. */
  async alterField(model: ModelClass, oldField: Field, newField: Field): Promise<void> {
    if (!fieldShouldBeAltered(oldField, newField)) return;
    assertKeyStays(oldField, newField);
    if (oldField.manyToMany !== newField.manyToMany)
      throw new SchemaError(
        `${newField.toString()} cannot be altered from or to a many-to-many field: remove it, and add it again.`,
      );
    if (oldField.manyToMany) await this.#alterLink(oldField as ManyToManyField, newField as ManyToManyField);
    else await this.alterColumn(model, oldField, newField);
    await this.runDeferred();
  }

  async #alterLink(oldField: ManyToManyField, newField: ManyToManyField): Promise<void> {
    const [oldLink, newLink] = [linkModel(oldField), linkModel(newField)];
    if (oldLink === undefined && newLink === undefined) return;
    if (oldLink === undefined || newLink === undefined)
      throw new SchemaError(
        `${newField.toString()} cannot be altered to have or lose a model of its own (through): remove it, and add it again.`,
      );
    await this.alterLinkTable(oldLink, newLink, [
      [oldField.targetLink, newField.targetLink],
      [oldField.sourceLink, newField.sourceLink],
    ]);
  }

  /** Lets a link table and its two columns follow their models. */
  protected async alterLinkTable(
    oldLink: ModelClass,
    newLink: ModelClass,
    pairs: readonly (readonly [Field, Field])[],
  ): Promise<void> {
    await this.alterDbTable(newLink, oldLink._meta.dbTable, newLink._meta.dbTable);
    for (const [oldField, newField] of pairs) await this.alterField(newLink, oldField, newField);
  }

  protected abstract alterColumn(model: ModelClass, oldField: Field, newField: Field): Promise<void>;
}

/** The link table that belongs to a many-to-many field alone, if there is one. */
export function linkModel(field: Field): ModelClass | undefined {
  if (!field.manyToMany) return undefined;
  const through = (field as ManyToManyField).remoteField.throughModel;
  return through._meta.autoCreated === false ? undefined : through;
}

// A composite key is part of the table from its creation on, as in Django.
function assertKeyStays(...fields: readonly Field[]): void {
  const key = fields.find((field) => field instanceof CompositePrimaryKey);
  if (key === undefined) return;
  throw new SchemaError(
    `${key.toString()}: a composite primary key cannot be added to a table, taken away or changed. Make a new model, and copy the rows.`,
  );
}

function includesList(lists: readonly (readonly string[])[], list: readonly string[]): boolean {
  return lists.some((known) => known.join() === list.join());
}

/** The tablespace of the index of a field: its own, that of all indexes, or that of the table. */
export function indexTablespace(model: ModelClass, { dbTablespace }: Field): string {
  return dbTablespace ?? ((isConfigured() && settings.DEFAULT_INDEX_TABLESPACE) || model._meta.dbTablespace);
}
