import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

import { apps } from "@tsgo/core/apps";
import {
  BaseCommand,
  CommandError,
  type Options,
  flag,
  integer,
  option,
  parsed,
  positionals,
  repeated,
} from "@tsgo/core/management";

import { connections } from "../../db/connections.ts";
import { modelsByLabel, modelsByLabels } from "../../fixtures/model-labels.ts";
import { type DumpSelection, countRows, rowsToDump } from "../../fixtures/rows-to-dump.ts";
import type { ModelBase, ModelClass } from "../../models/model.ts";
import { router } from "../../router.ts";
import { getFormat } from "../../serializers/formats/index.ts";
import { serializeStream } from "../../serializers/serialize.ts";
import { sortDependencies } from "../../serializers/sort-dependencies.ts";
import { ProgressLine } from "../progress.ts";

const args = {
  appLabels: positionals({
    metavar: "app_label[.ModelName]",
    help: "Only these applications and models.",
  }),
  format: option("--format", { default: "json", help: "json, jsonl or yaml." }),
  indent: parsed("--indent", integer, { help: "Spaces a level; without it all is on one line." }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database to read." }),
  exclude: repeated(["-e", "--exclude"], {
    metavar: "app_label[.ModelName]",
    help: "Leave this application or model out; can be repeated.",
  }),
  useNaturalForeignKeys: flag("--natural-foreign", { help: "Refer to rows by natural keys, where models have such." }),
  useNaturalPrimaryKeys: flag("--natural-primary", { help: "Leave out the keys of models with natural keys." }),
  useBaseManager: flag(["-a", "--all"], { help: "All rows, whatever the default managers leave out." }),
  primaryKeys: option("--pks", {
    metavar: "keys",
    help: "Only rows with these keys, in a list with commas; of one model.",
  }),
  output: option(["-o", "--output"], {
    metavar: "file",
    help: "The file to write; with the ending .gz it is compressed.",
  }),
};

/** `dumpdata`: writes rows as a fixture. */
export default class DumpData extends BaseCommand<typeof args> {
  override readonly help = "Writes the rows of the database as a fixture, which loaddata and Django load.";
  override readonly arguments = args;

  override async handle(options: Options<typeof args>): Promise<void> {
    getFormat(options.format);
    connections.get(options.database);
    const models = this.#models(options);
    const selection: DumpSelection = { ...options, using: options.database, keys: keysOf(models, options) };
    const progress = await this.#progress(models, selection, options);
    const text = serializeStream(options.format, allRows(models, selection, progress), options);
    await (options.output === undefined ? this.#print(text) : writeFile(options.output, text));
    progress.end();
  }

  #models(options: Options<typeof args>): ModelClass[] {
    const { appLabels, exclude, database, useNaturalForeignKeys, verbosity } = options;
    const excluded = modelsByLabels(exclude);
    const labels = appLabels.length > 0 ? appLabels : apps.getAppConfigs().map(({ label }) => label);
    const named = [...new Set(labels.flatMap(modelsByLabel))].filter((model) => !excluded.has(model));
    if (appLabels.length > 0 && verbosity > 0)
      for (const model of named)
        if (model._meta.proxy)
          this.stderr.write(
            `${model._meta.label} is a proxy: its rows are those of ${model._meta.concreteModel._meta.label}.`,
          );
    const models = named.filter(
      (model) => !model._meta.proxy && model._meta.swapped === null && router.allowMigrateModel(database, model),
    );
    return useNaturalForeignKeys ? sortDependencies(models) : models;
  }

  /** How far it is, where stdout is not taken by the rows themselves. */
  async #progress(
    models: readonly ModelClass[],
    selection: DumpSelection,
    { output, verbosity }: Options<typeof args>,
  ): Promise<ProgressLine> {
    let total = 0;
    if (output !== undefined && verbosity > 0 && this.stderr.isTTY)
      for (const model of models) total += await countRows(model, selection);
    return new ProgressLine(this.stderr, "rows", output === undefined || verbosity === 0 ? undefined : total);
  }

  async #print(text: AsyncIterable<string>): Promise<void> {
    const { stream, isTTY } = this.stdout;
    if (stream === process.stdout) await toStdout(text);
    else for await (const part of text) stream.write(part);
    if (isTTY) stream.write("\n");
  }
}

function keysOf(
  models: readonly ModelClass[],
  { primaryKeys, appLabels }: Options<typeof args>,
): unknown[] | undefined {
  if (primaryKeys === undefined) return undefined;
  const [model] = models;
  if (appLabels.length !== 1 || models.length !== 1 || model === undefined)
    throw new CommandError("--pks chooses rows of one model: name it, as in 'dumpdata polls.Question --pks 1,2'.");
  return primaryKeys.split(",").map((key) => model._meta.pk.toValue(key.trim()));
}

async function* allRows(
  models: readonly ModelClass[],
  selection: DumpSelection,
  progress: ProgressLine,
): AsyncIterable<ModelBase> {
  let done = 0;
  for (const model of models)
    for await (const row of rowsToDump(model, selection)) {
      yield row;
      done += 1;
      progress.show(done);
    }
}

// Waits for a slow reader, and ends with one that has seen enough (`dumpdata | head`).
async function toStdout(text: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

// Beside the file first, so that one which is there stays whole when something goes wrong.
async function writeFile(path: string, text: AsyncIterable<string>): Promise<void> {
  const waiting = `${path}.${randomBytes(4).toString("hex")}.part`;
  try {
    const target = createWriteStream(waiting, { flags: "wx" });
    await (path.endsWith(".gz")
      ? pipeline(Readable.from(text), createGzip(), target)
      : pipeline(Readable.from(text), target));
    await rename(waiting, path);
  } catch (error) {
    await rm(waiting, { force: true });
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new CommandError(`'${path}' cannot be written: ${code ?? String(error)}.`, { cause: error });
  }
}
