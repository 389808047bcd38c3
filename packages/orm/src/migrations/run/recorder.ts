// The table that remembers which migrations have been applied.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { DatabaseError } from "../../exceptions.ts";
import { BigAutoField } from "../../fields/auto.ts";
import { DateTimeField } from "../../fields/dates.ts";
import { CharField } from "../../fields/text.ts";
import { defineModel } from "../../models/define.ts";
import type { ModelClass } from "../../models/model.ts";
import { ModelRegistry } from "../../models/registry.ts";
import { introspect } from "../../schema/introspection.ts";
import { schemaEditor } from "../../schema/schema-editor.ts";
import { type MigrationKey, keyText } from "../graph.ts";

/** The table of the record. Django's own record, `django_migrations`, is left alone. */
export const RECORD_TABLE = "tsgo_migrations";

/** A migration that has been applied. */
export interface AppliedMigration {
  readonly key: MigrationKey;
  readonly appliedAt: Date;
  /** What it did then, as `migrationChecksum` tells; empty where that was not noted. */
  readonly checksum: string;
}

/** Reads and writes the record of one database. Answers to `MigrationRecorder`. */
export class MigrationRecorder {
  readonly #connection: BaseWrapper;

  constructor(connection: BaseWrapper) {
    this.#connection = connection;
  }

  /** Whether the table exists. */
  async hasTable(): Promise<boolean> {
    return (await introspect(this.#connection).tableNames()).includes(RECORD_TABLE);
  }

  /** Makes the table where there is none. */
  async ensureTable(): Promise<void> {
    if (await this.hasTable()) return;
    try {
      await schemaEditor(this.#connection, (editor) => editor.createModel(recordModel()));
    } catch (error) {
      // Another process may have been faster.
      if (await this.hasTable()) return;
      throw new DatabaseError(`The table ${RECORD_TABLE}, which remembers the migrations, could not be made.`, {
        cause: error,
      });
    }
  }

  /** The applied migrations in the order in which they were applied; none where there is no table. */
  async applied(): Promise<Map<string, AppliedMigration>> {
    if (!(await this.hasTable())) return new Map();
    const q = (name: string): string => this.#connection.quoteName(name);
    const { rows } = await this.#connection.execute(
      `SELECT ${q("app")}, ${q("name")}, ${q("applied")}, ${q("checksum")} FROM ${q(RECORD_TABLE)} ORDER BY ${q("id")}`,
    );
    return new Map(
      rows.map(([app, name, applied, checksum]) => {
        const key: MigrationKey = [String(app), String(name)];
        const appliedAt = this.#connection.operations.dateTimeFromDb(applied) as Date;
        return [keyText(key), { key, appliedAt, checksum: typeof checksum === "string" ? checksum : "" }];
      }),
    );
  }

  /** Notes that a migration has been applied. */
  async recordApplied([app, name]: MigrationKey, checksum: string): Promise<void> {
    await this.recordUnapplied([app, name]);
    const q = (column: string): string => this.#connection.quoteName(column);
    const columns = ["app", "name", "applied", "checksum"].map(q).join(", ");
    const { operations } = this.#connection;
    const values = [1, 2, 3, 4].map((index) => operations.placeholder(index)).join(", ");
    await this.#connection.execute(`INSERT INTO ${q(RECORD_TABLE)} (${columns}) VALUES (${values})`, [
      app,
      name,
      operations.adaptDateTime(new Date()),
      checksum,
    ]);
  }

  /** Notes that a migration has been taken back. */
  async recordUnapplied([app, name]: MigrationKey): Promise<void> {
    const q = (column: string): string => this.#connection.quoteName(column);
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
    },
    meta: { dbTable: RECORD_TABLE },
  });
}
