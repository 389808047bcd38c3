// What a migration does to a database, operation by operation.

import { atomic } from "../../db/transaction.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import { IrreversibleError } from "../exceptions.ts";
import { keyText } from "../graph.ts";
import type { Migration } from "../migration.ts";
import type { Operation } from "../operations/operation.ts";
import type { ProjectState } from "../state/project-state.ts";

/** Is told of each operation before it runs. */
export type OperationReport = (operation: Operation) => void | Promise<void>;

/** Applies the operations of a migration, and gives the state after it. */
export async function applyOperations(
  editor: SchemaEditor,
  migration: Migration,
  before: ProjectState,
  report: OperationReport = () => {},
): Promise<ProjectState> {
  let state = before;
  for (const operation of migration.operations) {
    await report(operation);
    const after = operation.stateForwards(migration.appLabel, state);
    const from = state;
    await inFrame(editor, migration, operation, () =>
      operation.databaseForwards(migration.appLabel, editor, from, after),
    );
    state = after;
  }
  return state;
}

/** Undoes the operations of a migration, given the state before it. */
export async function unapplyOperations(
  editor: SchemaEditor,
  migration: Migration,
  before: ProjectState,
  report: OperationReport = () => {},
): Promise<void> {
  refuseIrreversible(migration);
  const steps: { operation: Operation; from: ProjectState; to: ProjectState }[] = [];
  let state = before;
  for (const operation of migration.operations) {
    const after = operation.stateForwards(migration.appLabel, state);
    steps.unshift({ operation, from: after, to: state });
    state = after;
  }
  for (const { operation, from, to } of steps) {
    await report(operation);
    await inFrame(editor, migration, operation, () =>
      operation.databaseBackwards(migration.appLabel, editor, from, to),
    );
  }
}

/** Runs one operation, in a transaction of its own where it wants one that its migration does not give. */
async function inFrame(
  editor: SchemaEditor,
  migration: Migration,
  operation: Operation,
  run: () => void | Promise<void>,
): Promise<void> {
  // A name with a line break must not get out of the comment.
  if (editor.collectSql) editor.collected.push(`--\n-- ${operation.describe().replaceAll(/[\r\n]+/g, " ")}\n--`);
  if (editor.collectSql && !operation.reducesToSql) {
    editor.collected.push("-- THIS OPERATION CANNOT BE WRITTEN AS SQL");
    return;
  }
  const length = editor.collected.length;
  const wholeDatabase = migration.atomic && editor.connection.features.canRollbackDdl;
  if (operation.atomic && !wholeDatabase && !editor.collectSql)
    await atomic(async () => run(), { using: editor.connection.alias });
  else await run();
  await editor.runDeferred();
  if (!operation.reducesToSql || operation.sign === "s") await editor.settleConstraints();
  if (editor.collectSql && editor.collected.length === length) editor.collected.push("-- (no-op)");
}

/** @throws IrreversibleError where an operation of the migration has no way back. */
export function refuseIrreversible(migration: Migration): void {
  const operation = migration.operations.find((step) => !step.reversible);
  if (operation !== undefined)
    throw new IrreversibleError(
      `Migration ${keyText(migration.key)} cannot be taken back: its operation "${operation.describe()}" has no way back.`,
    );
}
