import { overrideSettings } from "@tsgo/core/conf";
import { runInContext } from "@tsgo/core/context";
import { getLogger } from "@tsgo/core/logging";
import { requestStarted } from "@tsgo/core/server-signals";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { ExecuteWrapper } from "../backends/base/observers.ts";
import { resetQueries } from "../backends/base/observers.ts";
import type { LoggedQuery } from "../backends/base/wrapper.ts";
import { ProgrammingError } from "../exceptions.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../testdata/servers.ts";
import { connections } from "./connections.ts";
import { executeSql } from "./execute-sql.ts";
import { atomic } from "./transaction.ts";

const texts = (queries: readonly LoggedQuery[]): string[] => queries.map(({ sql }) => sql);

const twice = async (): Promise<void> => {
  await executeSql("SELECT ? AS n", [1]);
  await atomic(async () => {
    await atomic(() => executeSql("SELECT 2 AS n"));
  });
};
const noting =
  (name: string, log: string[]): ExecuteWrapper =>
  async (execute, sql, params, context) => {
    log.push(`${name} ${context.connection.alias} ${sql}`);
    try {
      return await execute(`${sql} /* ${name} */`, params);
    } finally {
      log.push(`${name} done`);
    }
  };

const blocker: ExecuteWrapper = (_execute, sql) => {
  throw new Error(`blocked: ${sql}`);
};

describe.each(VENDORS)("statements to %s", (vendor) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await makeDatabase(vendor, "queries");
    await database.connection.execute("CREATE TABLE entry (id integer PRIMARY KEY, title varchar(20), day date)");
  });

  beforeEach(async () => {
    resetQueries();
    await executeSql("DELETE FROM entry");
  });

  afterAll(() => database.drop());

  describe("that are written out", () => {
    test("have one kind of placeholder on all databases, and rows by name", async () => {
      const inserted = await executeSql("INSERT INTO entry VALUES (?, ?, ?), (?, 'what??', NULL)", [
        1,
        "it's ?",
        new Date("2026-02-03T00:00:00Z"),
        2,
      ]);
      expect(inserted).toMatchObject({ rows: [], rowCount: 2 });
      const { rows, rowCount } = await executeSql<{ id: number; title: string }>(
        "SELECT id, title, '?' AS mark FROM entry -- why?\n WHERE title = ? OR id > ? ORDER BY id",
        ["it's ?", 1],
      );
      expect(rows).toEqual([
        { id: 1, title: "it's ?", mark: "?" },
        { id: 2, title: "what??", mark: "?" },
      ]);
      expect(rowCount).toBe(2);
    });

    test("are refused where parameters and placeholders do not match, before they are sent", async () => {
      const sent: LoggedQuery[] = [];
      await database.connection.watchQueries(
        (query) => sent.push(query),
        async () => {
          await expect(executeSql("SELECT ?, ?", [1])).rejects.toThrow(ProgrammingError);
          await expect(executeSql("SELECT 1", [1])).rejects.toThrow("0 placeholders for 1 parameters");
        },
      );
      expect(sent).toEqual([]);
    });

    test("take part in a transaction", async () => {
      const failed = atomic(async () => {
        await executeSql("INSERT INTO entry (id) VALUES (?)", [5]);
        throw new Error("no");
      });
      await expect(failed).rejects.toThrow("no");
      expect((await executeSql("SELECT id FROM entry")).rows).toEqual([]);
    });
  });

  describe("are written down", () => {
    const sent = [
      vendor === "postgresql" ? "SELECT $1 AS n" : "SELECT ? AS n",
      "BEGIN",
      "SAVEPOINT tsgo_s1",
      "SELECT 2 AS n",
      "RELEASE SAVEPOINT tsgo_s1",
      "COMMIT",
    ];

    test("with DEBUG, in connection.queries", async () => {
      await twice();
      expect(connections.get().queries).toEqual([]);
      await overrideSettings({ DEBUG: true }, async () => {
        await twice();
        const { queries } = connections.get();
        expect(texts(queries)).toEqual(sent);
        expect(queries[0]).toMatchObject({ params: [1], time: expect.any(Number) as number });
        resetQueries();
        expect(connections.get().queries).toEqual([]);
      });
    });

    test("apart for each request, from its start", async () => {
      await overrideSettings({ DEBUG: true }, async () => {
        await executeSql("SELECT 0 AS n");
        const request = async (statement: string): Promise<string[]> =>
          runInContext(async () => {
            requestStarted.send({ sender: undefined });
            await executeSql(statement);
            await executeSql(statement);
            return texts(connections.get().queries);
          });
        const found = await Promise.all([request("SELECT 1 AS n"), request("SELECT 2 AS n")]);
        expect(found).toEqual([Array(2).fill("SELECT 1 AS n"), Array(2).fill("SELECT 2 AS n")]);
        expect(texts(connections.get().queries)).toEqual(["SELECT 0 AS n"]);
      });
    });

    test("up to a number, the oldest go first", async () => {
      await overrideSettings({ DEBUG: true }, async () => {
        const connection = connections.get();
        await connection.withConnection(async () => {
          for (let n = 0; n < (vendor === "sqlite" ? 9010 : 10); n += 1) await connection.execute("SELECT 1");
        });
        expect(connection.queries.length).toBe(vendor === "sqlite" ? 9000 : 10);
      });
    });

    test("by the logger tsgo.db.backends with DEBUG, with parameters and duration; errors too", async () => {
      const messages: string[] = [];
      const fields: Readonly<Record<string, unknown>>[] = [];
      const logger = getLogger("tsgo.db.backends");
      const handler = {
        emit: (record: { readonly message: string; readonly fields: Readonly<Record<string, unknown>> }): void => {
          messages.push(record.message);
          fields.push(record.fields);
        },
      };
      logger.configure({ level: "DEBUG", handlers: [handler], propagate: false });
      await executeSql("SELECT 1 AS n");
      expect(messages).toEqual([]);
      await overrideSettings({ DEBUG: true }, async () => {
        await executeSql("SELECT ? AS n", ["x"]);
        await executeSql("SELECT nothing").catch(() => undefined);
      });
      logger.configure({});
      expect(messages[0]).toMatch(/^\(\d+\.\d{3}\) SELECT (\?|\$1) AS n; params=\["x"\]; alias=default$/);
      expect(messages[1]).toContain("SELECT nothing");
      expect(fields[0]).toMatchObject({ sql: sent[0], params: ["x"], alias: "default" });
    });
  });

  describe("can be wrapped", () => {
    test("for as long as a function runs, the last wrapper outermost", async () => {
      const log: string[] = [];
      const connection = connections.get();
      const seen: LoggedQuery[] = [];
      const stop = connection.onQuery((query) => seen.push(query));
      await connection.executeWrapper(noting("a", log), () =>
        connection.executeWrapper(noting("b", log), () => executeSql("SELECT 1 AS n")),
      );
      await executeSql("SELECT 2 AS n");
      stop();
      expect(log).toEqual(["b default SELECT 1 AS n", "a default SELECT 1 AS n /* b */", "a done", "b done"]);
      expect(texts(seen)).toEqual(["SELECT 1 AS n /* b */ /* a */", "SELECT 2 AS n"]);
    });

    test("so that nothing is sent, streams included, and nobody else notices", async () => {
      const connection = connections.get();
      const outside = Promise.resolve().then(() => executeSql("SELECT 3 AS n"));
      await connection.executeWrapper(blocker, async () => {
        await expect(executeSql("SELECT 1 AS n")).rejects.toThrow("blocked: SELECT 1 AS n");
        const rows = connection.stream("SELECT 2 AS n", [], 10)[Symbol.asyncIterator]();
        await expect(rows.next()).rejects.toThrow("blocked: SELECT 2 AS n");
      });
      expect((await outside).rows).toEqual([{ n: 3 }]);
      expect((await executeSql("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
    });
  });
});
