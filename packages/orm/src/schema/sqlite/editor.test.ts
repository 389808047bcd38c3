import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { SqliteWrapper } from "../../backends/sqlite/wrapper.ts";
import { connections } from "../../db/connections.ts";
import { Q } from "../../expressions/q.ts";
import { BigAutoField } from "../../fields/auto.ts";
import type { Field } from "../../fields/field.ts";
import { ForeignKey } from "../../fields/foreign-key.ts";
import { IntegerField } from "../../fields/numbers.ts";
import { CharField } from "../../fields/text.ts";
import { Migration } from "../../migrations/migration.ts";
import { AddConstraint } from "../../migrations/operations/add-constraint.ts";
import { AddField } from "../../migrations/operations/add-field.ts";
import { AddIndex } from "../../migrations/operations/add-index.ts";
import { AlterField } from "../../migrations/operations/alter-field.ts";
import { CreateModel } from "../../migrations/operations/create-model.ts";
import type { Operation } from "../../migrations/operations/operation.ts";
import { RemoveField } from "../../migrations/operations/remove-field.ts";
import { applyOperations, unapplyOperations } from "../../migrations/run/apply-operations.ts";
import { ProjectState } from "../../migrations/state/project-state.ts";
import { CheckConstraint } from "../../models/constraints/check.ts";
import { Index } from "../../models/indexes.ts";
import { CASCADE } from "../../models/on-delete.ts";
import { introspect } from "../introspection.ts";
import { schemaEditor } from "../schema-editor.ts";

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

function key(): Field {
  return new BigAutoField({ autoCreated: true, primaryKey: true });
}

/** Applies operations to a state, and gives the state after them. */
function apply(state: ProjectState, ...operations: Operation[]): Promise<ProjectState> {
  return schemaEditor(connection, (editor) =>
    applyOperations(editor, new Migration({ operations }, ["blog", "x"]), state),
  );
}

function takeBack(state: ProjectState, ...operations: Operation[]): Promise<void> {
  return schemaEditor(connection, (editor) =>
    unapplyOperations(editor, new Migration({ operations }, ["blog", "x"]), state),
  );
}

async function rows(sql: string): Promise<readonly unknown[]> {
  return (await connection.execute(sql)).rows;
}

const library = [
  new CreateModel({ name: "Author", fields: { id: key(), name: new CharField({ maxLength: 50 }) } }),
  new CreateModel({
    name: "Book",
    fields: {
      id: key(),
      title: new CharField({ maxLength: 50, dbIndex: true }),
      author: new ForeignKey("blog.Author", { onDelete: CASCADE }),
      stock: new IntegerField({ null: true }),
    },
    options: { constraints: [new CheckConstraint({ name: "stock_ok", condition: new Q({ stock__gte: 0 }) })] },
  }),
];

async function filledLibrary(): Promise<ProjectState> {
  const state = await apply(new ProjectState(), ...library);
  await connection.execute("INSERT INTO blog_author VALUES (1, 'Ann')");
  await connection.execute(
    "INSERT INTO blog_book (id, title, author_id, stock) VALUES (1, 'One', 1, 2), (2, 'Two', 1, NULL)",
  );
  return state;
}

describe("a table that is made anew", () => {
  const widen = new AlterField({ modelName: "Book", name: "stock", field: new IntegerField({ default: 7 }) });

  test("keeps rows, indexes, checks and foreign keys", async () => {
    await apply(await filledLibrary(), widen);
    expect(await rows("SELECT id, title, author_id, stock FROM blog_book ORDER BY id")).toEqual([
      [1, "One", 1, 2],
      [2, "Two", 1, 7],
    ]);
    const constraints = await introspect(connection).constraints("blog_book");
    expect(constraints.flatMap(({ name }) => name ?? []).toSorted()).toEqual([
      "blog_book_author_id_ebf9020e",
      "blog_book_title_89d5803c",
      "stock_ok",
    ]);
    expect(await introspect(connection).foreignKeys("blog_book")).toEqual([
      { constraint: "0", column: "author_id", table: "blog_author", target: "id" },
    ]);
  });

  test("keeps the indexes and triggers that others made", async () => {
    const state = await filledLibrary();
    await connection.execute("CREATE TABLE log (text)");
    await connection.execute("CREATE INDEX by_hand ON blog_book (stock, title)");
    await connection.execute(
      "CREATE TRIGGER noted AFTER DELETE ON blog_book BEGIN INSERT INTO log VALUES (old.title); END",
    );
    await apply(state, widen);
    expect(await rows("SELECT name FROM sqlite_master WHERE name IN ('by_hand', 'noted') ORDER BY name")).toEqual([
      ["by_hand"],
      ["noted"],
    ]);
    expect(await rows("SELECT count(*) FROM log")).toEqual([[0]]);
    await connection.execute("DELETE FROM blog_book WHERE id = 1");
    expect(await rows("SELECT text FROM log")).toEqual([["One"]]);
  });

  test("keeps what refers to it", async () => {
    const state = await filledLibrary();
    await apply(
      state,
      new AlterField({ modelName: "Author", name: "name", field: new CharField({ maxLength: 80, unique: true }) }),
    );
    expect(await rows("SELECT count(*) FROM blog_book")).toEqual([[2]]);
    expect(await rows("PRAGMA foreign_key_check")).toEqual([]);
    expect(() => connection.execute("INSERT INTO blog_book (title, author_id) VALUES ('x', 9)")).toThrow(/FOREIGN KEY/);
  });

  test("loses with a column only the indexes on that column", async () => {
    const state = await filledLibrary();
    await connection.execute("CREATE INDEX by_hand ON blog_book (stock)");
    await apply(
      state,
      new AddIndex({ modelName: "Book", index: new Index({ fields: ["author"], name: "by_author" }) }),
      new RemoveField({ modelName: "Book", name: "title" }),
    );
    const names = (await introspect(connection).constraints("blog_book")).flatMap(({ name }) => name ?? []);
    expect(names.toSorted()).toEqual(["blog_book_author_id_ebf9020e", "by_author", "by_hand", "stock_ok"]);
  });

  test("a column that cannot take its rows leaves everything as it was", async () => {
    const state = await filledLibrary();
    const refuse = apply(state, new AlterField({ modelName: "Book", name: "stock", field: new IntegerField() }));
    await expect(refuse).rejects.toThrow(/NOT NULL/);
    expect(await rows("SELECT count(*) FROM blog_book")).toEqual([[2]]);
    expect((await introspect(connection).tableNames()).filter((name) => name.startsWith("new__"))).toEqual([]);
  });
});

describe("hostile texts in schema statements", () => {
  const hostile = ["it's; DROP TABLE x; --", "\\", "?", "%", "`", "$1", "'';--", "\u2028", "%(x)s", 'a"b'];

  test.each(hostile)(
    "NODE-26: %j is a text in defaults, checks, conditions and comments, there and back",
    async (text) => {
      const state = await apply(
        new ProjectState(),
        new CreateModel({
          name: "Thing",
          fields: { id: key(), x: new CharField({ maxLength: 99, dbDefault: text, dbComment: text, helpText: text }) },
        }),
      );
      await connection.execute('INSERT INTO "blog_thing" ("id") VALUES (1)');
      expect(await rows('SELECT "x" FROM "blog_thing"')).toEqual([[text]]);
      const operations = [
        new AddField({ modelName: "Thing", name: "y", field: new CharField({ maxLength: 99, default: text }) }),
        new AddConstraint({
          modelName: "Thing",
          constraint: new CheckConstraint({ name: "same", condition: new Q({ y: text }) }),
        }),
        new AddIndex({
          modelName: "Thing",
          index: new Index({ fields: ["y"], name: "part", condition: new Q({ x: text }) }),
        }),
      ];
      const after = await apply(state, ...operations);
      expect(await rows('SELECT "x", "y" FROM "blog_thing"')).toEqual([[text, text]]);
      expect(() => connection.execute(`INSERT INTO "blog_thing" ("x", "y") VALUES ('a', 'other')`)).toThrow(/CHECK/);
      expect(after.has("blog", "Thing")).toBe(true);
      await takeBack(state, ...operations);
      expect(await rows('SELECT * FROM "blog_thing"')).toEqual([[1, text]]);
    },
  );

  test("NODE-26: a default with a NUL is refused before the database sees it", async () => {
    const state = await apply(new ProjectState(), new CreateModel({ name: "Thing", fields: { id: key() } }));
    await connection.execute('INSERT INTO "blog_thing" ("id") VALUES (1)');
    const field = new CharField({ maxLength: 9, default: "a\0b" });
    await expect(apply(state, new AddField({ modelName: "Thing", name: "y", field }))).rejects.toThrow(
      /null characters/,
    );
    expect(await rows('SELECT * FROM "blog_thing"')).toEqual([[1]]);
  });

  const names = ['a"b', "a`b", "a'b", "a;b", "a b", "select", "a]b", "%s", "a?b"];

  test.each(names)("NODE-26: tables, columns, indexes and constraints may be called %j", async (name) => {
    const create = new CreateModel({
      name: "Thing",
      fields: { id: key(), x: new CharField({ maxLength: 9, dbColumn: name }), n: new IntegerField({ default: 1 }) },
      options: {
        dbTable: name,
        indexes: [new Index({ fields: ["x"], name: `${name}i` })],
        constraints: [new CheckConstraint({ name: `${name}c`, condition: new Q({ x: "ok" }) })],
      },
    });
    const state = await apply(new ProjectState(), create);
    const quoted = connection.quoteName(name);
    await connection.execute(`INSERT INTO ${quoted} (${quoted}, "n") VALUES ('ok', 1)`);
    const widen = new AlterField({ modelName: "Thing", name: "n", field: new IntegerField({ null: true }) });
    await apply(state, widen);
    await takeBack(state, widen);
    expect(await rows(`SELECT ${quoted} FROM ${quoted}`)).toEqual([["ok"]]);
    await takeBack(new ProjectState(), create);
    expect(await introspect(connection).tableNames()).toEqual([]);
  });

  test("NODE-26: the collected SQL is what would be run", async () => {
    const sent: string[] = [];
    const end = connection.onQuery(({ sql }) => sent.push(sql));
    const operations = [
      ...library,
      new AddField({ modelName: "Book", name: "note", field: new CharField({ maxLength: 9, default: "it's; --" }) }),
    ];
    await apply(new ProjectState(), ...operations);
    end();
    const collected = await schemaEditor(
      connection,
      async (editor) => {
        await applyOperations(editor, new Migration({ operations }, ["blog", "x"]), new ProjectState());
        return editor.collected;
      },
      { collectSql: true },
    );
    const statements = collected.filter((sql) => !sql.startsWith("--")).map((sql) => sql.slice(0, -1));
    const changing = sent.filter((sql) => /^(?:CREATE|ALTER|DROP|INSERT|PRAGMA legacy)/.test(sql));
    expect(statements.toSorted()).toEqual(changing.toSorted());
  });

  test("NODE-26: a name with a line break stays in the comment of the collected SQL", async () => {
    const index = new Index({ fields: ["x"], name: "x\nDROP TABLE y; --" });
    const operations = [
      new CreateModel({ name: "Thing", fields: { id: key(), x: new CharField({ maxLength: 9 }) } }),
      new AddIndex({ modelName: "Thing", index }),
    ];
    const collected = await schemaEditor(
      connection,
      async (editor) => {
        await applyOperations(editor, new Migration({ operations }, ["blog", "x"]), new ProjectState());
        return editor.collected;
      },
      { collectSql: true },
    );
    const comments = collected.filter((text) => text.startsWith("--")).join("\n");
    expect(comments.split("\n").filter((line) => !line.startsWith("--"))).toEqual([]);
  });
});
