import { apps } from "@tsgo/core/apps";
import { BaseCommand, type Options, constant, option, positionals } from "@tsgo/core/management";

import { connections } from "../../db/connections.ts";
import { type MigrationKey, keyText } from "../../migrations/graph.ts";
import { type LoadedMigrations, loadMigrations } from "../../migrations/run/loader.ts";
import { MigrationRecorder } from "../../migrations/run/recorder.ts";

const args = {
  appLabel: positionals({ metavar: "app_label", help: "Only these applications." }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database to look at." }),
  format: constant(
    { "-l": "list", "--list": "list", "-p": "plan", "--plan": "plan" },
    { default: "list", help: "By application, or in the order in which they are applied." },
  ),
};

/** `showmigrations`: lists the migrations, and which of them are applied. */
export default class ShowMigrations extends BaseCommand<typeof args> {
  override readonly help = "Lists the migrations, and which of them are applied.";
  override readonly arguments = args;
  /** Migrations that were begun and did not get to their end. */
  #unfinished: ReadonlySet<string> = new Set();

  override async handle(options: Options<typeof args>): Promise<void> {
    const labels = new Set(options.appLabel);
    for (const label of labels) apps.getAppConfig(label);
    const connection = connections.get(options.database);
    const loaded = await loadMigrations(connection);
    this.#unfinished = new Set((await new MigrationRecorder(connection).unfinished()).map(({ key }) => keyText(key)));
    const lines =
      options.format === "plan"
        ? this.#plan(loaded, labels, options.verbosity)
        : this.#list(loaded, labels, options.verbosity);
    for (const line of lines) this.stdout.write(line);
  }

  #list(loaded: LoadedMigrations, labels: ReadonlySet<string>, verbosity: number): string[] {
    const names = labels.size > 0 ? [...labels] : [...loaded.migratedApps];
    return names.toSorted().flatMap((app) => {
      const keys = unique(loaded.graph.leafNodes(app).flatMap((leaf) => loaded.graph.forwardsPlan(leaf))).filter(
        ([label]) => label === app,
      );
      const lines = keys.map(
        (key) => ` ${this.#box(loaded, key)} ${this.#title(loaded, key)}${this.#date(loaded, key, verbosity)}`,
      );
      return [this.style.migrateLabel(app), ...(lines.length > 0 ? lines : [this.style.error(" (no migrations)")])];
    });
  }

  #plan(loaded: LoadedMigrations, labels: ReadonlySet<string>, verbosity: number): string[] {
    const targets = loaded.graph.leafNodes().filter(([app]) => labels.size === 0 || labels.has(app));
    const lines = unique(targets.flatMap((leaf) => loaded.graph.forwardsPlan(leaf))).map((key) => {
      const parents = loaded.graph.parents(key).map(keyText);
      const needs = verbosity >= 2 && parents.length > 0 ? ` ... (${parents.join(", ")})` : "";
      return `${this.#box(loaded, key)}  ${keyText(key)}${needs}`;
    });
    return lines.length > 0 ? lines : [this.style.error("(no migrations)")];
  }

  #box(loaded: LoadedMigrations, key: MigrationKey): string {
    if (this.#unfinished.has(keyText(key))) return "[~]";
    return loaded.isApplied(key) ? "[X]" : "[ ]";
  }

  #title(loaded: LoadedMigrations, key: MigrationKey): string {
    const { replaces } = loaded.graph.get(key);
    return replaces.length === 0 ? key[1] : `${key[1]} (${replaces.length} squashed migrations)`;
  }

  #date(loaded: LoadedMigrations, key: MigrationKey, verbosity: number): string {
    const applied = loaded.applied.get(keyText(key));
    return applied === undefined || verbosity < 2 ? "" : ` (applied at ${applied.appliedAt.toISOString()})`;
  }
}

function unique(keys: readonly MigrationKey[]): MigrationKey[] {
  return [...new Map(keys.map((key) => [keyText(key), key])).values()];
}
