import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { SqliteWrapper } from "../../backends/sqlite/wrapper.ts";
import { connections } from "../../db/connections.ts";
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

let connection: BaseWrapper;

function open(): BaseWrapper {
  const opened = new SqliteWrapper("default", { ENGINE: "sqlite", NAME: ":memory:" });
  connections.set("default", opened);
  return opened;
}

beforeAll(() => {
  if (!isConfigured()) configureSettings({});
});

beforeEach(() => {
  connection = open();
});

afterEach(async () => {
  connections.set("default", undefined);
  await connection.close();
});

test("sixty migrations lead to the schema that one step makes, and back to nothing", async () => {
  const states = [new ProjectState()];
  for (const operation of sixty) {
    const before = states.at(-1) ?? new ProjectState();
    const migration = new Migration({ operations: [operation] }, ["blog", "x"]);
    states.push(await schemaEditor(connection, (editor) => applyOperations(editor, migration, before)));
  }
  expect(sixty).toHaveLength(60);
  const walked = await shape(connection);
  for (const [at, operation] of [...sixty.entries()].toReversed()) {
    const migration = new Migration({ operations: [operation] }, ["blog", "x"]);
    await schemaEditor(connection, (editor) => unapplyOperations(editor, migration, states[at] ?? new ProjectState()));
  }
  expect(await introspect(connection).tableNames()).toEqual([]);

  const answers = {
    renamedModels: new Map<string, string>(),
    renamedFields: new Map<string, string>(),
    defaults: new Map<string, string>(),
  };
  const final = states.at(-1) ?? new ProjectState();
  const changes = await detectChanges(new ProjectState(), final, new CheckingQuestioner(answers, new Set(["blog"])));
  let state = new ProjectState();
  for (const migration of changes.get("blog") ?? []) {
    const before = state;
    state = await schemaEditor(connection, (editor) => applyOperations(editor, migration, before));
  }
  expect(await shape(connection)).toEqual(walked);
});

test("two states of a hundred models that are alike need nothing", async () => {
  let state = new ProjectState();
  for (let number = 0; number < 100; number += 1)
    for (const operation of stepsOf(number)) state = operation.stateForwards("blog", state);
  const answers = {
    renamedModels: new Map<string, string>(),
    renamedFields: new Map<string, string>(),
    defaults: new Map<string, string>(),
  };
  expect([
    ...(await detectChanges(state, ProjectState.of(state.models.values()), new CheckingQuestioner(answers, new Set()))),
  ]).toEqual([]);
});
