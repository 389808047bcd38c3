// A database with the recorded schema and rows, and what all topics of the ORM do with it.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";

import type { BaseWrapper } from "../../packages/orm/src/backends/base/base-wrapper.ts";
import { connections } from "../../packages/orm/src/db/connections.ts";
import type { ModelClass } from "../../packages/orm/src/models/model.ts";
import type { QuerySet } from "../../packages/orm/src/models/queryset.ts";
import { schemaEditor } from "../../packages/orm/src/schema/schema-editor.ts";
import { applyChain } from "./chain.ts";
import { Decoder } from "./expressions.ts";
import { buildModels } from "./schema.ts";
import { type Store, openStore } from "./store.ts";

interface Fixtures {
  readonly tables: readonly { readonly model: string; readonly rows: readonly Record<string, unknown>[] }[];
}

/** The models by label, on a database of their own. */
export class Harness {
  readonly models: ReadonlyMap<string, ModelClass>;
  readonly decoder: Decoder;
  readonly #store: Store;
  readonly #fixtures: Fixtures;
  // The settings that the cases were recorded with.
  readonly #settings: Disposable;
  #dirty = true;

  constructor(corpusFolder: string) {
    if (!isConfigured()) configureSettings();
    this.#settings = overrideSettings({
      TIME_ZONE: "UTC",
      USE_TZ: true,
      DEFAULT_AUTO_FIELD: "BigAutoField",
      DEFAULT_FETCH_MODE: "one",
    });
    const read = (name: string): unknown => JSON.parse(readFileSync(join(corpusFolder, name), "utf8"));
    this.#store = openStore(process.env["TSGO_CONFORMANCE_DATABASE"] ?? "sqlite");
    this.#fixtures = read("fixtures.json") as Fixtures;
    const { models } = read("schema.json") as { models: never[] };
    this.models = buildModels(models, this).models;
    this.decoder = new Decoder(this);
  }

  get connection(): BaseWrapper {
    return connections.get();
  }

  model(label: string): ModelClass {
    const model = this.models.get(label);
    if (model !== undefined) return model;
    const [app = "", name = "", field = ""] = label.split(".");
    const owner = this.models.get(`${app}.${name}`);
    const link = owner?._meta.manyToMany.find((candidate) => candidate.name === field);
    if (link === undefined) throw new Error(`No model ${label}`);
    return link.remoteField.throughModel;
  }

  /** What delete() gave, with link tables as the cases call them: `library.Book.tags`. */
  deleted([total, counts]: readonly [number, Readonly<Record<string, number>>]): [number, Record<string, number>] {
    const links = new Map<string, string>();
    for (const [label, model] of this.models) {
      if (!Object.hasOwn(model, "_meta")) continue;
      for (const field of model._meta.localManyToMany) {
        const through = field.remoteField.throughModel;
        if (through._meta.autoCreated !== false) links.set(through._meta.label, `${label}.${field.name}`);
      }
    }
    return [
      total,
      Object.fromEntries(Object.entries(counts).map(([label, count]) => [links.get(label) ?? label, count])),
    ];
  }

  /** Where a chain starts: a manager of a model. */
  queryset(label: string, manager?: string): QuerySet {
    const model = this.model(label);
    const named = manager === undefined ? model._meta.defaultManager : model._meta.managers.get(manager);
    if (named === undefined) throw new Error(`No manager ${String(manager)}`);
    return named.getQueryset();
  }

  chain(queryset: QuerySet, steps: readonly (readonly unknown[])[], decoder: Decoder): QuerySet {
    return applyChain(queryset, steps, decoder);
  }

  /** Makes the tables and loads the rows. */
  async open(): Promise<void> {
    connections.set("default", await this.#store.create());
    await schemaEditor(this.connection, async (editor) => {
      for (const model of this.models.values())
        if (Object.hasOwn(model, "_meta") && !model._meta.proxy) await editor.createModel(model);
    });
    await this.#loadAll();
    await this.#store.keep(this.connection);
    await this.fresh();
  }

  async #loadAll(): Promise<void> {
    await this.#store.withoutForeignKeys(this.connection, async () => {
      for (const { model, rows } of this.#fixtures.tables) await this.#load(this.model(model), rows);
    });
  }

  async #load(model: ModelClass, rows: readonly Record<string, unknown>[]): Promise<void> {
    const { connection } = this;
    const fields = model._meta.localConcreteFields.filter((field) => !field.generated);
    const columns = fields.map((field) => connection.quoteName(field.column ?? "")).join(", ");
    const table = connection.quoteName(model._meta.dbTable);
    const sql = `INSERT INTO ${table} (${columns}) VALUES (${fields.map((_field, index) => connection.operations.placeholder(index + 1)).join(", ")})`;
    for (const row of rows) {
      const values = fields.map((field) =>
        connection.operations.adaptUnknown(
          field.getDbPrepSave(this.decoder.value(row[field.attname] ?? null), connection),
        ),
      );
      await connection.execute(sql, values);
    }
    const auto = model._meta.autoField;
    if (auto !== undefined && rows.length > 0)
      await this.#store.advanceKey(connection, model._meta.dbTable, auto.column ?? "");
  }

  /** Puts the database back to the recorded rows, if anything was written. */
  async fresh(): Promise<void> {
    if (!this.#dirty) return;
    const tables = this.#fixtures.tables.map(({ model }) => this.model(model)._meta.dbTable);
    const connection = await this.#store.reset(this.connection, tables, () => this.#loadAll());
    if (connection !== this.connection) connections.set("default", connection);
    this.#dirty = false;
  }

  /** The next `fresh` is to begin again. */
  soil(): void {
    this.#dirty = true;
  }

  /** All rows, by table and key. */
  async dump(): Promise<Map<string, Map<string, Record<string, unknown>>>> {
    const tables = new Map<string, Map<string, Record<string, unknown>>>();
    for (const { model: label } of this.#fixtures.tables) {
      const model = this.model(label);
      const names = model._meta.localConcreteFields.map((field) => field.attname);
      const rows = await model._meta.baseManager
        .all()
        .orderBy()
        .values(...names);
      tables.set(label, new Map(rows.map((row) => [String(row[model._meta.pk.attname]), row])));
    }
    return tables;
  }

  async close(): Promise<void> {
    this.#settings[Symbol.dispose]();
    await connections.closeAll();
    await this.#store.destroy();
  }
}
