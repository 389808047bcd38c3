// How far one run of a migration got.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import type { Migration } from "../migration.ts";
import type { Operation } from "../operations/operation.ts";
import type { MigrationRecorder } from "./recorder.ts";

/** What a failed run leaves behind. */
export interface Remains {
  /** The operation that failed; undefined where none had begun. */
  readonly operation: Operation | undefined;
  /** The operations that stay done, because the database could not take them back. */
  readonly finished: readonly Operation[];
  /** Whether the failed operation has done a part of its work, which stays, too. */
  readonly partly: boolean;
}

/**
 * One run of a migration. Where its end is not that of a transaction, the record notes each operation before it begins, so
 * that a process that is killed leaves word of how far it got.
 */
export class Attempt {
  readonly #recorder: MigrationRecorder;
  readonly #migration: Migration;
  readonly #backwards: boolean;
  readonly #isWhole: boolean;
  readonly #finished: Operation[] = [];
  #current: Operation | undefined;
  #statementsBefore = 0;
  #editor: SchemaEditor | undefined;

  constructor(connection: BaseWrapper, recorder: MigrationRecorder, migration: Migration, backwards: boolean) {
    this.#recorder = recorder;
    this.#migration = migration;
    this.#backwards = backwards;
    this.#isWhole = migration.atomic && connection.features.canRollbackDdl;
  }

  /** Called before each operation. */
  async begin(operation: Operation, editor: SchemaEditor): Promise<void> {
    if (this.#current !== undefined) this.#finished.push(this.#current);
    this.#current = operation;
    this.#editor = editor;
    this.#statementsBefore = editor.statementCount;
    if (!this.#isWhole)
      await this.#recorder.recordProgress(this.#migration.key, this.#backwards, this.#finished.length);
  }

  /** Called when the run has failed. The note is struck out where nothing stays. */
  async giveUp(): Promise<Remains> {
    const partly = !this.#isWhole && (this.#editor?.statementCount ?? 0) > this.#statementsBefore;
    const finished = this.#isWhole ? [] : this.#finished;
    if (!this.#isWhole && finished.length === 0 && !partly)
      await this.#recorder.forgetProgress(this.#migration.key, this.#backwards);
    return { operation: this.#current, finished, partly };
  }
}
