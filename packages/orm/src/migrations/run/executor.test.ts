import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { noStyle } from "@tsgo/core/management";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { SqliteWrapper } from "../../backends/sqlite/wrapper.ts";
import { connections } from "../../db/connections.ts";
import { BigAutoField } from "../../fields/auto.ts";
import { ForeignKey } from "../../fields/foreign-key.ts";
import { IntegerField } from "../../fields/numbers.ts";
import { CharField } from "../../fields/text.ts";
import { CASCADE } from "../../models/on-delete.ts";
import { introspect } from "../../schema/introspection.ts";
import { IrreversibleError } from "../exceptions.ts";
import type { MigrationKey } from "../graph.ts";
import { Migration, type MigrationDefinition } from "../migration.ts";
import { AddField } from "../operations/add-field.ts";
import { AlterField } from "../operations/alter-field.ts";
import { CreateModel } from "../operations/create-model.ts";
import type { Operation } from "../operations/operation.ts";
import { RemoveField } from "../operations/remove-field.ts";
import { RunSQL } from "../operations/run-sql.ts";
import { RunTypeScript } from "../operations/run-typescript.ts";
import { MigrationExecutor, type MigrationProgress, type MigrationTarget, migrationPlan } from "./executor.ts";
import { MigrationFailure } from "./failure.ts";
import { editedMigrations, lostMigrations, refuseUnfinished } from "./housekeeping.ts";
import { LoadedMigrations } from "./loader.ts";
import { describePlan } from "./plan-report.ts";
import { MigrationRecorder } from "./recorder.ts";

const id = (): BigAutoField => new BigAutoField({ autoCreated: true, primaryKey: true });

const history: Readonly<Record<string, MigrationDefinition>> = {
  "blog.0001_initial": {
    initial: true,
    operations: [new CreateModel({ name: "Author", fields: { id: id(), name: new CharField({ maxLength: 50 }) } })],
  },
  "blog.0002_book": {
    dependencies: [["blog", "0001_initial"]],
    operations: [
      new CreateModel({
        name: "Book",
        fields: {
          id: id(),
          title: new CharField({ maxLength: 50 }),
          author: new ForeignKey("blog.Author", { onDelete: CASCADE }),
        },
      }),
    ],
  },
  "blog.0003_stars": {
    dependencies: [["blog", "0002_book"]],
    operations: [new AddField({ modelName: "Book", name: "stars", field: new IntegerField({ default: 3 }) })],
  },
  "shop.0001_initial": {
    initial: true,
    dependencies: [["blog", "0002_book"]],
    operations: [
      new CreateModel({
        name: "Order",
        fields: { id: id(), book: new ForeignKey("blog.Book", { onDelete: CASCADE }) },
      }),
    ],
  },
};

const failing = (atomic: boolean): Readonly<Record<string, MigrationDefinition>> => ({
  ...history,
  "blog.0003_stars": {
    dependencies: [["blog", "0002_book"]],
    atomic,
    operations: [
      new AddField({ modelName: "Book", name: "stars", field: new IntegerField({ default: 3 }) }),
      new AlterField({ modelName: "Book", name: "title", field: new CharField({ maxLength: 50, unique: true }) }),
    ],
  },
});

describe("carrying migrations out", () => {
  let connection: SqliteWrapper;

  beforeAll(() => {
    if (!isConfigured()) configureSettings({});
  });

  beforeEach(() => {
    connection = new SqliteWrapper("default", { ENGINE: "sqlite", NAME: ":memory:" });
    connections.set("default", connection);
  });

  afterEach(async () => {
    connections.set("default", undefined);
    await connection.close();
  });

  async function load(definitions: Readonly<Record<string, MigrationDefinition>>): Promise<LoadedMigrations> {
    const disk = new Map(
      Object.entries(definitions).map(([text, definition]) => {
        const [appLabel = "", name = ""] = text.split(".");
        return [text, new Migration(definition, [appLabel, name])];
      }),
    );
    const files = new Map([...disk.keys()].map((text) => [text, `${text.replace(".", "/migrations/")}.ts`]));
    const migratedApps = new Set([...disk.values()].map(({ appLabel }) => appLabel));
    const applied = await new MigrationRecorder(connection).applied();
    return new LoadedMigrations({ disk, files, migratedApps, unmigratedApps: new Set() }, applied, true);
  }

  async function migrate(
    definitions: Readonly<Record<string, MigrationDefinition>>,
    targets?: readonly MigrationTarget[],
    options: { fake?: boolean; fakeInitial?: boolean; onProgress?: (progress: MigrationProgress) => void } = {},
  ): Promise<string[]> {
    const loaded = await load(definitions);
    const plan = migrationPlan(loaded, targets ?? loaded.graph.leafNodes());
    await new MigrationExecutor(connection, loaded).migrate(plan, options);
    return plan.map(({ migration, backwards }) => `${backwards ? "-" : "+"}${migration.key.join(".")}`);
  }

  const tables = (): Promise<string[]> => introspect(connection).tableNames();

  async function count(table: string): Promise<number> {
    const { rows } = await connection.execute(`SELECT count(*) FROM ${connection.quoteName(table)}`);
    return Number(rows[0]?.[0]);
  }

  test("everything is applied in order, once", async () => {
    expect(await migrate(history)).toEqual([
      "+blog.0001_initial",
      "+blog.0002_book",
      "+blog.0003_stars",
      "+shop.0001_initial",
    ]);
    expect(await tables()).toEqual(["blog_author", "blog_book", "shop_order", "tsgo_migrations"]);
    expect(await migrate(history)).toEqual([]);
  });

  test("a target is reached forwards, with what it needs alone", async () => {
    expect(await migrate(history, [["shop", "0001_initial"]])).toEqual([
      "+blog.0001_initial",
      "+blog.0002_book",
      "+shop.0001_initial",
    ]);
  });

  test("a target is reached backwards, with what depends on the way", async () => {
    await migrate(history);
    expect(await migrate(history, [["blog", "0001_initial"]])).toEqual([
      "-shop.0001_initial",
      "-blog.0003_stars",
      "-blog.0002_book",
    ]);
    expect(await tables()).toEqual(["blog_author", "tsgo_migrations"]);
  });

  test("zero takes an application back whole", async () => {
    await migrate(history);
    expect(await migrate(history, [["shop", null]])).toEqual(["-shop.0001_initial"]);
    expect(await migrate(history, [["blog", null]])).toEqual([
      "-blog.0003_stars",
      "-blog.0002_book",
      "-blog.0001_initial",
    ]);
    expect(await tables()).toEqual(["tsgo_migrations"]);
  });

  test("rows survive the way there and back", async () => {
    await migrate(history, [["blog", "0002_book"]]);
    await connection.execute("INSERT INTO blog_author (id, name) VALUES (1, 'Ann')");
    await connection.execute("INSERT INTO blog_book (id, title, author_id) VALUES (1, 'One', 1)");
    await migrate(history);
    expect((await connection.execute("SELECT id, title, author_id, stars FROM blog_book")).rows).toEqual([
      [1, "One", 1, 3],
    ]);
    await migrate(history, [["blog", "0002_book"]]);
    expect((await connection.execute("SELECT * FROM blog_book")).rows).toEqual([[1, "One", 1]]);
  });

  test("faking notes migrations without touching a table", async () => {
    await migrate(history, undefined, { fake: true });
    expect(await tables()).toEqual(["tsgo_migrations"]);
    expect(await migrate(history)).toEqual([]);
  });

  test("a first migration whose tables exist is faked on demand", async () => {
    await connection.execute("CREATE TABLE blog_author (id integer PRIMARY KEY, name varchar(50))");
    const progress: string[] = [];
    await migrate(history, [["blog", "0001_initial"]], {
      fakeInitial: true,
      onProgress: (step) => {
        if (step.kind === "done") progress.push(`${step.migration.name} ${step.fake ? "faked" : "run"}`);
      },
    });
    expect(progress).toEqual(["0001_initial faked"]);
  });

  async function fail(atomic: boolean): Promise<MigrationFailure> {
    await migrate(history, [["blog", "0002_book"]]);
    await connection.execute("INSERT INTO blog_author (id, name) VALUES (1, 'Ann')");
    await connection.execute("INSERT INTO blog_book (id, title, author_id) VALUES (1, 'One', 1), (2, 'One', 1)");
    return migrate(failing(atomic)).then(
      () => Promise.reject(new Error("it did not fail")),
      (error: unknown) => error as MigrationFailure,
    );
  }

  describe("when a migration fails", () => {
    test("the database is as before, and the message has file, operation and reason", async () => {
      const error = await fail(true);
      expect(error).toBeInstanceOf(MigrationFailure);
      expect(error.message).toContain("blog.0003_stars (blog/migrations/0003_stars.ts)");
      expect(error.message).toContain('"Alter field title on Book"');
      expect(error.message).toContain("UNIQUE constraint failed");
      expect(error.message).toContain("The database is as it was before this migration.");
      expect((await introspect(connection).columns("blog_book")).map(({ name }) => name)).toEqual([
        "id",
        "title",
        "author_id",
      ]);
      expect(await count("blog_book")).toBe(2);
      expect((await load(history)).isApplied(["blog", "0003_stars"])).toBe(false);
    });

    test("without a transaction the message lists what is done", async () => {
      const error = await fail(false);
      expect(error.message).toContain("[x] Add field stars to Book");
      expect(error.message).toContain("[ ] Alter field title on Book");
      expect(error.message).toContain("migrate --fake blog 0003_stars");
      expect(await count("blog_book")).toBe(2);
      expect(await tables()).toEqual(["blog_author", "blog_book", "tsgo_migrations"]);
    });

    test("without a transaction the record knows how far it got, until the rest is made up for", async () => {
      await fail(false);
      const loaded = await load(failing(false));
      await expect(refuseUnfinished(connection, loaded)).rejects.toThrow(
        /blog\.0003_stars.*\[x\] Add field stars.*\[\?\] Alter field title.*migrate --fake blog 0002_book/s,
      );
      await migrate(failing(false), undefined, { fake: true });
      await expect(refuseUnfinished(connection, loaded)).resolves.toBeUndefined();
      expect((await load(history)).isApplied(["blog", "0003_stars"])).toBe(true);
    });

    test("where its first step fails at once, nothing is left to make up for", async () => {
      await migrate(history);
      await connection.execute("INSERT INTO blog_author (id, name) VALUES (1, 'Ann')");
      const impossible = {
        ...history,
        "blog.0004_impossible": {
          atomic: false,
          dependencies: [["blog", "0003_stars"] as MigrationKey],
          operations: [new RunSQL({ sql: "DELETE FROM blog_nothing" })],
        },
      };
      await expect(migrate(impossible)).rejects.toThrow("The database is as it was before this migration.");
      await expect(refuseUnfinished(connection, await load(impossible))).resolves.toBeUndefined();
    });

    test("a record made before it could say so is brought up to date", async () => {
      await connection.execute(
        "CREATE TABLE tsgo_migrations (id integer PRIMARY KEY AUTOINCREMENT, app varchar(255), name varchar(255), applied datetime, checksum varchar(32))",
      );
      expect((await load(history)).applied.size).toBe(0);
      await migrate(history);
      expect((await load(history)).applied.size).toBe(4);
    });

    test("foreign keys are checked again afterwards", async () => {
      await fail(true);
      expect(() => connection.execute("INSERT INTO blog_book (title, author_id) VALUES ('x', 99)")).toThrow(
        /FOREIGN KEY/,
      );
    });
  });

  test("a row that would refer to nothing stops the migration", async () => {
    const orphaning = {
      ...history,
      "blog.0003_stars": {
        dependencies: [["blog", "0002_book"] as MigrationKey],
        operations: [new RunSQL({ sql: "DELETE FROM blog_author" })],
      },
    };
    await migrate(history, [["blog", "0002_book"]]);
    await connection.execute("INSERT INTO blog_author (id, name) VALUES (1, 'Ann')");
    await connection.execute("INSERT INTO blog_book (id, title, author_id) VALUES (1, 'One', 1)");
    await expect(migrate(orphaning, [["blog", "0003_stars"]])).rejects.toThrow(
      /refer to rows that do not exist.*blog_book/s,
    );
    expect(await count("blog_author")).toBe(1);
  });

  test("a migration without a way back is refused before anything is done", async () => {
    const oneWay = { "blog.0001_initial": { operations: [new RunSQL({ sql: "SELECT 1" })] as Operation[] } };
    await migrate(oneWay);
    await expect(migrate(oneWay, [["blog", null]])).rejects.toThrow(IrreversibleError);
    await migrate(oneWay, [["blog", null]], { fake: true }).catch(() => undefined);
  });

  test("a program finds the models as they were", async () => {
    const seen: string[][] = [];
    const withProgram = {
      ...history,
      "blog.0004_look": {
        dependencies: [["blog", "0003_stars"] as MigrationKey],
        operations: [
          new RunTypeScript({
            code: (apps) => {
              seen.push(apps.getModel("blog", "Book")._meta.localFields.map((field) => field.name));
            },
            reverseCode: RunTypeScript.noop,
          }),
          new RemoveField({ modelName: "Book", name: "stars" }),
        ],
      },
    };
    await migrate(withProgram);
    expect(seen).toEqual([["id", "title", "author", "stars"]]);
  });

  test("an edited migration is noticed, formatting is not an edit", async () => {
    await migrate(history);
    expect(editedMigrations(await load(history))).toEqual([]);
    const edited = {
      ...history,
      "blog.0003_stars": {
        dependencies: [["blog", "0002_book"] as MigrationKey],
        operations: [new AddField({ modelName: "Book", name: "stars", field: new IntegerField({ default: 4 }) })],
      },
    };
    expect(editedMigrations(await load(edited)).map(({ file }) => file)).toEqual(["blog/migrations/0003_stars.ts"]);
  });

  test("a squashed migration stands for those it replaces", async () => {
    const [first, second] = ["blog.0001_initial", "blog.0002_book"].map((text) => history[text]?.operations ?? []);
    const squashed = {
      ...history,
      "blog.0001_squashed_0002_book": {
        initial: true,
        replaces: [
          ["blog", "0001_initial"],
          ["blog", "0002_book"],
        ] as MigrationKey[],
        operations: [...(first ?? []), ...(second ?? [])],
      },
    };
    // On a new database it is run in their place.
    expect(await migrate(squashed)).toEqual([
      "+blog.0001_squashed_0002_book",
      "+blog.0003_stars",
      "+shop.0001_initial",
    ]);
    expect(await migrate(history)).toEqual([]);
  });

  test("where the replaced ones are applied, the squashed one counts as applied", async () => {
    await migrate(history, [["blog", "0002_book"]]);
    const squashed = {
      ...history,
      "blog.0001_squashed_0002_book": {
        replaces: [
          ["blog", "0001_initial"],
          ["blog", "0002_book"],
        ] as MigrationKey[],
        operations: ["blog.0001_initial", "blog.0002_book"].flatMap((text) => history[text]?.operations ?? []),
      },
    };
    expect(await migrate(squashed)).toEqual(["+blog.0003_stars", "+shop.0001_initial"]);
  });

  test("a record with a gap is refused, and the missing one named", async () => {
    const recorder = new MigrationRecorder(connection);
    await recorder.ensureTable();
    await recorder.recordApplied(["blog", "0002_book"], "");
    const loaded = await load(history);
    expect(() => loaded.checkConsistentHistory("default")).toThrow(
      /blog\.0002_book is applied, and blog\.0001_initial/,
    );
  });

  test("a gap in the record is closed by faking the missing one", async () => {
    const recorder = new MigrationRecorder(connection);
    await recorder.ensureTable();
    await recorder.recordApplied(["blog", "0002_book"], "");
    await migrate(history, [["blog", "0001_initial"]], { fake: true });
    const loaded = await load(history);
    expect(() => loaded.checkConsistentHistory("default")).not.toThrow();
    expect([...loaded.applied.keys()]).toEqual(["blog.0002_book", "blog.0001_initial"]);
  });

  test("an applied migration whose file is gone is named, one that a squashed one stands for is not", async () => {
    await migrate(history, [["blog", "0002_book"]]);
    const { "blog.0002_book": _gone, ...rest } = history;
    const left = { "blog.0001_initial": rest["blog.0001_initial"] ?? { operations: [] } };
    expect(lostMigrations(await load(left))).toEqual([["blog", "0002_book"]]);
    const squashed = {
      ...left,
      "blog.0003_squashed": { operations: [], replaces: [["blog", "0002_book"] as MigrationKey] },
    };
    expect(lostMigrations(await load(squashed))).toEqual([]);
  });

  test("a plan tells what is lost on the way back", async () => {
    await migrate(history);
    const loaded = await load(history);
    const lines = describePlan(loaded, migrationPlan(loaded, [["blog", "0001_initial"]]), "sqlite", noStyle);
    expect(lines.map((line) => line.trim())).toEqual([
      "shop.0001_initial",
      "Undo Create model Order",
      "LOSES DATA: drops the table shop_order with all its rows",
      "blog.0003_stars",
      "Undo Add field stars to Book",
      "LOSES DATA: drops the column blog_book.stars with its values",
      "blog.0002_book",
      "Undo Create model Book",
      "LOSES DATA: drops the table blog_book with all its rows",
    ]);
  });

  test("a prefix names one migration, or says which it could be", async () => {
    const loaded = await load(history);
    expect(loaded.byPrefix("blog", "0002").name).toBe("0002_book");
    expect(() => loaded.byPrefix("blog", "000")).toThrow(/0001_initial, 0002_book, 0003_stars/);
    expect(() => loaded.byPrefix("blog", "9")).toThrow(/begins with '9'/);
  });
});
