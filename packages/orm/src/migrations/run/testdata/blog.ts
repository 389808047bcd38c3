// A blog that exists, and a migration of ten operations to change it: what the tests of interruption work on.

import { configureSettings, isConfigured } from "@tsgo/core/conf";

import type { BaseWrapper } from "../../../backends/base/base-wrapper.ts";
import type { DatabaseSettings } from "../../../backends/base/wrapper.ts";
import { connections } from "../../../db/connections.ts";
import { Q } from "../../../expressions/q.ts";
import { BigAutoField } from "../../../fields/auto.ts";
import { ForeignKey } from "../../../fields/foreign-key.ts";
import { IntegerField } from "../../../fields/numbers.ts";
import { CharField } from "../../../fields/text.ts";
import { CheckConstraint } from "../../../models/constraints/check.ts";
import { Index } from "../../../models/indexes.ts";
import { CASCADE } from "../../../models/on-delete.ts";
import type { MigrationKey } from "../../graph.ts";
import { Migration } from "../../migration.ts";
import { AddConstraint } from "../../operations/add-constraint.ts";
import { AddField } from "../../operations/add-field.ts";
import { AddIndex } from "../../operations/add-index.ts";
import { AlterField } from "../../operations/alter-field.ts";
import { AlterUniqueTogether } from "../../operations/alter-unique-together.ts";
import { CreateModel } from "../../operations/create-model.ts";
import type { Operation } from "../../operations/operation.ts";
import { RemoveField } from "../../operations/remove-field.ts";
import { RenameField } from "../../operations/rename-field.ts";
import { RenameModel } from "../../operations/rename-model.ts";
import { RunSQL } from "../../operations/run-sql.ts";
import { RunTypeScript } from "../../operations/run-typescript.ts";
import { LoadedMigrations } from "../loader.ts";
import { MigrationRecorder } from "../recorder.ts";

const id = (): BigAutoField => new BigAutoField({ autoCreated: true, primaryKey: true });

/** The first migration: two tables. */
export const first = new Migration(
  {
    initial: true,
    operations: [
      new CreateModel({ name: "Author", fields: { id: id(), name: new CharField({ maxLength: 50 }), age: new IntegerField({ null: true }) } }),
      new CreateModel({
        name: "Book",
        fields: {
          id: id(),
          title: new CharField({ maxLength: 50, dbIndex: true }),
          pages: new IntegerField({ default: 1 }),
          author: new ForeignKey("blog.Author", { onDelete: CASCADE }),
        },
      }),
    ],
  },
  ["blog", "0001_initial"],
);

/** The ten operations. */
export const tenOperations: readonly Operation[] = [
  new CreateModel({ name: "Tag", fields: { id: id(), name: new CharField({ maxLength: 20, unique: true }) } }),
  new AddField({ modelName: "Book", name: "stars", field: new IntegerField({ default: 3 }) }),
  new AlterField({ modelName: "Book", name: "title", field: new CharField({ maxLength: 80, dbIndex: true }) }),
  new AddIndex({ modelName: "Book", index: new Index({ fields: ["stars", "-title"], name: "stars_idx" }) }),
  new AddConstraint({ modelName: "Book", constraint: new CheckConstraint({ name: "stars_ok", condition: new Q({ stars__gte: 0 }) }) }),
  new RenameField({ modelName: "Author", oldName: "name", newName: "fullName" }),
  new RenameModel({ oldName: "Author", newName: "Writer" }),
  new AlterUniqueTogether({ name: "Book", uniqueTogether: [["author", "title"]] }),
  new RunSQL({ sql: "UPDATE blog_book SET pages = pages + 1", reverseSql: "UPDATE blog_book SET pages = pages - 1" }),
  new RemoveField({ modelName: "Writer", name: "age" }),
];

/** The migration of the ten, interrupted before the operation `at`: by a program that never comes back. */
export function second(at?: number, interrupt: () => void | Promise<void> = () => {}): Migration {
  const stop = new RunTypeScript({ code: interrupt, reverseCode: RunTypeScript.noop });
  const operations = at === undefined ? tenOperations : [...tenOperations.slice(0, at), stop, ...tenOperations.slice(at)];
  return new Migration({ operations, dependencies: [["blog", "0001_initial"]] }, ["blog", "0002_ten"]);
}

/** Sets the databases up, by alias. */
export function configure(databases: Readonly<Record<string, DatabaseSettings>>): void {
  if (!isConfigured()) configureSettings({});
  connections.configure(databases);
}

/** The migrations as a loader would give them. */
export async function load(connection: BaseWrapper, migrations: readonly Migration[]): Promise<LoadedMigrations> {
  const disk = new Map(migrations.map((migration) => [migration.key.join("."), migration]));
  const files = new Map([...disk.keys()].map((text) => [text, `${text.replace(".", "/migrations/")}.ts`]));
  const applied = await new MigrationRecorder(connection).applied();
  return new LoadedMigrations({ disk, files, migratedApps: new Set(["blog"]), unmigratedApps: new Set() }, applied, true);
}

/** The target that all tests go to. */
export const target: MigrationKey = ["blog", "0002_ten"];
