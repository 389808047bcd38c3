// Changes that have gone wrong somewhere, or easily do, on all three databases, with rows in the tables.

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import type { Row } from "../backends/base/wrapper.ts";
import { CombinedExpression, Value } from "../expressions/expression.ts";
import { Q } from "../expressions/q.ts";
import { F } from "../expressions/references.ts";
import { AutoField, BigAutoField } from "../fields/auto.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import { GeneratedField } from "../fields/generated.ts";
import { JSONField } from "../fields/json.ts";
import { ManyToManyField } from "../fields/many-to-many.ts";
import { IntegerField, PositiveIntegerField } from "../fields/numbers.ts";
import { CharField, SlugField } from "../fields/text.ts";
import { CheckConstraint } from "../models/constraints/check.ts";
import { UniqueConstraint } from "../models/constraints/unique.ts";
import { CASCADE, DB_CASCADE, DB_SET_NULL } from "../models/on-delete.ts";
import { type ConstraintInfo, introspect } from "../schema/introspection.ts";
import { schemaEditor } from "../schema/schema-editor.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../testdata/servers.ts";
import { Migration } from "./migration.ts";
import { AddConstraint } from "./operations/add-constraint.ts";
import { AddField } from "./operations/add-field.ts";
import { AlterField } from "./operations/alter-field.ts";
import { AlterModelTable } from "./operations/alter-model-table.ts";
import { AlterUniqueTogether } from "./operations/alter-unique-together.ts";
import { CreateModel } from "./operations/create-model.ts";
import { DeleteModel } from "./operations/delete-model.ts";
import type { Operation } from "./operations/operation.ts";
import { RenameField } from "./operations/rename-field.ts";
import { RenameModel } from "./operations/rename-model.ts";
import { SeparateDatabaseAndState } from "./operations/separate-database-and-state.ts";
import { applyOperations, unapplyOperations } from "./run/apply-operations.ts";
import { ProjectState } from "./state/project-state.ts";

const id = (): BigAutoField => new BigAutoField({ autoCreated: true, primaryKey: true });

function computed(plus: number): GeneratedField {
  return new GeneratedField({
    expression: new CombinedExpression(new F("n"), "+", new Value(plus)),
    outputField: new IntegerField(),
    dbPersist: true,
  });
}

function authorDeletedBy(onDelete: typeof CASCADE): Operation {
  const field = new ForeignKey("blog.Author", { onDelete, null: true });
  return new AlterField({ modelName: "Book", name: "author", field });
}

describe.each(VENDORS)("altering tables on %s", (vendor) => {
  let database: TestDatabase;
  let state: ProjectState;
  /** How to take back what was applied, the last first. */
  let undo: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    database = await makeDatabase(vendor, "altering");
    state = new ProjectState();
  });

  afterEach(async () => {
    await database.empty();
    state = new ProjectState();
    undo = [];
  });

  afterAll(async () => {
    await database.drop();
  });

  async function apply(appLabel: string, ...operations: Operation[]): Promise<void> {
    const before = state;
    const migration = new Migration({ operations }, [appLabel, "x"]);
    state = await schemaEditor(database.connection, (editor) => applyOperations(editor, migration, before));
    undo.unshift(async () => {
      await schemaEditor(database.connection, (editor) => unapplyOperations(editor, migration, before));
      state = before;
    });
  }

  async function takeBack(steps: number): Promise<void> {
    for (const step of undo.splice(0, steps)) await step();
  }

  async function rows(sql: string): Promise<readonly Row[]> {
    const found = (await database.connection.execute(sql)).rows;
    return found.map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value)));
  }

  const run = async (sql: string): Promise<unknown> => database.connection.execute(sql);
  const constraints = (table: string): Promise<ConstraintInfo[]> => introspect(database.connection).constraints(table);
  const keysOf = async (table: string): Promise<unknown[]> =>
    (await constraints(table)).flatMap(({ columns, foreignKey }) =>
      foreignKey === null ? [] : [[...columns, ...foreignKey]],
    );

  async function typeOf(table: string, column: string): Promise<string | undefined> {
    return (await introspect(database.connection).columns(table)).find(({ name }) => name === column)?.type;
  }

  async function uniqueColumns(table: string): Promise<unknown[]> {
    return (await constraints(table)).filter((info) => info.unique && !info.primaryKey).map(({ columns }) => columns);
  }

  /** A statement that the database is to refuse. */
  async function refusal(sql: string): Promise<string> {
    return Promise.resolve()
      .then(() => run(sql))
      .then(
        () => "accepted",
        (error: Error) => error.name,
      );
  }

  async function authorsAndBooks(): Promise<void> {
    await apply(
      "blog",
      new CreateModel({ name: "Author", fields: { id: id(), name: new CharField({ maxLength: 20 }) } }),
      new CreateModel({
        name: "Book",
        fields: {
          id: id(),
          title: new CharField({ maxLength: 20 }),
          author: new ForeignKey("blog.Author", { onDelete: CASCADE, null: true }),
          others: new ManyToManyField("blog.Author", { relatedName: "+" }),
          sequels: new ManyToManyField("self", { symmetrical: false }),
        },
      }),
    );
    await run("INSERT INTO blog_author (id, name) VALUES (1, 'Ann'), (2, 'Bob')");
    await run("INSERT INTO blog_book (id, title, author_id) VALUES (1, 'One', 1), (2, 'Two', 2)");
    await run("INSERT INTO blog_book_others (book_id, author_id) VALUES (1, 2)");
    await run("INSERT INTO blog_book_sequels (from_book_id, to_book_id) VALUES (1, 2)");
  }

  test("a model is renamed with the keys, link tables and columns that speak of it", async () => {
    await authorsAndBooks();
    await apply("blog", new RenameModel({ oldName: "Author", newName: "Writer" }));
    await apply("blog", new RenameModel({ oldName: "Book", newName: "Volume" }));
    expect(await introspect(database.connection).tableNames()).toEqual([
      "blog_volume",
      "blog_volume_others",
      "blog_volume_sequels",
      "blog_writer",
    ]);
    expect(await keysOf("blog_volume")).toEqual([["author_id", "blog_writer", "id"]]);
    expect(await rows("SELECT volume_id, writer_id FROM blog_volume_others")).toEqual([[1, 2]]);
    expect(await rows("SELECT from_volume_id, to_volume_id FROM blog_volume_sequels")).toEqual([[1, 2]]);
    await takeBack(2);
    expect(await rows("SELECT book_id, author_id FROM blog_book_others")).toEqual([[1, 2]]);
    expect(await rows("SELECT id, title, author_id FROM blog_book ORDER BY id")).toEqual([
      [1, "One", 1],
      [2, "Two", 2],
    ]);
  });

  test("a key changes its type, and what refers to it follows, itself included", async () => {
    await apply(
      "blog",
      new CreateModel({
        name: "Node",
        fields: {
          id: new AutoField({ primaryKey: true }),
          parent: new ForeignKey("self", { onDelete: CASCADE, null: true }),
        },
      }),
      new CreateModel({
        name: "Leaf",
        fields: {
          id: id(),
          node: new ForeignKey("blog.Node", { onDelete: CASCADE }),
          nodes: new ManyToManyField("blog.Node", { relatedName: "+" }),
        },
      }),
    );
    await run("INSERT INTO blog_node (id, parent_id) VALUES (1, NULL), (2, 1)");
    await run("INSERT INTO blog_leaf (id, node_id) VALUES (1, 2)");
    await run("INSERT INTO blog_leaf_nodes (leaf_id, node_id) VALUES (1, 2)");
    await apply(
      "blog",
      new AlterField({ modelName: "Node", name: "id", field: new CharField({ primaryKey: true, maxLength: 9 }) }),
    );
    for (const [table, column] of [
      ["blog_node", "parent_id"],
      ["blog_leaf", "node_id"],
      ["blog_leaf_nodes", "node_id"],
    ] as const)
      expect(await typeOf(table, column)).toMatch(/^(?:varchar|character varying)\(9\)$/);
    await run("INSERT INTO blog_node (id, parent_id) VALUES ('x', '2')");
    expect(await rows("SELECT node_id FROM blog_leaf")).toEqual([["2"]]);
    expect(await refusal("INSERT INTO blog_leaf (id, node_id) VALUES (2, 'nowhere')")).toBe("IntegrityError");
  });

  test("a model moves to another application with its rows", async () => {
    await authorsAndBooks();
    const fields = { id: id(), name: new CharField({ maxLength: 20 }) };
    await apply(
      "people",
      new SeparateDatabaseAndState({
        stateOperations: [new CreateModel({ name: "Author", fields, options: { dbTable: "blog_author" } })],
      }),
    );
    await apply(
      "blog",
      new AlterField({
        modelName: "Book",
        name: "author",
        field: new ForeignKey("people.Author", { onDelete: CASCADE, null: true }),
      }),
      new AlterField({
        modelName: "Book",
        name: "others",
        field: new ManyToManyField("people.Author", { relatedName: "+" }),
      }),
      new SeparateDatabaseAndState({ stateOperations: [new DeleteModel({ name: "Author" })] }),
    );
    await apply("people", new AlterModelTable({ name: "Author", table: null }));
    expect(await keysOf("blog_book")).toEqual([["author_id", "people_author", "id"]]);
    expect(await rows("SELECT name FROM people_author ORDER BY id")).toEqual([["Ann"], ["Bob"]]);
    expect(await rows("SELECT book_id, author_id FROM blog_book_others")).toEqual([[1, 2]]);
    await takeBack(3);
    expect(await keysOf("blog_book")).toEqual([["author_id", "blog_author", "id"]]);
  });

  test("uniqueTogether becomes a constraint, and the other way round", async () => {
    await authorsAndBooks();
    const constraint = new UniqueConstraint({ name: "one_title", fields: ["title", "author"] });
    await apply("blog", new AlterUniqueTogether({ name: "Book", uniqueTogether: [["title", "author"]] }));
    await apply(
      "blog",
      new AlterUniqueTogether({ name: "Book", uniqueTogether: [] }),
      new AddConstraint({ modelName: "Book", constraint }),
    );
    expect(await uniqueColumns("blog_book")).toEqual([["title", "author_id"]]);
    await takeBack(1);
    expect(await uniqueColumns("blog_book")).toEqual([["title", "author_id"]]);
    await takeBack(1);
    expect(await uniqueColumns("blog_book")).toEqual([]);
  });

  test("the database's own rule for deletion comes, changes and goes", async () => {
    await authorsAndBooks();
    await run("DELETE FROM blog_book_others");
    await apply("blog", authorDeletedBy(DB_SET_NULL));
    await run("DELETE FROM blog_author WHERE id = 1");
    expect(await rows("SELECT id, author_id FROM blog_book ORDER BY id")).toEqual([
      [1, null],
      [2, 2],
    ]);
    await run("DELETE FROM blog_book_sequels");
    await apply("blog", authorDeletedBy(DB_CASCADE));
    await run("DELETE FROM blog_author WHERE id = 2");
    expect(await rows("SELECT id FROM blog_book")).toEqual([[1]]);
  });

  test("a computed column gets another expression, and a default of the database comes and goes", async () => {
    await apply(
      "blog",
      new CreateModel({ name: "Thing", fields: { id: id(), n: new IntegerField(), more: computed(1) } }),
    );
    await run("INSERT INTO blog_thing (n) VALUES (1)");
    await apply("blog", new AlterField({ modelName: "Thing", name: "more", field: computed(10) }));
    expect(await rows("SELECT n, more FROM blog_thing")).toEqual([[1, 11]]);
    await apply("blog", new AlterField({ modelName: "Thing", name: "n", field: new IntegerField({ dbDefault: 5 }) }));
    await run("INSERT INTO blog_thing (id) VALUES (7)");
    expect(await rows("SELECT n, more FROM blog_thing WHERE id = 7")).toEqual([[5, 15]]);
    await takeBack(2);
    expect(await rows("SELECT n, more FROM blog_thing WHERE id = 7")).toEqual([[5, 6]]);
    expect(await refusal("INSERT INTO blog_thing (id) VALUES (8)")).not.toBe("accepted");
  });

  test("a unique slug that becomes a plain one gets its indexes", async () => {
    await apply(
      "blog",
      new CreateModel({ name: "Thing", fields: { id: id(), slug: new SlugField({ unique: true }) } }),
    );
    await apply("blog", new AlterField({ modelName: "Thing", name: "slug", field: new SlugField() }));
    const walked = (await constraints("blog_thing")).map(({ columns, unique, index }) => ({ columns, unique, index }));
    await database.empty();
    state = new ProjectState();
    await apply("blog", new CreateModel({ name: "Thing", fields: { id: id(), slug: new SlugField() } }));
    const made = (await constraints("blog_thing")).map(({ columns, unique, index }) => ({ columns, unique, index }));
    expect(walked).toEqual(made);
  });

  test("the checks of columns outlive other changes of them", async () => {
    await apply(
      "blog",
      new CreateModel({
        name: "Thing",
        fields: { id: id(), n: new PositiveIntegerField({ null: true }), data: new JSONField({ null: true }) },
      }),
    );
    await apply(
      "blog",
      new AlterField({ modelName: "Thing", name: "data", field: new JSONField({ default: 1 }) }),
      new AlterField({ modelName: "Thing", name: "n", field: new PositiveIntegerField({ default: 1 }) }),
      new RenameField({ modelName: "Thing", oldName: "n", newName: "m" }),
    );
    await run(`INSERT INTO blog_thing (m, data) VALUES (1, '{"a": 1}')`);
    const wrong = ["(-1, '1')", "(1, 'no json')"];
    for (const values of wrong)
      expect(await refusal(`INSERT INTO blog_thing (m, data) VALUES ${values}`)).not.toBe("accepted");
  });

  test("a check that all rows meet, or none, is written all the same", async () => {
    await apply("blog", new CreateModel({ name: "Thing", fields: { id: id(), n: new PositiveIntegerField() } }));
    const constraint = new CheckConstraint({ name: "always", condition: new Q({ n__gt: -1 }) });
    await apply("blog", new AddConstraint({ modelName: "Thing", constraint }));
    await run("INSERT INTO blog_thing (n) VALUES (1)");
    await apply("blog", new AddField({ modelName: "Thing", name: "m", field: new IntegerField({ default: 1 }) }));
    expect(await rows("SELECT n, m FROM blog_thing")).toEqual([[1, 1]]);
    await takeBack(2);
    expect(await rows("SELECT n FROM blog_thing")).toEqual([[1]]);
  });

  test("a value that cannot be cast is told, and nothing is changed", async () => {
    await authorsAndBooks();
    await expect(
      apply("blog", new AlterField({ modelName: "Book", name: "title", field: new IntegerField() })),
    ).rejects.toThrow(
      /blog_book.title is no integer: 'One'|invalid input syntax for type integer: "One"|Truncated incorrect INTEGER value: 'One'/,
    );
    expect(await rows("SELECT title FROM blog_book ORDER BY id")).toEqual([["One"], ["Two"]]);
  });
});
