// The recorded models on a database, inspected: the models that come out compile, and read and write every row.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { BaseWrapper } from "../packages/orm/src/backends/base/base-wrapper.ts";
import type { Row } from "../packages/orm/src/backends/base/wrapper.ts";
import { checkModels } from "../packages/orm/src/checks/index.ts";
import { inspectDatabase } from "../packages/orm/src/inspection/inspect-database.ts";
import { planModels } from "../packages/orm/src/inspection/plan-models.ts";
import { writeModels } from "../packages/orm/src/inspection/write-models.ts";
import { withDeferredConstraints } from "../packages/orm/src/maintenance/constraints.ts";
import type { ModelClass } from "../packages/orm/src/models/model.ts";
import { schemaEditor } from "../packages/orm/src/schema/schema-editor.ts";
import { register } from "../packages/orm/src/testdata/database.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../packages/orm/src/testdata/servers.ts";
import { WrittenModules } from "../packages/orm/src/testdata/written-modules.ts";
import { corpusFolders } from "./corpus.ts";
import { Harness } from "./orm/harness.ts";

const corpus = corpusFolders().find((folder) => existsSync(join(folder, "names.json")));

/** Django's own statements make the tables where they were recorded, and the schema editor makes them elsewhere. */
async function makeTables(connection: BaseWrapper, harness: Harness, folder: string): Promise<void> {
  if (connection.vendor !== "sqlite")
    return schemaEditor(connection, async (editor) => {
      for (const model of concreteModels(harness)) await editor.createModel(model);
    });
  const { models } = JSON.parse(readFileSync(join(folder, "names.json"), "utf8")) as {
    readonly models: readonly { readonly sqliteDdl?: readonly string[] }[];
  };
  for (const sql of new Set(models.flatMap(({ sqliteDdl = [] }) => sqliteDdl))) await connection.execute(sql);
}

function concreteModels(harness: Harness): ModelClass[] {
  return [...harness.models.values()].filter((model) => Object.hasOwn(model, "_meta") && !model._meta.proxy);
}

/** The rows of all tables as the driver gives them. */
async function rawRows(connection: BaseWrapper, models: readonly ModelClass[]): Promise<Record<string, Row[]>> {
  const tables: Record<string, Row[]> = {};
  for (const { _meta: meta } of models) {
    const columns = meta.localConcreteFields.map(({ column }) => connection.quoteName(column ?? "")).join(", ");
    const { rows } = await connection.execute(`SELECT ${columns} FROM ${connection.quoteName(meta.dbTable)}`);
    tables[meta.dbTable] = [...rows].toSorted((a, b) => (String(a) < String(b) ? -1 : 1));
  }
  return tables;
}

describe.skipIf(corpus === undefined)("inspectdb on the recorded models", () => {
  const folder = corpus ?? "";
  const modules = new WrittenModules();
  afterAll(() => {
    modules.remove();
  });

  describe.each(VENDORS.map((vendor) => ({ vendor })))("$vendor", ({ vendor }) => {
    let database: TestDatabase;
    let harness: Harness;
    let connection: BaseWrapper;
    let models: ModelClass[] = [];

    beforeAll(async () => {
      database = await makeDatabase(vendor, "inspectdb");
      connection = database.connection;
      // For the models and rows: the database is the one made here.
      harness = new Harness(folder, "sqlite");
      await makeTables(connection, harness, folder);
      await withDeferredConstraints(connection, () => harness.loadRows());
    }, 60_000);
    afterAll(async () => {
      await database.drop();
      await harness.close();
    });

    test("every table has a model, with every column", async () => {
      const { tables, unreadable } = await inspectDatabase(connection, {
        tables: [],
        includeViews: false,
        includePartitions: false,
      });
      expect(unreadable).toEqual([]);
      const path = modules.write(`${vendor}.ts`, writeModels(planModels(tables, "BigAutoField"), []));
      const exported = (await import(path)) as Readonly<Record<string, ModelClass>>;
      models = Object.values(exported);
      register(`inspected_${vendor}`, ...models);
      expect(checkModels(models)).toEqual([]);
      const columns = Object.fromEntries(
        models.map(({ _meta: meta }) => [
          meta.dbTable,
          meta.localConcreteFields.map(({ column }) => column).toSorted(),
        ]),
      );
      const links = concreteModels(harness).flatMap(({ _meta }) =>
        _meta.localManyToMany.map(({ remoteField }) => remoteField.throughModel),
      );
      const expected = [...concreteModels(harness), ...links].map(({ _meta: meta }) => [
        meta.dbTable,
        meta.localConcreteFields.map(({ column }) => column).toSorted(),
      ]);
      expect(columns).toEqual(Object.fromEntries(expected));
    });

    test("every row is read, and written as it was", async () => {
      const before = await rawRows(connection, models);
      expect(Object.values(before).flat()).toHaveLength(321);
      const rows = (await Promise.all(models.map((model) => model.objects.all()))).flat();
      expect(rows).toHaveLength(321);
      for (const row of rows) await row.save();
      expect(await rawRows(connection, models)).toEqual(before);
      await withDeferredConstraints(connection, async () => {
        for (const { _meta: meta } of models)
          await connection.execute(`DELETE FROM ${connection.quoteName(meta.dbTable)}`);
        for (const row of rows) await row.save({ forceInsert: true });
      });
      expect(await rawRows(connection, models)).toEqual(before);
    }, 60_000);
  });

  test("what came out compiles, and so do queries over its relations", { timeout: 120_000 }, () => {
    modules.write(
      "usage.ts",
      `import { LibraryBook, LibraryReview } from "./sqlite.ts";

export async function titles(): Promise<string[]> {
  const reviews = await LibraryReview.objects.filter({ book__title__startswith: "T", rating__gt: 3 }).selectRelated("book");
  const [book] = await LibraryBook.objects.filter({ libraryReview__rating: 5 });
  // @ts-expect-error no such field
  LibraryBook.objects.filter({ titel: "x" });
  return [...reviews.map((review) => review.book.title), ...((await book?.libraryReviewSet.all()) ?? []).map(({ text }) => text ?? "")];
}
`,
    );
    expect(modules.compile()).toBe("");
  });
});
