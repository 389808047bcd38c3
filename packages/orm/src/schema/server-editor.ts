// What PostgreSQL and MariaDB have in common: columns and constraints are changed in place.

import type { Field } from "../fields/field.ts";
import type { Constraint } from "../models/constraints/constraint.ts";
import { UniqueConstraint } from "../models/constraints/unique.ts";
import type { ModelClass } from "../models/model.ts";
import { columnsOf } from "./columns.ts";
import { columnSql, dbDefaultSql, effectiveDefault, hasForeignKey, referencesSql } from "./column-sql.ts";
import { constraintSql, isIndexOnly, uniqueIndexSql } from "./constraint-sql.ts";
import { SchemaEditor } from "./editor.ts";
import { SchemaError } from "./exceptions.ts";
import { type ConstraintInfo, introspect } from "./introspection.ts";

/** Which constraints are looked for among those of a table. */
type ConstraintKind = "primaryKey" | "unique" | "index" | "check" | "foreignKey";

/** The parent of the editors of database servers. */
export abstract class ServerSchemaEditor extends SchemaEditor {
  /** `ALTER TABLE "t" ...` */
  protected alterTable(table: string, change: string): Promise<void> {
    return this.execute(`ALTER TABLE ${this.quoteName(table)} ${change}`);
  }

  /** The names of the constraints of one kind over exactly these columns. */
  protected async constraintNames(table: string, columns: readonly string[], kind: ConstraintKind): Promise<string[]> {
    const all = await introspect(this.connection).constraints(table);
    return all
      .filter((info) => isOfKind(info, kind) && info.columns.join() === columns.join())
      .flatMap(({ name }) => name ?? []);
  }

  override async indexNames(
    table: string,
    columns: readonly string[],
    { unique }: { readonly unique: boolean },
  ): Promise<readonly string[]> {
    return this.constraintNames(table, columns, unique ? "unique" : "index");
  }

  // ---- tables

  override async createModel(model: ModelClass): Promise<void> {
    for (const field of model._meta.localConcreteFields)
      if (hasForeignKey(field)) this.deferred.push(this.foreignKeySql(model._meta.dbTable, field));
    await super.createModel(model);
  }

  /** The statement that adds the reference of a field. */
  protected foreignKeySql(table: string, field: Field): string {
    const column = field.column ?? field.name;
    if (!hasForeignKey(field)) throw new SchemaError(`${field.toString()} refers to nothing.`);
    const target = field.remoteField.model._meta.dbTable;
    const suffix = `_fk_${target}_${field.targetField.column ?? field.targetField.name}`;
    const name = this.generatedName(table, [column], suffix);
    return (
      `ALTER TABLE ${this.quoteName(table)} ADD CONSTRAINT ${this.quoteName(name)} ` +
      `FOREIGN KEY (${this.quoteName(column)}) ${referencesSql(this, field)}`
    );
  }

  protected abstract dropForeignKeySql(table: string, name: string): string;

  // ---- constraints

  override createConstraintSql(model: ModelClass, constraint: Constraint): string {
    if (isIndexOnly(constraint)) return uniqueIndexSql(this, model, constraint);
    return `ALTER TABLE ${this.quoteName(model._meta.dbTable)} ADD ${constraintSql(this, model, constraint)}`;
  }

  override createUniqueTogetherSql(model: ModelClass, fieldNames: readonly string[]): string {
    const index = super.createUniqueTogetherSql(model, fieldNames);
    const [, name = "", columns = ""] = /^CREATE UNIQUE INDEX (\S+) ON \S+ (\(.*\))$/.exec(index) ?? [];
    return `ALTER TABLE ${this.quoteName(model._meta.dbTable)} ADD CONSTRAINT ${name} UNIQUE ${columns}`;
  }

  override async addConstraint(model: ModelClass, constraint: Constraint): Promise<void> {
    if (this.canHaveConstraint(constraint)) await this.execute(this.createConstraintSql(model, constraint));
  }

  override async removeConstraint(model: ModelClass, constraint: Constraint): Promise<void> {
    const table = model._meta.dbTable;
    if (!this.canHaveConstraint(constraint)) return;
    if (isIndexOnly(constraint)) await this.execute(this.dropIndexSql(table, constraint.name));
    else if (constraint instanceof UniqueConstraint)
      await this.dropUnique(table, constraint.name, columnsOf(model, constraint.fields));
    else await this.execute(this.dropCheckSql(table, constraint.name));
  }

  protected abstract dropCheckSql(table: string, name: string): string;

  abstract override uniqueTail(model: ModelClass, constraint: UniqueConstraint): string;

  // ---- columns

  protected override async addColumn(model: ModelClass, field: Field): Promise<void> {
    const [table, column] = [model._meta.dbTable, field.column ?? field.name];
    const definition = columnSql(this, field.model, field, { includeDefault: true });
    await this.alterTable(table, `ADD COLUMN ${this.quoteName(column)} ${definition}`);
    // The default of the program served to fill the column; from now on the program gives each row its value.
    if (!field.generated && !field.hasDbDefault() && effectiveDefault(field, this.connection) !== null)
      await this.alterTable(table, this.dropDefaultSql(field));
    if (hasForeignKey(field)) this.deferred.push(this.foreignKeySql(table, field));
    this.deferred.push(...this.fieldIndexesSql(model, field));
    await this.afterAddColumn(model, field);
  }

  protected async afterAddColumn(_model: ModelClass, _field: Field): Promise<void> {}

  protected dropDefaultSql(field: Field): string {
    return `ALTER COLUMN ${this.quoteName(field.column ?? field.name)} DROP DEFAULT`;
  }

  protected override async removeColumn(model: ModelClass, field: Field): Promise<void> {
    const [table, column] = [model._meta.dbTable, field.column ?? field.name];
    if (hasForeignKey(field)) await this.dropForeignKeys(table, column);
    await this.alterTable(table, `DROP COLUMN ${this.quoteName(column)}${this.dropColumnTail}`);
  }

  protected get dropColumnTail(): string {
    return "";
  }

  protected async dropForeignKeys(table: string, column: string): Promise<void> {
    for (const name of await this.constraintNames(table, [column], "foreignKey"))
      await this.execute(this.dropForeignKeySql(table, name));
  }

  protected override async alterColumn(model: ModelClass, oldField: Field, newField: Field): Promise<void> {
    if (oldField.generated || newField.generated) return this.#alterGenerated(model, oldField, newField);
    const change = new ColumnChange(this, model, oldField, newField);
    const referring = change.keyTypeChanges ? await this.#releaseReferring(change) : [];
    if (
      hasForeignKey(oldField) &&
      (change.typeChanges || change.columnChanges || !hasForeignKey(newField) || change.targetChanges)
    )
      await this.dropForeignKeys(change.table, change.oldColumn);
    if (oldField.unique && (!newField.unique || (oldField.primaryKey && !newField.primaryKey)))
      await this.#dropUnique(change);
    if (change.hadIndex && change.indexChanges) await this.#dropIndexes(change);
    if (oldField.dbParameters(this.connection).check !== null && change.checkChanges) await this.#dropChecks(change);
    if (change.columnChanges)
      await this.alterTable(change.table, this.renameColumnSql(newField, change.oldColumn, change.newColumn));
    await this.alterDefinition(change);
    await this.#addParts(change);
    for (const field of referring) {
      const type = field.relDbTypeOf;
      await this.alterReferringType(field.table, field.column, type, field.notNull);
      await this.execute(field.restore);
    }
    await this.afterAlterColumn(model, oldField, newField);
  }

  protected async afterAlterColumn(_model: ModelClass, _oldField: Field, _newField: Field): Promise<void> {}

  /** A computed column cannot become another one: its values are made anew. */
  async #alterGenerated(model: ModelClass, oldField: Field, newField: Field): Promise<void> {
    if (oldField.generated !== newField.generated)
      throw new SchemaError(
        `${newField.toString()} cannot be altered from or to a computed column: remove it, and add it again.`,
      );
    await this.removeColumn(model, oldField);
    await this.addColumn(model, newField);
  }

  /** Takes the references to a key away while its type changes; gives what puts them back. */
  async #releaseReferring(change: ColumnChange): Promise<Referring[]> {
    const referring: Referring[] = [];
    for (const { field } of change.newField.model._meta.allRelatedObjects) {
      if (field.manyToMany || field.column === null || field.targetField.name !== change.newField.name) continue;
      const table = field.model._meta.dbTable;
      if (hasForeignKey(field)) await this.dropForeignKeys(table, field.column);
      referring.push({
        table,
        column: field.column,
        relDbTypeOf: field.dbType(this.connection) ?? "",
        notNull: !field.null,
        restore: hasForeignKey(field) ? this.foreignKeySql(table, field) : "SELECT 1",
      });
    }
    return referring;
  }

  protected abstract alterReferringType(table: string, column: string, type: string, notNull: boolean): Promise<void>;

  async #dropUnique(change: ColumnChange): Promise<void> {
    const kind = change.oldField.primaryKey ? "primaryKey" : "unique";
    const declared = new Set(change.model._meta.constraints.map((constraint) => constraint.name));
    const names = await this.constraintNames(change.table, [change.oldColumn], kind);
    for (const name of names.filter((known) => !declared.has(known)).slice(0, 1))
      if (kind === "primaryKey") await this.execute(this.dropPrimaryKeySql(change.table, name));
      else await this.dropUnique(change.table, name, [change.oldColumn]);
    await this.afterDropUnique(change);
  }

  protected async afterDropUnique(_change: ColumnChange): Promise<void> {}

  protected abstract dropPrimaryKeySql(table: string, name: string): string;

  async #dropIndexes(change: ColumnChange): Promise<void> {
    const declared = new Set(change.model._meta.indexes.map((index) => index.name));
    const names = await this.constraintNames(change.table, [change.oldColumn], "index");
    for (const name of names.filter((known) => !declared.has(known)))
      await this.execute(this.dropIndexSql(change.table, name));
  }

  async #dropChecks(change: ColumnChange): Promise<void> {
    const declared = new Set(change.model._meta.constraints.map((constraint) => constraint.name));
    const names = await this.constraintNames(change.table, [change.oldColumn], "check");
    for (const name of names.filter((known) => !declared.has(known)))
      await this.execute(this.dropCheckSql(change.table, name));
  }

  protected renameColumnSql(_newField: Field, oldColumn: string, newColumn: string): string {
    return `RENAME COLUMN ${this.quoteName(oldColumn)} TO ${this.quoteName(newColumn)}`;
  }

  /** Changes type, NULL and default of a column that has its new name already. */
  protected abstract alterDefinition(change: ColumnChange): Promise<void>;

  /** The value for the rows that have none, before NULL is forbidden. */
  protected async fillNulls(change: ColumnChange): Promise<void> {
    const { newField, table, newColumn } = change;
    const filling = newField.hasDbDefault()
      ? dbDefaultSql(this, newField.model, newField)
      : this.#effectiveLiteral(newField);
    if (filling === undefined) return;
    const column = this.quoteName(newColumn);
    await this.execute(`UPDATE ${this.quoteName(table)} SET ${column} = ${filling} WHERE ${column} IS NULL`);
    await this.settleConstraints();
  }

  #effectiveLiteral(field: Field): string | undefined {
    const value = effectiveDefault(field, this.connection);
    return value === null ? undefined : this.quoteValue(value);
  }

  /** Adds what the new definition has and the old one had not: key, uniqueness, index, reference, check. */
  async #addParts(change: ColumnChange): Promise<void> {
    const { oldField, newField, table, newColumn } = change;
    if (newField.primaryKey && !oldField.primaryKey) await this.#addPrimaryKey(change);
    else if (newField.unique && !oldField.unique) await this.alterTable(table, this.addUniqueSql(table, newColumn));
    const { check } = newField.dbParameters(this.connection);
    if (check !== null) await this.addCheck(change, check);
    if (change.hasIndex && change.indexChanges) this.deferred.push(...this.fieldIndexesSql(change.model, newField));
    const referenceChanged =
      change.typeChanges || change.columnChanges || change.targetChanges || !hasForeignKey(oldField);
    if (hasForeignKey(newField) && referenceChanged) this.deferred.push(this.foreignKeySql(table, newField));
  }

  async #addPrimaryKey({ table, newColumn, model }: ColumnChange): Promise<void> {
    // Where another key is still there, it goes.
    const keys = (await introspect(this.connection).constraints(table)).filter((info) => info.primaryKey);
    for (const { name } of keys) if (name !== null) await this.execute(this.dropPrimaryKeySql(table, name));
    const name = this.generatedName(model._meta.dbTable, [newColumn], "_pk");
    await this.alterTable(table, `ADD CONSTRAINT ${this.quoteName(name)} PRIMARY KEY (${this.quoteName(newColumn)})`);
  }

  protected addUniqueSql(table: string, column: string): string {
    const name = this.generatedName(table, [column], "_uniq");
    return `ADD CONSTRAINT ${this.quoteName(name)} UNIQUE (${this.quoteName(column)})`;
  }

  /** Adds the check of a column where the change has left none. */
  protected async addCheck({ table, newColumn, checkChanges }: ColumnChange, check: string): Promise<void> {
    if (checkChanges) await this.alterTable(table, this.addCheckSql(table, newColumn, check));
  }

  protected addCheckSql(table: string, column: string, check: string): string {
    const name = this.generatedName(table, [column], "_check");
    return `ADD CONSTRAINT ${this.quoteName(name)} CHECK (${check})`;
  }
}

interface Referring {
  readonly table: string;
  readonly column: string;
  readonly relDbTypeOf: string;
  readonly notNull: boolean;
  readonly restore: string;
}

function isOfKind(info: ConstraintInfo, kind: ConstraintKind): boolean {
  switch (kind) {
    case "primaryKey":
      return info.primaryKey;
    case "unique":
      return info.unique && !info.primaryKey && info.where === null;
    case "index":
      return info.index && !info.unique && info.where === null;
    case "check":
      return info.check;
    case "foreignKey":
      return info.foreignKey !== null;
    default:
      return false;
  }
}

/** What differs between two definitions of a column. */
export class ColumnChange {
  readonly model: ModelClass;
  readonly table: string;
  readonly oldField: Field;
  readonly newField: Field;
  readonly oldColumn: string;
  readonly newColumn: string;
  readonly oldType: string;
  readonly newType: string;
  readonly typeChanges: boolean;
  readonly columnChanges: boolean;
  readonly keyTypeChanges: boolean;
  readonly targetChanges: boolean;
  readonly checkChanges: boolean;
  readonly hadIndex: boolean;
  readonly hasIndex: boolean;
  /** Whether the field's own indexes are others than before: a unique text of PostgreSQL has one of the two. */
  readonly indexChanges: boolean;
  readonly suffixChanges: boolean;

  constructor(editor: SchemaEditor, model: ModelClass, oldField: Field, newField: Field) {
    const { connection } = editor;
    this.model = model;
    this.table = model._meta.dbTable;
    this.oldField = oldField;
    this.newField = newField;
    this.oldColumn = oldField.column ?? oldField.name;
    this.newColumn = newField.column ?? newField.name;
    const [before, after] = [oldField.dbParameters(connection), newField.dbParameters(connection)];
    this.oldType = before.type ?? "";
    this.newType = after.type ?? "";
    this.suffixChanges = oldField.dbTypeSuffix(connection) !== newField.dbTypeSuffix(connection);
    this.typeChanges = this.oldType !== this.newType || before.collation !== after.collation;
    this.columnChanges = this.oldColumn !== this.newColumn;
    this.keyTypeChanges =
      oldField.unique && newField.unique && oldField.relDbType(connection) !== newField.relDbType(connection);
    this.checkChanges = before.check !== after.check;
    this.hadIndex = editor.fieldIndexesSql(model, oldField).length > 0;
    this.hasIndex = editor.fieldIndexesSql(model, newField).length > 0;
    this.indexChanges = this.typeChanges || this.hadIndex !== this.hasIndex || oldField.unique !== newField.unique;
    this.targetChanges = targetOf(oldField) !== targetOf(newField);
  }
}

function targetOf(field: Field): string | undefined {
  if (!hasForeignKey(field)) return undefined;
  const { onDelete } = field.remoteField;
  return `${field.remoteField.model._meta.dbTable}.${field.targetField.column ?? ""}.${onDelete?.database ?? ""}`;
}
