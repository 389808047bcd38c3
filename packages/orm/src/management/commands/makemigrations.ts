import { relative } from "node:path";
import { createInterface } from "node:readline/promises";
import { rmSync } from "node:fs";

import { apps } from "@tsgo/core/apps";
import { projectRoot } from "@tsgo/core/loading";
import { BaseCommand, CommandError, type Options, flag, option, positionals, repeated } from "@tsgo/core/management";

import { connections } from "../../db/connections.ts";
import type { DetectedChanges } from "../../migrations/autodetector/arrange.ts";
import { changesForGraph } from "../../migrations/autodetector/autodetector.ts";
import { parseNumber } from "../../migrations/autodetector/naming.ts";
import { keyText } from "../../migrations/graph.ts";
import { Migration } from "../../migrations/migration.ts";
import { mergeMigrations } from "../../migrations/merge.ts";
import { optimizeOperations } from "../../migrations/optimizer.ts";
import { readAnswers } from "../../migrations/questioner/given-answers.ts";
import type { Questioner } from "../../migrations/questioner/questioner.ts";
import { CheckingQuestioner, SilentQuestioner } from "../../migrations/questioner/silent-questioner.ts";
import { TerminalQuestioner } from "../../migrations/questioner/terminal-questioner.ts";
import { type LoadedMigrations, loadMigrations } from "../../migrations/run/loader.ts";
import { projectStateOf } from "../../migrations/state/from-model.ts";
import { composeMigration, writeMigration } from "../../migrations/write-file.ts";
import { modelRegistry } from "../../models/registry.ts";

const args = {
  appLabels: positionals({ metavar: "app_label", help: "Only these applications, and what they depend on." }),
  dryRun: flag("--dry-run", { help: "Show what would be made, and write nothing." }),
  merge: flag("--merge", { help: "Merge migrations that do not follow each other." }),
  empty: flag("--empty", { help: "Make a migration without operations, to be written by hand." }),
  interactive: flag(["--noinput", "--no-input"], {
    stores: false,
    help: "Ask nothing; fail where an answer is needed.",
  }),
  name: option(["-n", "--name"], { metavar: "name", help: "The name of the migration, behind its number." }),
  includeHeader: flag("--no-header", { stores: false, help: "Put no comment at the top of the file." }),
  checkChanges: flag("--check", { help: "Write nothing, and end with 1 if models have changes without a migration." }),
  scriptable: flag("--scriptable", { help: "Write only the paths of the files to stdout, all else to stderr." }),
  update: flag("--update", {
    help: "Put the changes into the last migration of the application, which must not be applied.",
  }),
  renameModel: repeated("--rename-model", { metavar: "app.Old=New", help: "Answers that a model was renamed." }),
  renameField: repeated("--rename-field", { metavar: "app.Model.old=new", help: "Answers that a field was renamed." }),
  default: repeated("--default", { metavar: "app.Model.field=value", help: "The value for the rows that are there." }),
};

/** `makemigrations`: writes migrations for what has changed in the models. */
export default class MakeMigrations extends BaseCommand<typeof args> {
  override readonly help = "Writes migrations for what has changed in the models.";
  override readonly arguments = args;

  override async handle(options: Options<typeof args>): Promise<void> {
    this.#requireName(options.name);
    const labels = requireApps(options.appLabels);
    const loaded = await loadMigrations(null);
    await this.#checkHistory();
    this.#refuseConflicts(loaded, labels, options.merge);
    if (options.merge) return this.#merge(loaded, labels, options);
    if (options.empty) return this.#write(await this.#emptyMigrations(loaded, labels, options), options);
    const changes = await this.#detect(loaded, labels, options);
    if (changes.size === 0) return this.#sayNothingChanged(loaded, labels, options);
    if (options.checkChanges) return this.#reportUnwritten(changes, options);
    if (options.update) return this.#update(loaded, changes, options);
    return this.#write(changes, options);
  }

  #requireName(name: string | undefined): void {
    if (name !== undefined && !/^\w+$/.test(name))
      throw new CommandError(`'${name}' is no name for a migration: use letters, digits and underscores.`);
  }

  /** Compares the record of each database that can be reached with the files. */
  async #checkHistory(): Promise<void> {
    for (const connection of connections.aliases.map((alias) => connections.get(alias))) {
      const loaded = await loadMigrations(connection).catch((error: unknown) => {
        this.stderr.write(`The migrations of database '${connection.alias}' were not looked at: ${messageOf(error)}`);
      });
      loaded?.checkConsistentHistory(connection.alias);
    }
  }

  #refuseConflicts(loaded: LoadedMigrations, labels: ReadonlySet<string>, merging: boolean): void {
    const conflicts = [...loaded.conflicts()].filter(([app]) => labels.size === 0 || labels.has(app));
    if (conflicts.length === 0 || merging) return;
    const list = conflicts.map(([app, names]) => `${app}: ${names.join(", ")}`).join("; ");
    throw new CommandError(
      `Conflicting migrations: several are the last of their application (${list}). Run 'makemigrations --merge'.`,
    );
  }

  async #detect(
    loaded: LoadedMigrations,
    labels: ReadonlySet<string>,
    options: Options<typeof args>,
  ): Promise<DetectedChanges> {
    return changesForGraph(
      loaded.projectState(),
      projectStateOf(modelRegistry),
      loaded.graph,
      this.#questioner(loaded, labels, options),
      {
        ...(labels.size > 0 && { trimToApps: labels, convertApps: labels }),
        ...(options.name !== undefined && { migrationName: options.name }),
      },
    );
  }

  #questioner(loaded: LoadedMigrations, labels: ReadonlySet<string>, options: Options<typeof args>): Questioner {
    const answers = readAnswers(options);
    const initial = new Set([...loaded.migratedApps, ...labels]);
    if (options.checkChanges) return new CheckingQuestioner(answers, initial);
    if (!options.interactive || !process.stdin.isTTY) return new SilentQuestioner(answers, initial);
    return new TerminalQuestioner(answers, initial, options.scriptable ? this.stderr : this.stdout, readTerminalLine);
  }

  async #emptyMigrations(
    loaded: LoadedMigrations,
    labels: ReadonlySet<string>,
    options: Options<typeof args>,
  ): Promise<DetectedChanges> {
    if (labels.size === 0) throw new CommandError("Name the applications that are to get an empty migration.");
    const changes: DetectedChanges = new Map();
    for (const app of labels) {
      const leaf = loaded.graph.leafNodes(app)[0];
      const number = leaf === undefined ? 1 : (parseNumber(leaf[1]) ?? 0) + 1;
      const name = `${String(number).padStart(4, "0")}_${options.name ?? (leaf === undefined ? "initial" : "custom")}`;
      const dependencies = leaf === undefined ? [] : [leaf];
      changes.set(app, [
        new Migration({ operations: [], dependencies, ...(leaf === undefined && { initial: true }) }, [app, name]),
      ]);
    }
    return changes;
  }

  #sayNothingChanged(loaded: LoadedMigrations, labels: ReadonlySet<string>, { verbosity }: Options<typeof args>): void {
    if (verbosity === 0) return;
    const where = labels.size === 0 ? "" : ` in ${[...labels].map((label) => `'${label}'`).join(", ")}`;
    this.stdout.write(`No changes detected${where}`);
    for (const { label, models, path } of apps.getAppConfigs())
      if (models.size > 0 && loaded.unmigratedApps.has(label) && path.startsWith(projectRoot()))
        this.stdout.write(`  Application '${label}' has models and no migrations yet: run 'makemigrations ${label}'.`);
  }

  async #reportUnwritten(changes: DetectedChanges, options: Options<typeof args>): Promise<void> {
    await this.#write(changes, { ...options, dryRun: true });
    throw new CommandError("There are changes of models without a migration. Run 'makemigrations'.");
  }

  async #merge(loaded: LoadedMigrations, labels: ReadonlySet<string>, options: Options<typeof args>): Promise<void> {
    const conflicts = [...loaded.conflicts()].filter(([app]) => labels.size === 0 || labels.has(app));
    if (conflicts.length === 0) {
      this.stdout.write("There are no conflicts to merge.");
      return;
    }
    const questioner = this.#questioner(loaded, labels, options);
    for (const [app, names] of conflicts) {
      const { migration, branches } = mergeMigrations(loaded, app, names, options.name);
      for (const branch of branches) {
        this.#say(`  Branch ${branch.name}`, options);
        for (const operation of branch.operations) this.#say(`    ${operation.sign} ${operation.describe()}`, options);
      }
      if (await questioner.askMerge(app)) await this.#write(new Map([[app, [migration]]]), options);
    }
  }

  /** Replaces the last migration by one that does what it did and the changes, too. */
  async #update(loaded: LoadedMigrations, changes: DetectedChanges, options: Options<typeof args>): Promise<void> {
    const [entry, ...others] = changes;
    if (entry === undefined || others.length > 0)
      throw new CommandError("--update changes one application at a time: name it.");
    const [app, migrations] = entry;
    const leaf = loaded.graph.leafNodes(app)[0];
    if (leaf === undefined) throw new CommandError(`Application '${app}' has no migration to update.`);
    const last = loaded.graph.get(leaf);
    await this.#refuseToRewrite(last, loaded);
    const operations = optimizeOperations(
      [...last.operations, ...migrations.flatMap((migration) => migration.operations)],
      app,
    );
    const dependencies = [...last.dependencies, ...migrations.flatMap((migration) => migration.dependencies)].filter(
      (dependency) => "setting" in dependency || keyText(dependency) !== keyText(leaf),
    );
    const merged = last.with({ operations, dependencies });
    const ending = options.name ?? merged.suggestName();
    const number = String(parseNumber(last.name) ?? 1).padStart(4, "0");
    const updated = merged.with({ name: ending === undefined ? last.name : `${number}_${ending}` });
    await this.#write(new Map([[app, [updated]]]), options);
    const oldFile = loaded.files.get(keyText(last.key));
    if (oldFile !== undefined && updated.name !== last.name && !options.dryRun) rmSync(oldFile);
  }

  async #refuseToRewrite(last: Migration, loaded: LoadedMigrations): Promise<void> {
    const refuse = (reason: string): never => {
      throw new CommandError(`The migration ${keyText(last.key)} cannot be updated: ${reason}.`);
    };
    if (last.replaces.length > 0) refuse("it is a squashed one");
    if (loaded.graph.children(last.key).length > 0) refuse("other migrations depend on it");
    for (const connection of connections.aliases.map((alias) => connections.get(alias))) {
      const known = await loadMigrations(connection).catch(() => undefined);
      if (known?.isApplied(last.key) === true) refuse(`it is applied on database '${connection.alias}'`);
    }
  }

  async #write(changes: DetectedChanges, options: Options<typeof args>): Promise<void> {
    for (const [app, migrations] of [...changes].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      this.#say(this.style.migrateHeading(`Migrations for '${app}':`), options);
      for (const migration of migrations) {
        const file = await composeMigration(migration, options.includeHeader);
        const path = relative(process.cwd(), file.path);
        this.#say(`  ${this.style.migrateLabel(path.startsWith("..") ? file.path : path)}`, options);
        for (const operation of migration.operations)
          this.#say(`    ${operation.sign} ${operation.describe()}`, options);
        if (options.dryRun && options.verbosity >= 3) this.#say(file.text, options);
        if (options.dryRun) continue;
        writeMigration(file);
        if (options.scriptable) this.stdout.write(file.path);
      }
    }
  }

  #say(text: string, { scriptable, verbosity }: Options<typeof args>): void {
    if (verbosity >= 1) (scriptable ? this.stderr : this.stdout).write(text);
  }
}

/** The labels, all of which must be those of applications. */
function requireApps(labels: readonly string[]): ReadonlySet<string> {
  for (const label of labels) apps.getAppConfig(label);
  return new Set(labels);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function readTerminalLine(prompt: string): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(prompt);
  } finally {
    terminal.close();
  }
}
