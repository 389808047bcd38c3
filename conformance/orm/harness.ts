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
import { type TableChanges, changesBetween } from "./changes.ts";
import { Decoder } from "./expressions.ts";
import { buildModels } from "./schema.ts";
import { type Engine, type Store, openStore } from "./store.ts";

interface FixtureTable {
  readonly model: string;
  readonly rows: readonly Record<string, unknown>[];
}

/** Rows by table and key. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, Record<string, unknown>>>;

// The table that a statement writes: the first that it names.
const WRITTEN = /^(?:INSERT|UPDATE|DELETE)[^"`]*["`]([^"`]+)/;

/** The engine that TSGO_CONFORMANCE_DATABASE names. */
export function chosenEngine(): Engine {
  return (process.env["TSGO_CONFORMANCE_DATABASE"] ?? "sqlite") as Engine;
}

/** The models by label, on a database of their own. */
export class Harness {
  readonly engine: Engine;
  readonly models: ReadonlyMap<string, ModelClass>;
  readonly decoder: Decoder;
  readonly #store: Store;
  readonly #fixtures: readonly FixtureTable[];
  // The settings that the cases were recorded with.
  readonly #settings: Disposable;
  /** The tables that statements wrote since the rows were as recorded. */
  readonly #written = new Set<string>();
  #connection: BaseWrapper | undefined;
  #recorded: Tables = new Map();

  constructor(corpusFolder: string, engine: Engine) {
    if (!isConfigured()) configureSettings();
    this.#settings = overrideSettings({
      TIME_ZONE: "UTC",
      USE_TZ: true,
      DEFAULT_AUTO_FIELD: "BigAutoField",
      DEFAULT_FETCH_MODE: "one",
    });
    const read = (name: string): unknown => JSON.parse(readFileSync(join(corpusFolder, name), "utf8"));
    this.engine = engine;
    this.#store = openStore(engine);
    this.#fixtures = (read("fixtures.json") as { tables: FixtureTable[] }).tables;
    const { models } = read("schema.json") as { models: never[] };
    this.models = buildModels(models, this).models;
    this.decoder = new Decoder(this);
  }

  get connection(): BaseWrapper {
    return connections.get();
  }

  /** Makes its database the default one, where there are several harnesses. */
  use(): void {
    connections.set("default", this.#connection);
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

  /** Makes the tables, by these statements if there are some, and loads the rows. */
  async open(ddl?: readonly string[]): Promise<void> {
    this.#connection = await this.#store.create();
    this.use();
    if (ddl === undefined) await this.#createTables();
    else for (const statement of ddl) await this.connection.execute(statement);
    await this.#load(this.#fixtures);
    this.#recorded = await this.#read(this.#fixtures);
    this.connection.onQuery(({ sql }) => {
      const table = WRITTEN.exec(sql)?.[1];
      if (table !== undefined) this.#written.add(table);
    });
  }

  async #createTables(): Promise<void> {
    await schemaEditor(this.connection, async (editor) => {
      for (const model of this.models.values())
        if (Object.hasOwn(model, "_meta") && !model._meta.proxy) await editor.createModel(model);
    });
  }

  async #load(tables: readonly FixtureTable[]): Promise<void> {
    await this.#store.withoutForeignKeys(this.connection, async () => {
      for (const { model: label, rows } of tables) {
        const model = this.model(label);
        await this.connection.execute(`DELETE FROM ${this.connection.quoteName(model._meta.dbTable)}`);
        if (rows.length > 0) await this.#insert(model, rows);
      }
    });
    for (const { model } of tables) {
      const { autoField, dbTable } = this.model(model)._meta;
      if (autoField !== undefined) await this.#store.resetKey(this.connection, dbTable, autoField.column ?? "");
    }
  }

  /** Puts the recorded rows into empty tables that are there. Rows may refer to rows that come later. */
  async loadRows(): Promise<void> {
    for (const { model, rows } of this.#fixtures) if (rows.length > 0) await this.#insert(this.model(model), rows);
  }

  async #insert(model: ModelClass, rows: readonly Record<string, unknown>[]): Promise<void> {
    const { connection } = this;
    const fields = model._meta.localConcreteFields.filter((field) => !field.generated);
    const columns = fields.map((field) => connection.quoteName(field.column ?? "")).join(", ");
    const values = rows.flatMap((row) =>
      fields.map((field) =>
        connection.operations.adaptUnknown(
          field.getDbPrepSave(this.decoder.value(row[field.attname] ?? null), connection),
        ),
      ),
    );
    const lists = rows.map(
      (_row, at) =>
        `(${fields.map((_field, column) => connection.operations.placeholder(at * fields.length + column + 1)).join(", ")})`,
    );
    await connection.execute(
      `INSERT INTO ${connection.quoteName(model._meta.dbTable)} (${columns}) VALUES ${lists.join(", ")}`,
      values,
    );
  }

  #writtenTables(): FixtureTable[] {
    return this.#fixtures.filter(({ model }) => this.#written.has(this.model(model)._meta.dbTable));
  }

  /** Puts the database back to the recorded rows, if anything was written. */
  async fresh(): Promise<void> {
    if (this.#written.size === 0) return;
    await this.#load(this.#writtenTables());
    this.#written.clear();
  }

  /** How the rows of the tables that were written differ from the recorded ones. */
  async changes(): Promise<Record<string, TableChanges>> {
    return changesBetween(
      this.#recorded,
      await this.#read(this.#writtenTables()),
      (label) => this.model(label)._meta.pk.attname,
    );
  }

  async #read(list: readonly FixtureTable[]): Promise<Tables> {
    const tables = new Map<string, Map<string, Record<string, unknown>>>();
    for (const { model: label } of list) {
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
