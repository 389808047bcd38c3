import { AssertionError } from "node:assert";

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { setProjectRoot } from "@tsgo/core/loading";
import { setup } from "@tsgo/core/setup";
import { IntegrityError, TransactionManagementError } from "@tsgo/orm/exceptions";
import { atomic, connections, executeSql, inAtomicBlock, onCommit } from "@tsgo/orm/db";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { Client } from "../client/client.ts";
import { reachableDatabases } from "../testdata/reachable-databases.ts";
import { captureOnCommitCallbacks } from "./on-commit.ts";
import { assertNumQueries, captureQueries } from "./queries.ts";
import { type TestCaseOptions, testCase } from "./test-case.ts";
import { type TestDatabases, createTestDatabases } from "./test-databases.ts";

type Step = () => unknown;

/** Runs tests as a runner would, each outside of the contexts of the hooks. Gives what the hooks after each of them failed with. */
async function play(options: TestCaseOptions, ...tests: readonly Step[]): Promise<unknown[]> {
  const steps: Record<"before" | "beforeEach" | "afterEach" | "after", Step[]> = {
    before: [],
    beforeEach: [],
    afterEach: [],
    after: [],
  };
  const hook = (name: keyof typeof steps) => (fn: Step) => void steps[name].push(fn);
  testCase(
    { before: hook("before"), beforeEach: hook("beforeEach"), afterEach: hook("afterEach"), after: hook("after") },
    options,
  );
  const failures: unknown[] = [];
  for (const step of steps.before) await step();
  try {
    for (const one of tests) {
      for (const step of steps.beforeEach) await step();
      try {
        await one();
      } finally {
        for (const step of steps.afterEach)
          try {
            await step();
          } catch (error) {
            failures.push(error);
          }
      }
    }
  } finally {
    for (const step of steps.after) await step();
  }
  return failures;
}

function failing(): never {
  throw new Error("in vain");
}

const note = (text: string): Promise<unknown> => executeSql("INSERT INTO notes (text) VALUES (?)", [text]);

async function notes(): Promise<unknown[]> {
  return (await executeSql<{ text: string }>("SELECT text FROM notes ORDER BY text")).rows.map(({ text }) => text);
}

beforeAll(async () => {
  setProjectRoot(`${import.meta.dirname}/../client`);
  if (!isConfigured()) configureSettings({ SECRET_KEY: "test", ROOT_URLCONF: "testdata/notes/urls", USE_I18N: false });
  await setup();
});

const databases = await reachableDatabases(`tsgo_case_${process.pid}`);

describe.each(databases)("a test case on $ENGINE", (entry) => {
  let changed: Disposable;
  let made: TestDatabases;

  beforeAll(async () => {
    const replica = { ...entry, TEST: { MIRROR: "default" } };
    changed = overrideSettings({ DATABASES: { default: { ...entry, ATOMIC_REQUESTS: true }, replica } });
    made = await createTestDatabases({ replace: () => true });
    await executeSql("CREATE TABLE notes (text varchar(20) UNIQUE)");
    await executeSql("CREATE TABLE parent (id integer PRIMARY KEY)");
    const deferrable = entry.ENGINE === "mariadb" ? "" : " DEFERRABLE INITIALLY DEFERRED";
    await executeSql(
      `CREATE TABLE child (parent_id integer, FOREIGN KEY (parent_id) REFERENCES parent (id)${deferrable})`,
    );
  });

  afterAll(async () => {
    await made[Symbol.asyncDispose]();
    changed[Symbol.dispose]();
  });

  test("gives every test the rows of setUpTestData, and nothing that another test did", async () => {
    const seen: unknown[] = [];
    const look = async (): Promise<void> => {
      seen.push(await notes());
      await note("mine");
      await executeSql("DELETE FROM notes WHERE text = 'shared'");
      seen.push(await notes());
    };
    await play({ setUpTestData: () => note("shared") }, look, look);
    expect(seen).toEqual([["shared"], ["mine"], ["shared"], ["mine"]]);
    expect([await notes(), inAtomicBlock()]).toEqual([[], false]);
  });

  test("undoes what requests did, too, and lets transactions nest", async () => {
    await play(
      {},
      async () => {
        const client = new Client({ raiseRequestException: false });
        await client.get("/write/");
        expect(await notes()).toEqual(["written"]);
        await executeSql("DELETE FROM notes");
        await client.get("/write/?then=throw");
        expect(await notes()).toEqual([]);
        await Promise.allSettled([atomic(() => note("a")), atomic(() => note("b")), note("c")]);
        expect(await notes()).toEqual(["a", "b", "c"]);
      },
      async () => expect(await notes()).toEqual([]),
    );
  });

  test("begins the next test afresh after one that broke its transaction", async () => {
    await play(
      {},
      async () => {
        await note("a");
        await note("a").catch(() => undefined);
        await atomic(() => note("a")).catch(() => undefined);
      },
      async () => expect(await notes()).toEqual([]),
    );
  });

  test("reads a replica as the database that it mirrors", async () => {
    expect(made.names).toEqual({ default: expect.any(String) as string });
    await play({}, async () => {
      await note("seen");
      const { rows } = await executeSql("SELECT text FROM notes", [], { using: "replica" });
      expect(rows).toEqual([{ text: "seen" }]);
    });
  });

  test("fails where a row refers to nothing at the end of a test, if not before", async () => {
    const early: unknown[] = [];
    const failures = await play(
      {},
      () => executeSql("INSERT INTO child VALUES (99)").catch((error: unknown) => early.push(error)),
      async () => expect((await executeSql("SELECT parent_id FROM child")).rows).toEqual([]),
    );
    expect([...early, ...failures]).toEqual([expect.any(IntegrityError)]);
    expect(early).toHaveLength(entry.ENGINE === "mariadb" ? 1 : 0);
  });

  test("lets a block be durable, which is the outermost but for the test itself", async () => {
    await play({}, async () => {
      await atomic(() => note("durable"), { durable: true });
      const nested = atomic(() => atomic(() => note("no"), { durable: true }));
      await expect(nested).rejects.toThrow(TransactionManagementError);
      expect(await notes()).toEqual(["durable"]);
    });
  });

  test("keeps functions for after the commit from running, and hands them out", async () => {
    const ran: string[] = [];
    await play({}, async () => {
      await onCommit(() => ran.push("before"));
      const kept = await captureOnCommitCallbacks(() => onCommit(() => ran.push("kept")));
      expect([kept.length, ran]).toEqual([1, []]);
      const called = await captureOnCommitCallbacks(
        async () => {
          await onCommit(failing, { robust: true });
          await onCommit(async () => {
            ran.push("called");
            await onCommit(() => ran.push("added"));
          });
          await atomic(async () => {
            await onCommit(() => ran.push("undone"));
            throw new Error("no");
          }).catch(() => undefined);
        },
        { execute: true },
      );
      expect(called).toHaveLength(3);
      await expect(captureOnCommitCallbacks(() => onCommit(failing), { execute: true })).rejects.toThrow("in vain");
    });
    expect(ran).toEqual(["called", "added"]);
  });

  test("counts the statements of a function, and lists them where there are others", async () => {
    await play({}, async () => {
      const result = await assertNumQueries(2, async () => {
        await note("one");
        return notes();
      });
      expect(result).toEqual(["one"]);
      await assertNumQueries(0, () => undefined);
      await assertNumQueries(3, () => new Client().get("/write/"));
      const failure: unknown = await assertNumQueries(1, async () => {
        await note("two");
        await notes();
      }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(AssertionError);
      expect((failure as Error).message).toMatch(
        /^1 statement was expected, 2 sent:\n1\. INSERT INTO notes \(text\) VALUES \((\?|\$1)\) \["two"\]\n2\. SELECT text FROM notes ORDER BY text$/,
      );
      expect((failure as Error).stack).toContain("test-case.test.ts");
    });
  });

  test("captures the statements of one of two functions that run side by side", async () => {
    const [first, second] = await Promise.all([
      captureQueries(() => executeSql("SELECT 1 AS n")),
      captureQueries(() => atomic(() => executeSql("SELECT 2 AS n"))),
    ]);
    expect(first.map(({ sql }) => sql)).toEqual(["SELECT 1 AS n"]);
    expect(second.map(({ sql }) => sql)).toEqual(["BEGIN", "SELECT 2 AS n", "COMMIT"]);
    expect(connections.get().queries).toEqual([]);
  });
});
