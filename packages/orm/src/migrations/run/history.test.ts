import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { Q } from "../../expressions/q.ts";
import { BigAutoField } from "../../fields/auto.ts";
import { ForeignKey } from "../../fields/foreign-key.ts";
import { ManyToManyField } from "../../fields/many-to-many.ts";
import { IntegerField } from "../../fields/numbers.ts";
import { CharField } from "../../fields/text.ts";
import { CheckConstraint } from "../../models/constraints/check.ts";
import { Index } from "../../models/indexes.ts";
import { CASCADE } from "../../models/on-delete.ts";
import { introspect } from "../../schema/introspection.ts";
import { schemaEditor } from "../../schema/schema-editor.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../../testdata/servers.ts";
import { detectChanges } from "../autodetector/autodetector.ts";
import { Migration } from "../migration.ts";
import { AddConstraint } from "../operations/add-constraint.ts";
import { AddField } from "../operations/add-field.ts";
import { AddIndex } from "../operations/add-index.ts";
import { AlterField } from "../operations/alter-field.ts";
import { CreateModel } from "../operations/create-model.ts";
import type { Operation } from "../operations/operation.ts";
import { RemoveField } from "../operations/remove-field.ts";
import { RenameField } from "../operations/rename-field.ts";
import { CheckingQuestioner } from "../questioner/silent-questioner.ts";
import { ProjectState } from "../state/project-state.ts";
import { applyOperations, unapplyOperations } from "./apply-operations.ts";

const id = (): BigAutoField => new BigAutoField({ autoCreated: true, primaryKey: true });

/** Six steps in the life of one model of a growing blog. */
function stepsOf(number: number): Operation[] {
  const modelName = `Post${number}`;
  const previous =
    number === 0
      ? []
      : [["parent", new ForeignKey(`blog.Post${number - 1}`, { onDelete: CASCADE, null: true })] as const];
  return [
    new CreateModel({
      name: modelName,
      fields: { id: id(), title: new CharField({ maxLength: 40 }), ...Object.fromEntries(previous) },
    }),
    new AddField({ modelName, name: "votes", field: new IntegerField({ default: 1 }) }),
    number % 2 === 0
      ? new AlterField({ modelName, name: "title", field: new CharField({ maxLength: 80, dbIndex: true }) })
      : new AddField({ modelName, name: "others", field: new ManyToManyField("blog.Post0", { relatedName: "+" }) }),
    number % 3 === 0
      ? new RenameField({ modelName, oldName: "votes", newName: "points" })
      : new AddIndex({ modelName, index: new Index({ fields: ["-votes", "title"], name: `post${number}_idx` }) }),
    new AddConstraint({
      modelName,
      constraint: new CheckConstraint({ name: `post${number}_ok`, condition: new Q({ title__gt: "" }) }),
    }),
    number % 4 === 3
      ? new RemoveField({ modelName, name: "others" })
      : new AddField({ modelName, name: "note", field: new CharField({ maxLength: 9, null: true }) }),
  ];
}

const sixty = Array.from({ length: 10 }, (_, number) => stepsOf(number)).flat();

async function shape(connection: BaseWrapper): Promise<unknown> {
  const introspection = introspect(connection);
  const tables: Record<string, unknown> = {};
  for (const table of await introspection.tableNames()) {
    const constraints = (await introspection.constraints(table)).map((constraint) => JSON.stringify(constraint));
    const columns = (await introspection.columns(table)).map((column) => JSON.stringify(column));
    tables[table] = { columns: columns.toSorted(), constraints: constraints.toSorted() };
  }
  return tables;
}

async function run(
  connection: BaseWrapper,
  state: ProjectState,
  operations: readonly Operation[],
): Promise<ProjectState> {
  const migration = new Migration({ operations }, ["blog", "x"]);
  return schemaEditor(connection, (editor) => applyOperations(editor, migration, state));
}

/** The titles of the first posts, which must come through all changes. */
async function titles(connection: BaseWrapper): Promise<unknown> {
  return (await connection.execute("SELECT id, title FROM blog_post0 ORDER BY id")).rows;
}

const answers = {
  renamedModels: new Map<string, string>(),
  renamedFields: new Map<string, string>(),
  defaults: new Map<string, string>(),
};

describe.each(VENDORS)("sixty migrations of a growing blog on %s", (vendor) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await makeDatabase(vendor, "history");
  });

  afterAll(async () => {
    await database.drop();
  });

  test("lead to the schema that one step makes, keep the rows, and back to nothing", { timeout: 60_000 }, async () => {
    const { connection } = database;
    const states = [new ProjectState()];
    const rows = [
      [1, "One"],
      [2, "Two"],
    ];
    for (const [at, operation] of sixty.entries()) {
      states.push(await run(connection, states.at(-1) ?? new ProjectState(), [operation]));
      if (at === 0) await connection.execute("INSERT INTO blog_post0 (id, title) VALUES (1, 'One'), (2, 'Two')");
    }
    expect(sixty).toHaveLength(60);
    expect(await titles(connection)).toEqual(rows);
    const walked = await shape(connection);
    let afterwards: unknown;
    for (const [at, operation] of [...sixty.entries()].toReversed()) {
      const migration = new Migration({ operations: [operation] }, ["blog", "x"]);
      if (at === 0) afterwards = await titles(connection);
      await schemaEditor(connection, (editor) =>
        unapplyOperations(editor, migration, states[at] ?? new ProjectState()),
      );
    }
    expect(afterwards).toEqual(rows);
    expect(await introspect(connection).tableNames()).toEqual([]);

    const final = states.at(-1) ?? new ProjectState();
    const changes = await detectChanges(new ProjectState(), final, new CheckingQuestioner(answers, new Set(["blog"])));
    let state = new ProjectState();
    for (const { operations } of changes.get("blog") ?? []) state = await run(connection, state, operations);
    expect(await shape(connection)).toEqual(walked);
  });
});

test("two states of a hundred models that are alike need nothing", async () => {
  let state = new ProjectState();
  for (let number = 0; number < 100; number += 1)
    for (const operation of stepsOf(number)) state = operation.stateForwards("blog", state);
  expect([
    ...(await detectChanges(state, ProjectState.of(state.models.values()), new CheckingQuestioner(answers, new Set()))),
  ]).toEqual([]);
});
