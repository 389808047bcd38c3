// A transaction that is begun by one call and undone by another, for tests: the function in between is not ours to call.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { AtomicBlock, currentBlock, holdBlock } from "./block.ts";
import { connections } from "./connections.ts";

/** A transaction, or a savepoint in one, in which the process runs. */
export interface HeldTransaction {
  /** Undoes everything since the beginning. */
  rollback(): Promise<void>;
}

/**
 * Begins a transaction in which all runs that runs in no context of its own, until it is undone. Where one is held already, it makes a
 * savepoint there.
 */
export async function holdTransaction(using?: string): Promise<HeldTransaction> {
  const connection = connections.get(using);
  const outer = currentBlock(connection.alias);
  return outer?.transaction === undefined ? begin(connection) : beginWithin(connection, outer);
}

async function begin(connection: BaseWrapper): Promise<HeldTransaction> {
  const { block, release } = await connection.beginTransaction({ isTest: true });
  holdBlock(connection.alias, block);
  return {
    async rollback() {
      holdBlock(connection.alias, undefined);
      end(block);
      try {
        await connection.endTransaction(block.session, "ROLLBACK");
      } finally {
        await release();
      }
    },
  };
}

async function beginWithin(connection: BaseWrapper, outer: AtomicBlock): Promise<HeldTransaction> {
  const { session, transaction } = outer;
  const name = transaction?.nextSavepoint() ?? "";
  await connection.control(session, `SAVEPOINT ${name}`);
  const block = new AtomicBlock(session, transaction, outer, true);
  holdBlock(connection.alias, block);
  return {
    async rollback() {
      holdBlock(connection.alias, outer);
      block.closed = true;
      if (transaction !== undefined) {
        transaction.needsRollback = false;
        transaction.hooks.splice(0);
      }
      await connection.control(session, `ROLLBACK TO SAVEPOINT ${name}`);
      await connection.control(session, `RELEASE SAVEPOINT ${name}`);
    },
  };
}

function end(block: AtomicBlock): void {
  block.closed = true;
  if (block.transaction !== undefined) block.transaction.closed = true;
}

/** What waits for the commit of the transaction that is open here, in its order. Answers to `connection.run_on_commit`. */
export function commitHooks(using?: string): readonly { readonly run: () => unknown; readonly robust: boolean }[] {
  return [...(currentBlock(connections.get(using).alias)?.transaction?.hooks ?? [])];
}
