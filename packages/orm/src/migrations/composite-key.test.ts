import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { describe, expect, test } from "vitest";

import { createConnection, connections } from "../db/connections.ts";
import { CompositePrimaryKey } from "../fields/composite.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import { IntegerField } from "../fields/numbers.ts";
import { CharField } from "../fields/text.ts";
import { CASCADE } from "../models/on-delete.ts";
import { introspect } from "../schema/introspection.ts";
import { schemaEditor } from "../schema/schema-editor.ts";
import { detectChanges } from "./autodetector/autodetector.ts";
import { Migration } from "./migration.ts";
import { AddField } from "./operations/add-field.ts";
import { AlterField } from "./operations/alter-field.ts";
import { CreateModel } from "./operations/create-model.ts";
import { RenameField } from "./operations/rename-field.ts";
import { applyOperations } from "./run/apply-operations.ts";
import { SilentQuestioner } from "./questioner/silent-questioner.ts";
import { ProjectState } from "./state/project-state.ts";
import { migrationFile } from "./writer/migration-file.ts";

if (!isConfigured()) configureSettings({});

function relation(to: string, options = {}): ForeignKey {
  return new ForeignKey(to, { onDelete: CASCADE, ...options });
}

function create(): CreateModel {
  return new CreateModel({
    name: "Seat",
    fields: {
      pk: new CompositePrimaryKey("room", "number"),
      room: new CharField({ maxLength: 20 }),
      number: new IntegerField(),
      note: new CharField({ maxLength: 20, null: true }),
    },
  });
}

function after(operation: CreateModel): ProjectState {
  return operation.stateForwards("theatre", new ProjectState());
}

function changed(...names: string[]): CreateModel {
  return new CreateModel({
    name: "Seat",
    fields: {
      pk: new CompositePrimaryKey(...names),
      room: new CharField({ maxLength: 20 }),
      [names.at(-1) ?? ""]: new IntegerField(),
      note: new CharField({ maxLength: 20, null: true }),
    },
  });
}

describe("a composite primary key in migrations", () => {
  test("is written with the names of its fields", () => {
    const file = migrationFile(new Migration({ operations: [create()] }, ["theatre", "0001_initial"]));
    expect(file).toContain('pk: models.CompositePrimaryKey("room", "number"),');
  });

  test("is created with its table, and stays when the table is made anew or a field renamed", async () => {
    const connection = createConnection("default", { ENGINE: "sqlite", NAME: ":memory:" });
    connections.set("default", connection);
    const key = async (): Promise<unknown> =>
      (await introspect(connection).constraints("theatre_seat")).find((one) => one.primaryKey)?.columns;
    let state = new ProjectState();
    const apply = async (
      ...operations: ConstructorParameters<typeof Migration>[0]["operations"] & object
    ): Promise<void> => {
      state = await schemaEditor(connection, (editor) =>
        applyOperations(editor, new Migration({ operations }, ["theatre", "x"]), state),
      );
    };
    await apply(create());
    expect(await key()).toEqual(["room", "number"]);
    await apply(new AlterField({ modelName: "Seat", name: "note", field: new CharField({ maxLength: 30 }) }));
    expect(await key()).toEqual(["room", "number"]);
    await apply(new RenameField({ modelName: "Seat", oldName: "number", newName: "place" }));
    expect(await key()).toEqual(["room", "place"]);
    await expect(
      apply(new AlterField({ modelName: "Seat", name: "pk", field: new CompositePrimaryKey("place", "room") })),
    ).rejects.toThrow("cannot be added");
    await expect(
      apply(
        new CreateModel({
          name: "Other",
          fields: { number: new IntegerField({ primaryKey: true }), a: new IntegerField() },
        }),
        new AddField({ modelName: "Other", name: "pk", field: new CompositePrimaryKey("number", "a") }),
      ),
    ).rejects.toThrow(/primary key/);
    await connections.closeAll();
  });

  test("is created with its parts, also where two models refer to each other", async () => {
    const state = new ProjectState();
    const seat = new CreateModel({
      name: "Place",
      fields: {
        pk: new CompositePrimaryKey("roomId", "number"),
        room: relation("theatre.Room"),
        number: new IntegerField(),
        code: new IntegerField({ unique: true }),
      },
    });
    const room = new CreateModel({
      name: "Room",
      fields: {
        id: new IntegerField({ primaryKey: true }),
        best: relation("theatre.Place", { toField: "code", null: true }),
      },
    });
    const target = seat.stateForwards("theatre", room.stateForwards("theatre", state));
    const answers = { renamedModels: new Map(), renamedFields: new Map(), defaults: new Map() };
    const changes = await detectChanges(state, target, new SilentQuestioner(answers, new Set(["theatre"])));
    const operations = changes.get("theatre")?.flatMap((migration) => migration.operations) ?? [];
    expect(operations.map((operation) => operation.describe())).toEqual([
      "Create model Room",
      "Create model Place",
      "Add field best to Room",
    ]);
  });

  test("follows the renaming of a field, and cannot be changed otherwise", async () => {
    const questioner = new SilentQuestioner(
      {
        renamedModels: new Map(),
        renamedFields: new Map([["theatre.seat.number", "place"]]),
        defaults: new Map(),
      },
      new Set(),
    );
    const changes = await detectChanges(after(create()), after(changed("room", "place")), questioner);
    expect(changes.get("theatre")?.flatMap(({ operations }) => operations.map((one) => one.describe()))).toEqual([
      "Rename field number on Seat to place",
    ]);
    await expect(detectChanges(after(create()), after(changed("note", "room", "number")), questioner)).rejects.toThrow(
      "composite primary key cannot be added",
    );
  });
});
