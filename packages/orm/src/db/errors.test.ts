import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { DataError, DatabaseError, IntegrityError, OperationalError, ProgrammingError } from "../exceptions.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../testdata/servers.ts";
import { connections } from "./connections.ts";
import { atomic, onCommit } from "./transaction.ts";

type ErrorClass = abstract new (...args: never[]) => Error;

/** Sends a statement from a line of this file, which must be seen in the stack of what fails. */
async function failureOf(sql: string, params: readonly unknown[] = []): Promise<Error> {
  try {
    await connections.get().execute(sql, params);
  } catch (error) {
    return error as Error;
  }
  throw new Error(`This did not fail: ${sql}`);
}

describe.each(VENDORS)("errors of %s", (vendor) => {
  let database: TestDatabase;
  const on = <T>(answers: { readonly [V in typeof vendor]: T }): T => answers[vendor];

  beforeAll(async () => {
    database = await makeDatabase(vendor, "errors");
    const { connection } = database;
    await connection.execute("CREATE TABLE parent (id integer PRIMARY KEY, small smallint)");
    await connection.execute(
      "CREATE TABLE child (id integer PRIMARY KEY, name varchar(5) NOT NULL UNIQUE, size integer CHECK (size > 0), parent_id integer, FOREIGN KEY (parent_id) REFERENCES parent (id))",
    );
    await connection.execute("INSERT INTO child (id, name) VALUES (1, 'a')");
  });

  afterAll(() => database.drop());

  const cases: [what: string, sql: string, ErrorClass][] = [
    ["a value that must be unique", "INSERT INTO child (id, name) VALUES (2, 'a')", IntegrityError],
    ["NULL where it cannot be", "INSERT INTO child (id, name) VALUES (2, NULL)", IntegrityError],
    ["nothing where something must be", "INSERT INTO child (id) VALUES (2)", IntegrityError],
    ["a check", "INSERT INTO child (id, name, size) VALUES (2, 'b', -1)", IntegrityError],
    ["a foreign key", "INSERT INTO child (id, name, parent_id) VALUES (2, 'b', 99)", IntegrityError],
    ["a table that is not there", "SELECT 1 FROM nowhere", vendor === "sqlite" ? OperationalError : ProgrammingError],
    ["a statement that is none", "SELEC 1", vendor === "sqlite" ? OperationalError : ProgrammingError],
    ["two statements in one", "SELECT 1; SELECT 2", ProgrammingError],
    // SQLite takes any length and any number.
    ...(vendor === "sqlite"
      ? []
      : ([
          ["a text that is too long", "INSERT INTO child (id, name) VALUES (2, 'toolong')", DataError],
          ["a number that is too large", "INSERT INTO parent (id, small) VALUES (1, 99999)", DataError],
        ] as [string, string, ErrorClass][])),
  ];

  test.each(cases)("%s", async (_what, sql, Class) => {
    const params = sql.includes(";") && vendor === "postgresql" ? [1] : [];
    const error = await failureOf(sql, params);
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error.name).toBe((Class as unknown as { name: string }).name);
    expect(error.cause).toBeInstanceOf(Error);
    expect(error.message).toContain(sql);
    expect(error.stack).toContain("errors.test.ts");
  });

  test("too few parameters", async () => {
    const sql = `SELECT ${on({ sqlite: "?, ?", mysql: "?, ?", postgresql: "$1::int, $2::int" })}`;
    expect(await failureOf(sql, [1])).toBeInstanceOf(ProgrammingError);
    expect((await connections.get().execute("SELECT 1")).rows).toHaveLength(1);
  });

  test("never show parameters, nor the passwords of statements about users", async () => {
    const placeholder = on({ sqlite: "?", mysql: "?", postgresql: "$1" });
    const secret = await failureOf(`SELECT nothing FROM nowhere WHERE x = ${placeholder}`, ["hunter2"]);
    expect(secret.message).not.toContain("hunter2");
    const user = await failureOf("ALTER NOBODY x IDENTIFIED BY 'hunt''er2' PASSWORD 'hunter2'");
    expect(user.message.slice(user.message.indexOf("(ALTER"))).toBe(
      "(ALTER NOBODY x IDENTIFIED BY '...' PASSWORD '...')",
    );
  });

  test("of transactions that wait for each other are OperationalErrors, and one of the two goes on", async () => {
    if (vendor === "sqlite") return;
    const { connection } = database;
    await connection.execute("INSERT INTO parent (id, small) VALUES (11, 0), (12, 0)");
    let first: (() => void) | undefined;
    const both = new Promise<void>((resolve) => {
      first = resolve;
    });
    let waiting = 0;
    const turn = async (a: number, b: number): Promise<void> =>
      atomic(async () => {
        await connection.execute(`UPDATE parent SET small = small + 1 WHERE id = ${a}`);
        if (vendor === "postgresql") await connection.execute("SET LOCAL deadlock_timeout = '10ms'");
        waiting += 1;
        if (waiting === 2) first?.();
        await both;
        await connection.execute(`UPDATE parent SET small = small + 1 WHERE id = ${b}`);
      });
    const results = await Promise.allSettled([turn(11, 12), turn(12, 11)]);
    const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    expect(reasons).toEqual([expect.any(OperationalError)]);
    const { rows } = await connection.execute("SELECT small FROM parent ORDER BY id");
    expect(rows).toEqual([[1], [1]]);
  });

  test("that nobody minds do not count as committed where the server takes the transaction back", async () => {
    const { connection } = database;
    const hooks: string[] = [];
    const block = atomic(async () => {
      await connection.execute("INSERT INTO child (id, name) VALUES (20, 'z')");
      await onCommit(() => hooks.push("committed"));
      await failureOf("INSERT INTO child (id, name) VALUES (21, 'a')");
    });
    const [outcome] = await Promise.allSettled([block]);
    const { rows } = await connection.execute("SELECT id FROM child WHERE id = 20");
    const kept = { status: "fulfilled", rows: [[20]], hooks: ["committed"] };
    const undone = { status: "rejected", rows: [], hooks: [] };
    expect({ status: outcome.status, rows, hooks }).toEqual(on({ sqlite: kept, mysql: kept, postgresql: undone }));
  });

  test("in a transaction that failed already say so, where the database refuses to go on", async () => {
    const second: string[] = [];
    const block = atomic(async () => {
      await failureOf("SELECT nothing");
      try {
        await connections.get().execute("SELECT 1");
      } catch (error) {
        second.push((error as Error).name);
        throw error;
      }
    });
    await Promise.allSettled([block]);
    expect(second).toEqual(on({ sqlite: [], mysql: [], postgresql: ["TransactionManagementError"] }));
  });
});
