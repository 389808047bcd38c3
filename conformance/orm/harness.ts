// A database with the recorded schema and rows, and what all topics of the ORM do with it.

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { BaseWrapper } from "../../packages/orm/src/backends/base/base-wrapper.ts";
import { connections, createConnection } from "../../packages/orm/src/db/connections.ts";
import { setDefaultFetchMode } from "../../packages/orm/src/fetch-modes.ts";
import type { ModelClass } from "../../packages/orm/src/models/model.ts";
import type { QuerySet } from "../../packages/orm/src/models/queryset.ts";
import { schemaEditor } from "../../packages/orm/src/schema/schema-editor.ts";
import { applyChain } from "./chain.ts";
import { Decoder } from "./expressions.ts";
import { buildModels } from "./schema.ts";

interface Fixtures {
  readonly tables: readonly { readonly model: string; readonly rows: readonly Record<string, unknown>[] }[];
}

/** The models by label, on a database of their own. */
export class Harness {
  readonly models: ReadonlyMap<string, ModelClass>;
  readonly decoder: Decoder;
  readonly #folder: string;
  readonly #fixtures: Fixtures;
  #copies = 0;
  #dirty = true;

  constructor(corpusFolder: string) {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(corpusFolder, name), "utf8"));
    this.#folder = mkdtempSync(join(tmpdir(), "tsgo-orm-"));
    this.#fixtures = read("fixtures.json") as Fixtures;
    const { models } = read("schema.json") as { models: never[] };
    this.models = buildModels(models, this).models;
    this.decoder = new Decoder(this);
    setDefaultFetchMode("one");
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
    return [total, Object.fromEntries(Object.entries(counts).map(([label, count]) => [links.get(label) ?? label, count]))];
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
    const pristine = join(this.#folder, "pristine.sqlite3");
    const connection = createConnection("default", { ENGINE: "sqlite", NAME: pristine });
    connections.set("default", connection);
    await schemaEditor(connection, async (editor) => {
      for (const model of this.models.values()) {
        if (!Object.hasOwn(model, "_meta") || model._meta.proxy) continue;
        await editor.createModel(model);
      }
    });
    await connection.withConnection(async () => {
      await connection.execute("PRAGMA foreign_keys = OFF");
      for (const { model, rows } of this.#fixtures.tables) await this.#load(this.model(model), rows);
      await connection.execute("PRAGMA foreign_keys = ON");
    });
    await connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    await connection.close();
    await this.fresh();
  }

  async #load(model: ModelClass, rows: readonly Record<string, unknown>[]): Promise<void> {
    const { connection } = this;
    const fields = model._meta.localConcreteFields.filter((field) => !field.generated);
    const columns = fields.map((field) => connection.quoteName(field.column ?? "")).join(", ");
    const sql = `INSERT INTO ${connection.quoteName(model._meta.dbTable)} (${columns}) VALUES (${fields.map((_field, index) => connection.operations.placeholder(index + 1)).join(", ")})`;
    for (const row of rows) {
      const values = fields.map((field) => connection.operations.adaptUnknown(field.getDbPrepSave(this.decoder.value(row[field.attname] ?? null), connection)));
      await connection.execute(sql, values);
    }
  }

  /** Puts the database back to the recorded rows, if anything was written. */
  async fresh(): Promise<void> {
    if (!this.#dirty) return;
    await connections.closeAll();
    this.#copies += 1;
    const file = join(this.#folder, `copy${this.#copies}.sqlite3`);
    copyFileSync(join(this.#folder, "pristine.sqlite3"), file);
    connections.set("default", createConnection("default", { ENGINE: "sqlite", NAME: file }));
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
      const rows = await model._meta.baseManager.all().orderBy().values(...names);
      tables.set(label, new Map(rows.map((row) => [String((row as Record<string, unknown>)[model._meta.pk.attname]), row as Record<string, unknown>])));
    }
    return tables;
  }

  async close(): Promise<void> {
    await connections.closeAll();
    setDefaultFetchMode("peers");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
