// A transaction, and the blocks of `atomic` in it.

import { contextVar } from "@tsgo/core/context";

import type { Session } from "../backends/base/session.ts";
import { TransactionManagementError } from "../exceptions.ts";

/** What runs when a transaction is committed. */
export interface CommitHook {
  readonly run: () => unknown;
  readonly robust: boolean;
  /** The savepoints that must hold for it to run. */
  readonly blocks: ReadonlySet<AtomicBlock>;
}

/** The transaction that blocks belong to. */
export class Transaction {
  readonly session: Session;
  readonly hooks: CommitHook[] = [];
  needsRollback = false;
  closed = false;
  #savepoints = 0;

  constructor(session: Session) {
    this.session = session;
  }

  /** A name for the next savepoint. */
  nextSavepoint(): string {
    this.#savepoints += 1;
    return `tsgo_s${this.#savepoints}`;
  }
}

/** One call of `atomic`, or a connection that was taken for oneself without a transaction. */
export class AtomicBlock {
  readonly parent: AtomicBlock | undefined;
  readonly session: Session;
  /** Undefined where a connection was taken without a transaction. */
  readonly transaction: Transaction | undefined;
  /** It stands around a test and will never be committed: for the code of the project there is no block yet. */
  readonly isTest: boolean;
  closed = false;
  /** The nested block that runs now; what belongs to this one waits for it. */
  child: Promise<void> | undefined = undefined;

  constructor(session: Session, transaction: Transaction | undefined, parent: AtomicBlock | undefined, isTest = false) {
    this.session = session;
    this.transaction = transaction;
    this.parent = parent;
    this.isTest = isTest;
  }

  /** This block and those around it. */
  get chain(): ReadonlySet<AtomicBlock> {
    return new Set<AtomicBlock>([...(this.parent?.chain ?? []), this]);
  }

  /** @throws TransactionManagementError where the block is over. */
  assertAlive(): void {
    if (this.closed || this.transaction?.closed === true)
      throw new TransactionManagementError(
        "This statement belongs to an atomic() block that has ended. Await everything that the block starts.",
      );
  }

  /** @throws TransactionManagementError where the block is over, or its transaction is broken. */
  assertUsable(): void {
    this.assertAlive();
    if (this.transaction?.needsRollback === true) throw brokenTransaction();
  }
}

/** What is said of a transaction in which a statement failed. */
export function brokenTransaction(cause?: Error): TransactionManagementError {
  return new TransactionManagementError(
    "An error occurred in the current transaction. No statement can be sent until the end of the atomic() block.",
    { code: "broken_transaction", ...(cause !== undefined && { cause }) },
  );
}

type Blocks = ReadonlyMap<string, AtomicBlock>;

const current = contextVar<Blocks>("orm.blocks");

/** The block that statements to a database belong to here. */
export function currentBlock(alias: string): AtomicBlock | undefined {
  return current.get()?.get(alias);
}

/** Calls `fn` with a block in force. */
export function runInBlock<R>(alias: string, block: AtomicBlock | undefined, fn: () => R): R {
  return current.run(withBlock(alias, block), fn);
}

/** Puts a block in force for everything that runs in no context. */
export function holdBlock(alias: string, block: AtomicBlock | undefined): void {
  current.setOutside(withBlock(alias, block));
}

function withBlock(alias: string, block: AtomicBlock | undefined): Blocks {
  const blocks = new Map(current.get());
  if (block === undefined) blocks.delete(alias);
  else blocks.set(alias, block);
  return blocks;
}
