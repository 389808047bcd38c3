import { TsgoError } from "@tsgo/core/exceptions";

import { keyText } from "../graph.ts";
import type { Migration } from "../migration.ts";
import type { Operation } from "../operations/operation.ts";

/** What is known about a migration that failed. */
export interface FailureFacts {
  readonly migration: Migration;
  readonly file: string | undefined;
  readonly operation: Operation | undefined;
  /** The operations that stay done, because the database could not take them back. */
  readonly finished: readonly Operation[];
  readonly cause: unknown;
}

/** A migration failed. The message has file, operation, the database's words, and how things stand now. */
export class MigrationFailure extends TsgoError {
  readonly migration: Migration;
  readonly operation: Operation | undefined;

  constructor({ migration, file, operation, finished, cause }: FailureFacts) {
    const where = file === undefined ? keyText(migration.key) : `${keyText(migration.key)} (${file})`;
    const step = operation === undefined ? "" : ` at "${operation.describe()}"`;
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`Migration ${where} failed${step}. ${reason}\n${standing(migration, finished)}`, {
      code: "migration_failed",
      cause,
    });
    this.migration = migration;
    this.operation = operation;
  }
}

function standing(migration: Migration, finished: readonly Operation[]): string {
  if (finished.length === 0) return "The database is as it was before this migration.";
  const done = finished.map((operation) => `  - ${operation.describe()}`).join("\n");
  return (
    `These operations of it are done and could not be taken back with the failed one:\n${done}\n` +
    `Undo them by hand and run migrate again, or finish the rest by hand and run 'migrate --fake ${migration.key.join(" ")}'.`
  );
}
