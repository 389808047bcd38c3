// Tests that leave nothing behind in the database.

import { setup } from "@tsgo/core/setup";
import { connections } from "@tsgo/orm/db";
import { type HeldTransaction, holdTransaction } from "@tsgo/orm/testing";

import { type TestDatabases, createTestDatabases, haveTestDatabases } from "./test-databases.ts";

type Hook = (fn: () => Promise<void>) => unknown;

/** The hooks of a test runner: those of Vitest and Jest, or of `node:test`. */
export interface TestHooks {
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
  readonly beforeAll?: Hook;
  readonly afterAll?: Hook;
  readonly before?: Hook;
  readonly after?: Hook;
}

/** How the tests of a file use databases. */
export interface TestCaseOptions {
  /** The aliases whose changes are undone; all of DATABASES where nothing is said. */
  readonly databases?: readonly string[];
  /** Makes the rows that all tests of the file begin with, once. */
  readonly setUpTestData?: () => unknown;
}

/**
 * Runs each test of a file in a transaction that is undone when it ends, on test databases that are made, with their tables, before the first one. What
 * `setUpTestData` makes is there for all of them. What a test changes it sees itself, and so do the requests that it makes with a client; functions given
 * to `onCommit` do not run, see `captureOnCommitCallbacks`. Tests of one file share a connection, so they run one after another. Answers to `TestCase`.
 *
 * @example
 * import * as runner from "vitest"; // or "node:test"
 *
 * testCase(runner, { setUpTestData: () => Question.objects.create({ questionText: "What's new?" }) });
 */
export function testCase(hooks: TestHooks, options: TestCaseOptions = {}): void {
  const beforeAll = hooks.beforeAll ?? hooks.before;
  const afterAll = hooks.afterAll ?? hooks.after;
  if (beforeAll === undefined || afterAll === undefined)
    throw new TypeError("testCase() takes the hooks of a test runner: beforeAll and afterAll, or before and after.");
  let databases: TestDatabases | undefined;
  const forAll: HeldTransaction[] = [];
  const forEach: HeldTransaction[] = [];
  const begin = async (held: HeldTransaction[]): Promise<void> => {
    for (const using of aliasesOf(options)) held.push(await holdTransaction(using));
  };

  beforeAll(async () => {
    await setup();
    if (!haveTestDatabases()) databases = await createTestDatabases({ suffix: workerSuffix() });
    await begin(forAll);
    await options.setUpTestData?.();
  });
  hooks.beforeEach(() => begin(forEach));
  hooks.afterEach(async () => {
    const failures: unknown[] = [];
    for (const using of aliasesOf(options)) await connections.get(using).checkConstraints().catch(noteIn(failures));
    await undo(forEach);
    if (failures.length > 0) throw failures[0];
  });
  afterAll(async () => {
    await undo(forAll);
    await databases?.[Symbol.asyncDispose]();
  });
}

// Runners start several processes at a time, and each needs databases of its own on a server.
function workerSuffix(): string {
  const { VITEST_POOL_ID, JEST_WORKER_ID, NODE_TEST_CONTEXT } = process.env;
  const worker = VITEST_POOL_ID ?? JEST_WORKER_ID ?? (NODE_TEST_CONTEXT === undefined ? undefined : process.pid);
  return worker === undefined ? "" : `_${worker}`;
}

// A replica is its original in tests, and one transaction is enough for both.
function aliasesOf({ databases = connections.aliases }: TestCaseOptions): string[] {
  return [...new Set(databases.map((alias) => connections.get(alias).alias))];
}

async function undo(held: HeldTransaction[]): Promise<void> {
  for (const transaction of held.splice(0).reverse()) await transaction.rollback();
}

function noteIn(failures: unknown[]): (error: unknown) => void {
  return (error) => {
    failures.push(error);
  };
}
