import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { TextField } from "../../fields/text.ts";
import { IntegerField } from "../../fields/numbers.ts";
import { introspect } from "../../schema/introspection.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../../testdata/servers.ts";
import { Migration } from "../migration.ts";
import { AddField } from "../operations/add-field.ts";
import type { Operation } from "../operations/operation.ts";
import { RunSQL } from "../operations/run-sql.ts";
import { MigrationExecutor, migrationPlan } from "./executor.ts";
import { MigrationFailure } from "./failure.ts";
import { first, load } from "./testdata/blog.ts";

/** SQLite is really out of room; a server cannot be brought to that here, and answers as it would. */
const FILLING = {
  sqlite: new AddField({ modelName: "Book", name: "text", field: new TextField({ default: "x".repeat(5000) }) }),
  postgresql: new RunSQL({
    sql: "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file: No space left on device'; END $$",
  }),
  mysql: new RunSQL({
    sql: "SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1021, MESSAGE_TEXT = 'Disk full; waiting for someone to free some space'",
  }),
} as const;

describe.each(VENDORS)("a full disk on %s", (vendor) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await makeDatabase(vendor, "full");
  });

  afterAll(async () => {
    await database.drop();
  });

  test("is one clear message, and loses no row", async () => {
    const { connection } = database;
    const operations: Operation[] = [
      new AddField({ modelName: "Book", name: "stars", field: new IntegerField({ default: 3 }) }),
      FILLING[vendor],
    ];
    const filling = new Migration({ operations, dependencies: [["blog", "0001_initial"]] }, ["blog", "0002_filling"]);
    const migrate = async (...migrations: Migration[]): Promise<unknown> => {
      const loaded = await load(connection, migrations);
      return new MigrationExecutor(connection, loaded).migrate(migrationPlan(loaded, loaded.graph.leafNodes()));
    };
    await migrate(first);
    await connection.execute("INSERT INTO blog_author (id, name) VALUES (1, 'Ann')");
    for (let id = 1; id <= 50; id += 1)
      await connection.execute(`INSERT INTO blog_book (id, title, pages, author_id) VALUES (${id}, 'One', 1, 1)`);
    const error = await connection.withConnection(async () => {
      // What is left is enough for the first operation.
      if (vendor === "sqlite") {
        const [row] = (await connection.execute("PRAGMA page_count")).rows;
        await connection.execute(`PRAGMA max_page_count = ${Number(row?.[0]) + 8}`);
      }
      return migrate(first, filling).catch((failure: unknown) => failure);
    });
    expect(error).toBeInstanceOf(MigrationFailure);
    expect((error as MigrationFailure).operation).toBe(FILLING[vendor]);
    expect(String(error)).toMatch(
      /blog\.0002_filling \(blog\/migrations\/0002_filling\.ts\).*OperationalError.*(?:full|No space left)/s,
    );
    const count = await connection.execute("SELECT count(*) FROM blog_book");
    expect(Number(count.rows[0]?.[0])).toBe(50);
    const columns = (await introspect(connection).columns("blog_book")).map(({ name }) => name);
    expect(columns.includes("stars")).toBe(!connection.features.canRollbackDdl);
    expect(String(error).includes("[x] Add field stars to Book")).toBe(!connection.features.canRollbackDdl);
  });
});
