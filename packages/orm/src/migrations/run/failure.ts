// What is said of a migration that did not get to its end.

import { TsgoError } from "@tsgo/core/exceptions";

import { keyText } from "../graph.ts";
import type { Migration } from "../migration.ts";
import type { Operation } from "../operations/operation.ts";
import type { Remains } from "./attempt.ts";
import type { UnfinishedMigration } from "./recorder.ts";

interface Place {
  readonly migration: Migration;
  readonly file: string | undefined;
  /** The name of the migration before it in its app, or `zero`. */
  readonly previous: string;
}

/** What is known about a migration that failed. */
export interface FailureFacts extends Place, Remains {
  readonly backwards: boolean;
  readonly cause: unknown;
}

/** A migration failed. The message has file, operation, the database's words, and how things stand now. */
export class MigrationFailure extends TsgoError {
  readonly migration: Migration;
  readonly operation: Operation | undefined;

  constructor(facts: FailureFacts) {
    const { migration, operation, cause } = facts;
    const step = operation === undefined ? "" : ` at "${operation.describe()}"`;
    super(`Migration ${placeText(facts)} failed${step}. ${reasonOf(cause)}\n${standing(facts)}`, {
      code: "migration_failed",
      cause,
    });
    this.migration = migration;
    this.operation = operation;
  }
}

/** The database's words, with the row that PostgreSQL names apart from them. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { detail } = (cause.cause ?? {}) as { readonly detail?: unknown };
  return `${cause.name}: ${cause.message}${typeof detail === "string" ? ` ${detail}` : ""}`;
}

function standing(facts: FailureFacts): string {
  const { migration, backwards, finished, operation, partly } = facts;
  if (finished.length === 0 && !partly)
    return `The database is as it was before this migration${backwards ? " was to be taken back" : ""}.`;
  const done = new Set(finished);
  const lines = inOrder(migration, backwards).map((step) => {
    if (done.has(step)) return line("x", step);
    return line(step === operation && partly ? "?" : " ", step);
  });
  return [
    "What it has done could not be taken back with it ([x] done, [?] in part):",
    ...lines,
    wayOn(facts, backwards),
  ].join("\n");
}

/** A migration was begun, and the process ended before it: what the record tells about it. */
export class MigrationUnfinished extends TsgoError {
  constructor(place: Place, { backwards, done, begunAt }: UnfinishedMigration) {
    const lines = inOrder(place.migration, backwards).map((step, at) =>
      line(at < done ? "x" : at === done ? "?" : " ", step),
    );
    const verb = backwards ? "Taking back migration" : "Migration";
    super(
      [
        `${verb} ${placeText(place)} was begun at ${begunAt.toISOString()} and did not get to its end ([x] done, [?] begun):`,
        ...lines,
        wayOn(place, backwards),
      ].join("\n"),
      { code: "migration_unfinished" },
    );
  }
}

function placeText({ migration, file }: Place): string {
  return file === undefined ? keyText(migration.key) : `${keyText(migration.key)} (${file})`;
}

function inOrder({ operations }: Migration, backwards: boolean): readonly Operation[] {
  return backwards ? operations.toReversed() : operations;
}

function line(mark: string, operation: Operation): string {
  return `  [${mark}] ${operation.describe()}`;
}

function wayOn({ migration, previous }: Place, backwards: boolean): string {
  const [app, name] = migration.key;
  const [applied, taken] = [`'migrate --fake ${app} ${name}'`, `'migrate --fake ${app} ${previous}'`];
  const [finish, undo] = backwards ? [taken, applied] : [applied, taken];
  return (
    `Go on by hand: 'sqlmigrate ${backwards ? "--backwards " : ""}${app} ${name}' writes the statements of each operation. ` +
    `Do what is left and run ${finish}, or undo what is done and run ${undo}; then run 'migrate' again.`
  );
}
