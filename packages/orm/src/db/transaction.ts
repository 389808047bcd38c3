// Transactions.

import { type Awaitable, recovering } from "@tsgo/utils/awaitable";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { TransactionManagementError } from "../exceptions.ts";
import { AtomicBlock, type CommitHook, type Transaction, currentBlock, runInBlock } from "./block.ts";
import { connections } from "./connections.ts";

/** How a block of `atomic` behaves. */
export interface AtomicOptions {
  /** The database. */
  readonly using?: string;
  /** False: a nested block makes no savepoint, and an error in it dooms the block around. */
  readonly savepoint?: boolean;
  /** The block must be the outermost, so that its end is a real commit. */
  readonly durable?: boolean;
}

/**
 * Runs a function in a transaction: all that it changes stands when it ends, or nothing when it throws. Nested calls make
 * savepoints. Queries inside take part by themselves.
 *
 * @example
 * await atomic(async () => {
 *   await account.save();
 *   await Transfer.objects.create({ account, amount });
 * });
 */
export async function atomic<T>(fn: () => T | Promise<T>, options: AtomicOptions = {}): Promise<T> {
  const connection = connections.get(options.using);
  const outer = currentBlock(connection.alias);
  if (outer?.transaction === undefined) return outermost(connection, fn);
  outer.assertAlive();
  if (options.durable === true && !outer.isTest)
    throw new TransactionManagementError("A durable atomic() block cannot be nested within another atomic() block.");
  return nested(connection, outer, outer.transaction, fn, options.savepoint ?? true);
}

async function outermost<T>(connection: BaseWrapper, fn: () => T | Promise<T>): Promise<T> {
  const { block, release } = await connection.beginTransaction();
  const { transaction } = block;
  if (transaction === undefined) throw new TransactionManagementError("A transaction could not begin.");
  let committed = false;
  try {
    const result = await runInBlock(connection.alias, block, async () => fn());
    block.closed = true;
    if (transaction.needsRollback) await connection.endTransaction(transaction.session, "ROLLBACK");
    else {
      await connection.endTransaction(transaction.session, "COMMIT");
      committed = true;
    }
    return result;
  } catch (error) {
    block.closed = true;
    if (!committed) await rollbackQuietly(connection, transaction);
    throw error;
  } finally {
    transaction.closed = true;
    await release();
    if (committed) await runHooks(connection.alias, transaction.hooks);
  }
}

// The error that led here matters more than one of the rollback.
async function rollbackQuietly(connection: BaseWrapper, transaction: Transaction): Promise<void> {
  try {
    await connection.endTransaction(transaction.session, "ROLLBACK");
  } catch {
    // The connection is gone, and the transaction with it.
  }
}

async function runHooks(alias: string, hooks: readonly CommitHook[]): Promise<void> {
  for (const hook of hooks) {
    try {
      await runInBlock(alias, undefined, async () => hook.run());
    } catch (error) {
      if (!hook.robust) throw error;
    }
  }
}

async function nested<T>(
  connection: BaseWrapper,
  outer: AtomicBlock,
  transaction: Transaction,
  fn: () => T | Promise<T>,
  savepoint: boolean,
): Promise<T> {
  // Blocks side by side (Promise.all) run one after another, or one would undo the work of the other.
  while (outer.child !== undefined) await outer.child;
  outer.assertAlive();
  let finish: (() => void) | undefined;
  outer.child = new Promise((resolve) => {
    finish = resolve;
  });
  const block = new AtomicBlock(transaction.session, transaction, outer);
  const name = savepoint && !transaction.needsRollback ? transaction.nextSavepoint() : undefined;
  try {
    if (name !== undefined) await connection.control(transaction.session, `SAVEPOINT ${name}`);
    return await runNested(connection, block, transaction, fn, name);
  } finally {
    block.closed = true;
    outer.child = undefined;
    finish?.();
  }
}

async function runNested<T>(
  connection: BaseWrapper,
  block: AtomicBlock,
  transaction: Transaction,
  fn: () => T | Promise<T>,
  name: string | undefined,
): Promise<T> {
  const undo = async (): Promise<void> => {
    if (name === undefined) {
      transaction.needsRollback = true;
      return;
    }
    transaction.needsRollback = false;
    try {
      await connection.control(transaction.session, `ROLLBACK TO SAVEPOINT ${name}`);
      await connection.control(transaction.session, `RELEASE SAVEPOINT ${name}`);
    } catch {
      transaction.needsRollback = true;
    }
    dropHooks(transaction, block);
  };
  let result: T;
  try {
    result = await runInBlock(connection.alias, block, async () => fn());
  } catch (error) {
    await undo();
    throw error;
  }
  if (transaction.needsRollback) await undo();
  else if (name !== undefined) {
    try {
      await connection.control(transaction.session, `RELEASE SAVEPOINT ${name}`);
    } catch (error) {
      await undo();
      throw error;
    }
  }
  return result;
}

function dropHooks(transaction: Transaction, block: AtomicBlock): void {
  const kept = transaction.hooks.filter((hook) => !hook.blocks.has(block));
  transaction.hooks.splice(0, transaction.hooks.length, ...kept);
}

/**
 * Calls a function after the transaction is committed, or at once where there is none. With `robust`, an error in it does not
 * keep the functions behind it from running.
 */
export async function onCommit(
  fn: () => unknown,
  options: { readonly using?: string; readonly robust?: boolean } = {},
): Promise<void> {
  if (typeof fn !== "function") throw new TypeError("onCommit() takes a function.");
  const { alias } = connections.get(options.using);
  const block = currentBlock(alias);
  const robust = options.robust ?? false;
  if (block?.transaction !== undefined) {
    block.assertAlive();
    block.transaction.hooks.push({ run: fn, robust, blocks: block.chain });
    return;
  }
  try {
    await fn();
  } catch (error) {
    if (!robust) throw error;
  }
}

function inTransaction(using: string | undefined): {
  readonly connection: BaseWrapper;
  readonly block: AtomicBlock;
  readonly transaction: Transaction;
} {
  const connection = connections.get(using);
  const block = currentBlock(connection.alias);
  if (block?.transaction === undefined)
    throw new TransactionManagementError("This is possible inside of an atomic() block only.");
  return { connection, block, transaction: block.transaction };
}

/** Makes a savepoint and gives its name. */
export async function savepoint(using?: string): Promise<string | undefined> {
  if (!inAtomicBlock(using)) return undefined;
  const { connection, block, transaction } = inTransaction(using);
  block.assertUsable();
  const name = transaction.nextSavepoint();
  await connection.control(transaction.session, `SAVEPOINT ${name}`);
  return name;
}

/** Undoes everything since a savepoint. */
export async function savepointRollback(name: string | undefined, using?: string): Promise<void> {
  if (name === undefined) return;
  const { connection, block, transaction } = inTransaction(using);
  // A broken transaction may go back to before it broke.
  block.assertAlive();
  await connection.control(transaction.session, `ROLLBACK TO SAVEPOINT ${checkedSavepoint(name)}`);
}

/** Lets a savepoint go; what came after it stands with the block. */
export async function savepointCommit(name: string | undefined, using?: string): Promise<void> {
  if (name === undefined) return;
  const { connection, block, transaction } = inTransaction(using);
  block.assertUsable();
  await connection.control(transaction.session, `RELEASE SAVEPOINT ${checkedSavepoint(name)}`);
}

function checkedSavepoint(name: string): string {
  if (/^tsgo_s\d+$/.test(name)) return name;
  throw new TransactionManagementError(`'${name}' is not a savepoint.`);
}

/** Whether the innermost block will be undone when it ends. */
export function getRollback(using?: string): boolean {
  return inTransaction(using).transaction.needsRollback;
}

/** Decides whether the innermost block is undone when it ends. Set it to false only after going back to a savepoint. */
export function setRollback(rollback: boolean, using?: string): void {
  inTransaction(using).transaction.needsRollback = rollback;
}

/** Whether a transaction is open here. */
export function inAtomicBlock(using?: string): boolean {
  return connections.get(using).inAtomicBlock;
}

/** Dooms the innermost block when a statement of several fails, so that a half-done change is not kept. */
export function markForRollbackOnError<T>(using: string, fn: () => Awaitable<T>): Awaitable<T> {
  return recovering(fn, (error) => {
    const transaction = currentBlock(using)?.transaction;
    if (transaction !== undefined) transaction.needsRollback = true;
    throw error;
  });
}
