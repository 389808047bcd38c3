// The table that remembers which migrations have been applied.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Row } from "../../backends/base/wrapper.ts";
import { atomic } from "../../db/transaction.ts";
import { DatabaseError } from "../../exceptions.ts";
import { BigAutoField } from "../../fields/auto.ts";
import { DateTimeField } from "../../fields/dates.ts";
import { CharField } from "../../fields/text.ts";
import { defineModel } from "../../models/define.ts";
import type { ModelClass } from "../../models/model.ts";
import { ModelRegistry } from "../../models/registry.ts";
import { localField } from "../../schema/columns.ts";
import { introspect } from "../../schema/introspection.ts";
import { schemaEditor } from "../../schema/schema-editor.ts";
import { type MigrationKey, keyText } from "../graph.ts";

/** The table of the record. Django's own record, `django_migrations`, is left alone. */
export const RECORD_TABLE = "tsgo_migrations";
/** The column that says how far a migration got, while it is not applied as a whole: `forwards 3`. */
const UNFINISHED = "unfinished";

/** A migration that has been applied. */
export interface AppliedMigration {
  readonly key: MigrationKey;
  readonly appliedAt: Date;
  /** What it did then, as `migrationChecksum` tells; empty where that was not noted. */
  readonly checksum: string;
}

/** A migration that was begun, in a way that no transaction takes back, and has not got to its end. */
export interface UnfinishedMigration {
  readonly key: MigrationKey;
  /** Whether it was being taken back. */
  readonly backwards: boolean;
  /** How many of its operations are done; the next one was begun. */
  readonly done: number;
  readonly begunAt: Date;
}

/** Reads and writes the record of one database. Answers to `MigrationRecorder`. */
export class MigrationRecorder {
  readonly #connection: BaseWrapper;

  constructor(connection: BaseWrapper) {
    this.#connection = connection;
  }

  /** Makes the table where there is none. */
  async ensureTable(): Promise<void> {
    const columns = await this.#columns();
    if (columns.size > 0) return columns.has(UNFINISHED) ? undefined : this.#addUnfinished();
    try {
      await schemaEditor(this.#connection, (editor) => editor.createModel(recordModel()));
    } catch (error) {
      // Another process may have been faster.
      if ((await this.#columns()).size > 0) return;
      throw new DatabaseError(`The table ${RECORD_TABLE}, which remembers the migrations, could not be made.`, {
        cause: error,
      });
    }
  }

  /** Tables made by the first releases lack the column. */
  async #addUnfinished(): Promise<void> {
    const model = recordModel();
    await schemaEditor(this.#connection, (editor) => editor.addField(model, localField(model, UNFINISHED)));
  }

  async #columns(): Promise<Set<string>> {
    return new Set((await introspect(this.#connection).columns(RECORD_TABLE)).map(({ name }) => name));
  }

  /** The rows of the table, the oldest first; none where there is no table. */
  async #rows(): Promise<readonly Row[]> {
    const columns = await this.#columns();
    if (columns.size === 0) return [];
    const list = ["app", "name", "applied", "checksum", UNFINISHED].map((name) =>
      columns.has(name) ? this.#q(name) : "NULL",
    );
    const { rows } = await this.#connection.execute(
      `SELECT ${list.join(", ")} FROM ${this.#q(RECORD_TABLE)} ORDER BY ${this.#q("id")}`,
    );
    return rows;
  }

  #q(name: string): string {
    return this.#connection.quoteName(name);
  }

  #date(value: unknown): Date {
    return this.#connection.operations.dateTimeFromDb(value) as Date;
  }

  /** The applied migrations in the order in which they were applied. */
  async applied(): Promise<Map<string, AppliedMigration>> {
    const rows = (await this.#rows()).filter(([, , , , unfinished]) => unfinished === null);
    return new Map(
      rows.map(([app, name, applied, checksum]) => {
        const key: MigrationKey = [String(app), String(name)];
        const appliedAt = this.#date(applied);
        return [keyText(key), { key, appliedAt, checksum: typeof checksum === "string" ? checksum : "" }];
      }),
    );
  }

  /** The migrations that were begun and have not ended. */
  async unfinished(): Promise<UnfinishedMigration[]> {
    return (await this.#rows()).flatMap(([app, name, applied, , unfinished]) => {
      const [, direction, done] = /^(forwards|backwards) (\d+)$/.exec(String(unfinished)) ?? [];
      if (direction === undefined) return [];
      const key: MigrationKey = [String(app), String(name)];
      return [{ key, backwards: direction === "backwards", done: Number(done), begunAt: this.#date(applied) }];
    });
  }

  /** Notes how far a migration is whose operations the database cannot take back. */
  async recordProgress(key: MigrationKey, backwards: boolean, done: number): Promise<void> {
    const progress = `${backwards ? "backwards" : "forwards"} ${done}`;
    if (done > 0 || backwards) await this.#setUnfinished(key, progress);
    else await this.#insert(key, "", progress);
  }

  /** Strikes the note out, since nothing was done. */
  async forgetProgress(key: MigrationKey, backwards: boolean): Promise<void> {
    if (backwards) await this.#setUnfinished(key, null);
    else await this.recordUnapplied(key);
  }

  async #setUnfinished([app, name]: MigrationKey, progress: string | null): Promise<void> {
    const mark = (number: number): string => this.#connection.operations.placeholder(number);
    await this.#connection.execute(
      `UPDATE ${this.#q(RECORD_TABLE)} SET ${this.#q(UNFINISHED)} = ${mark(1)} WHERE ${this.#q("app")} = ${mark(2)} AND ${this.#q("name")} = ${mark(3)}`,
      [progress, app, name],
    );
  }

  /** Notes that a migration has been applied. */
  async recordApplied(key: MigrationKey, checksum: string): Promise<void> {
    await this.#insert(key, checksum, null);
  }

  /** In one transaction, so that a process that is killed between the two statements leaves one of the two rows. */
  #insert(key: MigrationKey, checksum: string, unfinished: string | null): Promise<void> {
    return atomic(() => this.#replace(key, checksum, unfinished), { using: this.#connection.alias });
  }

  async #replace([app, name]: MigrationKey, checksum: string, unfinished: string | null): Promise<void> {
    await this.recordUnapplied([app, name]);
    const columns = ["app", "name", "applied", "checksum", UNFINISHED].map((column) => this.#q(column));
    const { operations } = this.#connection;
    const values = columns.map((_column, at) => operations.placeholder(at + 1)).join(", ");
    await this.#connection.execute(`INSERT INTO ${this.#q(RECORD_TABLE)} (${columns.join(", ")}) VALUES (${values})`, [
      app,
      name,
      operations.adaptDateTime(new Date()),
      checksum,
      unfinished,
    ]);
  }

  /** Notes that a migration has been taken back. */
  async recordUnapplied([app, name]: MigrationKey): Promise<void> {
    const q = (column: string): string => this.#q(column);
    const { operations } = this.#connection;
    await this.#connection.execute(
      `DELETE FROM ${q(RECORD_TABLE)} WHERE ${q("app")} = ${operations.placeholder(1)} AND ${q("name")} = ${operations.placeholder(2)}`,
      [app, name],
    );
  }
}

function recordModel(): ModelClass {
  const registry = new ModelRegistry();
  return defineModel(registry, "migrations", "Migration", {
    fields: {
      id: new BigAutoField(),
      app: new CharField({ maxLength: 255 }),
      name: new CharField({ maxLength: 255 }),
      applied: new DateTimeField(),
      checksum: new CharField({ maxLength: 32, null: true }),
      [UNFINISHED]: new CharField({ maxLength: 20, null: true }),
    },
    meta: { dbTable: RECORD_TABLE },
  });
}
