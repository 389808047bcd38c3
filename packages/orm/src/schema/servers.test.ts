import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { DatabaseSettings } from "../backends/base/wrapper.ts";
import { connections, createConnection } from "../db/connections.ts";
import { Q } from "../expressions/q.ts";
import { BigAutoField } from "../fields/auto.ts";
import { IntegerField } from "../fields/numbers.ts";
import { CharField } from "../fields/text.ts";
import { Migration } from "../migrations/migration.ts";
import { AddConstraint } from "../migrations/operations/add-constraint.ts";
import { AddField } from "../migrations/operations/add-field.ts";
import { AlterField } from "../migrations/operations/alter-field.ts";
import { CreateModel } from "../migrations/operations/create-model.ts";
import type { Operation } from "../migrations/operations/operation.ts";
import {
  AddConstraintNotValid,
  AddIndexConcurrently,
  ValidateConstraint,
} from "../migrations/operations/postgresql.ts";
import { applyOperations, unapplyOperations } from "../migrations/run/apply-operations.ts";
import { ProjectState } from "../migrations/state/project-state.ts";
import { CheckConstraint } from "../models/constraints/check.ts";
import { Index } from "../models/indexes.ts";
import { introspect } from "./introspection.ts";
import { schemaEditor } from "./schema-editor.ts";

const SERVERS: Readonly<Record<string, DatabaseSettings>> = {
  PostgreSQL: { ENGINE: "postgresql", NAME: "postgres", USER: "postgres", HOST: "127.0.0.1", PORT: 5432 },
  MariaDB: { ENGINE: "mariadb", NAME: "mysql", USER: "root", HOST: "127.0.0.1", PORT: 3306 },
};

function migrationOf(operations: Operation[]): Migration {
  return new Migration({ operations }, ["blog", "x"]);
}

function id(): BigAutoField {
  return new BigAutoField({ autoCreated: true, primaryKey: true });
}

const required = process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1";

async function answers(settings: DatabaseSettings): Promise<boolean> {
  const connection = createConnection("probe", settings);
  try {
    await connection.execute("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

if (!isConfigured()) configureSettings({});
const reachable = await Promise.all(Object.values(SERVERS).map(answers));

describe.each(
  Object.entries(SERVERS).map(([name, settings], at) => ({ name, settings, there: reachable[at] ?? false })),
)("changing the schema of $name", ({ settings, there }) => {
  const name = `tsgo_test_migrations_schema_${process.pid}`;
  let admin: BaseWrapper;
  let connection: BaseWrapper;

  beforeAll(async () => {
    if (!there && !required) return;
    admin = createConnection("admin", settings);
    await admin.execute(`DROP DATABASE IF EXISTS ${name}`);
    await admin.execute(`CREATE DATABASE ${name}`);
    connection = createConnection("default", { ...settings, NAME: name });
    connections.set("default", connection);
  });

  afterEach(async () => {
    if (!there && !required) return;
    for (const table of await introspect(connection).tableNames())
      await connection.execute(`DROP TABLE ${connection.quoteName(table)}`);
  });

  afterAll(async () => {
    if (!there && !required) return;
    connections.set("default", undefined);
    await connection.close();
    await admin.execute(`DROP DATABASE ${name}`);
    await admin.close();
  });

  const apply = (state: ProjectState, ...operations: Operation[]): Promise<ProjectState> =>
    schemaEditor(connection, (editor) => applyOperations(editor, migrationOf(operations), state));
  const takeBack = (state: ProjectState, ...operations: Operation[]): Promise<void> =>
    schemaEditor(connection, (editor) => unapplyOperations(editor, migrationOf(operations), state));

  const hostile = ["it's; DROP TABLE x; --", "\\", "?", "%", "`", "$1", "'';--", "%(x)s", 'a"b'];

  // Skipped where no server answers, unless TSGO_TEST_REQUIRE_SERVICES=1 says that there must be one.
  test.skipIf(!there && !required).each(hostile)(
    "NODE-26: %j is a text in defaults, checks and comments, there and back",
    async (text) => {
      const field = new CharField({ maxLength: 99, dbDefault: text, dbComment: text });
      const create = new CreateModel({
        name: "Thing",
        fields: { id: id(), x: field, n: new IntegerField({ null: true }) },
        options: { dbTableComment: text },
      });
      const state = await apply(new ProjectState(), create);
      const [table, x, y] = ["blog_thing", "x", "y"].map((part) => connection.quoteName(part));
      await connection.execute(`INSERT INTO ${table} (${connection.quoteName("n")}) VALUES (1)`);
      const operations = [
        new AddField({ modelName: "Thing", name: "y", field: new CharField({ maxLength: 99, default: text }) }),
        new AddConstraint({
          modelName: "Thing",
          constraint: new CheckConstraint({ name: "same", condition: new Q({ y: text }) }),
        }),
        new AlterField({ modelName: "Thing", name: "n", field: new IntegerField({ default: 1 }) }),
      ];
      await apply(state, ...operations);
      expect((await connection.execute(`SELECT ${x}, ${y} FROM ${table}`)).rows).toEqual([[text, text]]);
      await takeBack(state, ...operations);
      expect((await connection.execute(`SELECT ${x} FROM ${table}`)).rows).toEqual([[text]]);
      await takeBack(new ProjectState(), create);
      expect(await introspect(connection).tableNames()).toEqual([]);
    },
  );

  test.skipIf(!there && !required).each(['a"b', "a`b", "a'b", "a;b", "a b", "select"])(
    "NODE-26: tables, columns and constraints may be called %j",
    async (called) => {
      const create = new CreateModel({
        name: "Thing",
        fields: { id: id(), x: new CharField({ maxLength: 9, dbColumn: called }) },
        options: {
          dbTable: called,
          constraints: [new CheckConstraint({ name: `${called}c`, condition: new Q({ x: "ok" }) })],
        },
      });
      await apply(new ProjectState(), create);
      expect(await introspect(connection).tableNames()).toEqual([called]);
      await takeBack(new ProjectState(), create);
      expect(await introspect(connection).tableNames()).toEqual([]);
    },
  );

  test.skipIf((!there && !required) || settings.ENGINE !== "postgresql")(
    "an index is built while the table is in use, a check is added first and validated later",
    async () => {
      const create = new CreateModel({ name: "Thing", fields: { id: id(), n: new IntegerField() } });
      const state = await apply(new ProjectState(), create);
      await connection.execute('INSERT INTO "blog_thing" ("n") VALUES (-1)');
      const index = new Index({ fields: ["n"], name: "n_idx" });
      const concurrently = new AddIndexConcurrently({ modelName: "Thing", index });
      await expect(apply(state, concurrently)).rejects.toThrow(/atomic: false/);
      const outside = new Migration({ operations: [concurrently], atomic: false }, ["blog", "x"]);
      const indexed = await schemaEditor(connection, (editor) => applyOperations(editor, outside, state), {
        atomic: false,
      });
      const constraint = new CheckConstraint({ name: "n_ok", condition: new Q({ n__gte: 0 }) });
      const checked = await apply(indexed, new AddConstraintNotValid({ modelName: "Thing", constraint }));
      const validate = new ValidateConstraint({ modelName: "Thing", name: "n_ok" });
      await expect(apply(checked, validate)).rejects.toThrow(/n_ok/);
      await connection.execute('UPDATE "blog_thing" SET "n" = 1');
      await apply(checked, validate);
      const names = (await introspect(connection).constraints("blog_thing")).map((info) => info.name);
      expect(names).toEqual(expect.arrayContaining(["n_idx", "n_ok"]));
    },
  );
});
