import { apps } from "@tsgo/core/apps";
import {
  BaseCommand,
  CommandError,
  type Options,
  flag,
  option,
  optionalPositional,
  skipChecks,
} from "@tsgo/core/management";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { connections } from "../../db/connections.ts";
import { type MigrationKey, keyText } from "../../migrations/graph.ts";
import type { Migration } from "../../migrations/migration.ts";
import {
  MigrationExecutor,
  type MigrationProgress,
  type MigrationTarget,
  migrationPlan,
} from "../../migrations/run/executor.ts";
import { emitMigrateSignal } from "../../migrations/run/emit.ts";
import { MigrationFailure } from "../../migrations/run/failure.ts";
import {
  editedMigrations,
  forgetUnfinished,
  lostMigrations,
  pruneRecord,
  refuseUnfinished,
} from "../../migrations/run/housekeeping.ts";
import { type LoadedMigrations, loadMigrations } from "../../migrations/run/loader.ts";
import { withMigrationLock } from "../../migrations/run/lock.ts";
import { describePlan } from "../../migrations/run/plan-report.ts";
import { syncUnmigrated } from "../../migrations/run/sync.ts";
import { changedApps } from "../../migrations/run/unwritten.ts";
import { postMigrate, preMigrate } from "../../signals/migrations.ts";

const args = {
  appLabel: optionalPositional({ metavar: "app_label", help: "The application to migrate." }),
  migrationName: optionalPositional({
    metavar: "migration_name",
    help: "The migration to get to, or the beginning of its name; 'zero' takes all back.",
  }),
  interactive: flag(["--noinput", "--no-input"], { stores: false, help: "Ask nothing." }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database to migrate." }),
  fake: flag("--fake", { help: "Note the migrations as applied, or taken back, without running them." }),
  fakeInitial: flag("--fake-initial", { help: "Note a first migration as applied if its tables exist already." }),
  plan: flag("--plan", { help: "Show what would be done, with what locks tables or loses data, and do nothing." }),
  runSyncdb: flag("--run-syncdb", { help: "Make the tables of applications without migrations." }),
  checkUnapplied: flag("--check", { help: "Do nothing, and end with 1 if there are migrations to apply." }),
  skipChecks,
  prune: flag("--prune", { help: "Forget the applied migrations of an application whose files are gone." }),
};

/** `migrate`: brings the database to where the migrations lead. */
export default class Migrate extends BaseCommand<typeof args> {
  override readonly help = "Brings the database to where the migrations lead, or to one of them.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle(options: Options<typeof args>): Promise<void> {
    if (!options.skipChecks) await this.check({ databases: [options.database] });
    const connection = connections.get(options.database);
    if (options.plan || options.checkUnapplied) return this.#preview(connection, options);
    await withMigrationLock(
      connection,
      () => this.#migrate(connection, options),
      () => this.#say(options, "Another process is migrating this database. Waiting for it..."),
    );
  }

  async #preview(connection: BaseWrapper, options: Options<typeof args>): Promise<void> {
    const loaded = await this.#load(connection, options);
    const plan = migrationPlan(loaded, this.#targets(loaded, options));
    if (options.plan) {
      this.stdout.write("Planned operations:");
      for (const line of describePlan(loaded, plan, connection.vendor, this.style)) this.stdout.write(line);
    }
    if (options.checkUnapplied && plan.length > 0)
      throw new CommandError(`${plan.length} migration(s) are not applied.`);
  }

  async #load(connection: BaseWrapper, { database, fake, prune }: Options<typeof args>): Promise<LoadedMigrations> {
    const loaded = await loadMigrations(connection);
    // Faking is the way to put either right.
    if (!fake) {
      await refuseUnfinished(connection, loaded);
      loaded.checkConsistentHistory(database);
    }
    const conflicts = [...loaded.conflicts()];
    if (conflicts.length > 0)
      throw new CommandError(
        "Conflicting migrations: several are the last of their application " +
          `(${conflicts.map(([app, names]) => `${app}: ${names.join(", ")}`).join("; ")}). Run 'makemigrations --merge'.`,
      );
    for (const { key, file } of editedMigrations(loaded))
      this.stderr.write(
        `${file} was edited after it was applied: the database has what ${keyText(key)} did before. ` +
          `Make a new migration for the change; if nothing is missing, accept it with 'migrate --fake ${key.join(" ")}'.`,
      );
    if (!prune)
      for (const key of lostMigrations(loaded))
        this.stderr.write(
          `${keyText(key)} is applied, and its file is gone. Bring it back, or forget it with 'migrate --prune ${key[0]}'.`,
        );
    return loaded;
  }

  #targets(loaded: LoadedMigrations, { appLabel, migrationName, runSyncdb }: Options<typeof args>): MigrationTarget[] {
    if (appLabel === undefined) return loaded.graph.leafNodes();
    apps.getAppConfig(appLabel);
    if (!loaded.migratedApps.has(appLabel)) {
      if (runSyncdb) return [];
      throw new CommandError(`Application '${appLabel}' has no migrations.`);
    }
    if (migrationName === "zero") return [[appLabel, null]];
    if (migrationName === undefined) return loaded.graph.leafNodes(appLabel);
    const migration = loaded.byPrefix(appLabel, migrationName);
    return [this.#targetKey(loaded, migration)];
  }

  /** A migration that a squashed one has replaced is reached by way of that. */
  #targetKey(loaded: LoadedMigrations, migration: Migration): MigrationKey {
    if (loaded.graph.has(migration.key)) return migration.key;
    const text = keyText(migration.key);
    const squashed = [...loaded.disk.values()].find(
      ({ replaces, key }) => loaded.graph.has(key) && replaces.some((old) => keyText(old) === text),
    );
    throw new CommandError(
      `${text} is replaced by ${squashed === undefined ? "another migration" : keyText(squashed.key)}, and is no place to stop at.`,
    );
  }

  async #migrate(connection: BaseWrapper, options: Options<typeof args>): Promise<void> {
    const loaded = await this.#load(connection, options);
    if (options.prune) return this.#prune(connection, loaded, options);
    const targets = this.#targets(loaded, options);
    const plan = migrationPlan(loaded, targets);
    const executor = new MigrationExecutor(connection, loaded);
    this.#say(options, this.#describeTargets(loaded, options));
    const base = { verbosity: options.verbosity, interactive: options.interactive, using: options.database, plan };
    await emitMigrateSignal(preMigrate, base, () => executor.appliedState().apps);
    if (options.runSyncdb) await this.#sync(connection, loaded, options);
    this.#say(options, this.style.migrateHeading("Running migrations:"));
    if (plan.length === 0) await this.#nothingToDo(connection, loaded, options);
    const state = await executor
      .migrate(plan, {
        fake: options.fake,
        fakeInitial: options.fakeInitial,
        onProgress: (progress) => this.#report(progress, options),
      })
      .catch((error: unknown) => {
        // The line of the migration is still open.
        if (error instanceof MigrationFailure) this.#say(options, ` ${this.style.error("FAILED")}`);
        throw error;
      });
    if (options.fake)
      for (const key of await forgetUnfinished(connection, options.appLabel))
        this.#say(options, `  ${keyText(key)} counts as not applied.`);
    await executor.checkReplacements();
    await emitMigrateSignal(postMigrate, base, () => state.apps);
  }

  #describeTargets(loaded: LoadedMigrations, { appLabel, migrationName }: Options<typeof args>): string {
    const heading = this.style.migrateHeading("Operations to perform:");
    if (appLabel === undefined)
      return `${heading}\n  ${this.style.migrateLabel("Apply all migrations:")} ${[...loaded.migratedApps].toSorted().join(", ") || "(none)"}`;
    if (migrationName === "zero")
      return `${heading}\n  ${this.style.migrateLabel("Unapply all migrations:")} ${appLabel}`;
    return `${heading}\n  ${this.style.migrateLabel("Target:")} ${appLabel}${migrationName === undefined ? "" : ` ${migrationName}`}`;
  }

  async #sync(connection: BaseWrapper, loaded: LoadedMigrations, options: Options<typeof args>): Promise<void> {
    this.#say(options, this.style.migrateHeading("Synchronizing applications without migrations:"));
    for (const table of await syncUnmigrated(connection, loaded.unmigratedApps))
      this.#say(options, `  Created table ${table}`);
  }

  async #nothingToDo(connection: BaseWrapper, loaded: LoadedMigrations, options: Options<typeof args>): Promise<void> {
    this.#say(options, "  No migrations to apply.");
    const { migrationName } = options;
    if (options.fake && migrationName !== undefined && migrationName !== "zero" && options.appLabel !== undefined)
      await new MigrationExecutor(connection, loaded).accept(loaded.byPrefix(options.appLabel, migrationName));
    const changed = await changedApps(loaded);
    if (changed.length > 0)
      this.#say(
        options,
        this.style.notice(
          `  The models of ${changed.map((app) => `'${app}'`).join(", ")} have changes that are in no migration yet.\n` +
            "  Run 'makemigrations', and then 'migrate' again.",
        ),
      );
  }

  async #prune(connection: BaseWrapper, loaded: LoadedMigrations, options: Options<typeof args>): Promise<void> {
    if (options.appLabel === undefined) throw new CommandError("Name the application whose record is to be pruned.");
    this.#say(options, this.style.migrateHeading("Pruning migrations:"));
    const pruned = await pruneRecord(connection, loaded, options.appLabel);
    for (const key of pruned) this.#say(options, `  Pruned ${keyText(key)}`);
    if (pruned.length === 0) this.#say(options, "  No migrations to prune.");
  }

  #report(progress: MigrationProgress, { verbosity }: Options<typeof args>): void {
    if (verbosity < 1) return;
    if (progress.kind === "start") {
      const verb = progress.backwards ? "Unapplying" : "Applying";
      this.stdout.write(`  ${verb} ${keyText(progress.migration.key)}...`, { ending: "" });
      return;
    }
    const word = progress.fake ? "FAKED" : progress.elsewhere ? "DONE BY ANOTHER PROCESS" : "OK";
    this.stdout.write(` ${this.style.success(word)} (${(progress.duration / 1000).toFixed(3)}s)`);
  }

  #say({ verbosity }: Options<typeof args>, text: string): void {
    if (verbosity >= 1) this.stdout.write(text);
  }
}
