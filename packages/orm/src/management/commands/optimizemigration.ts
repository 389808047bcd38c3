import { relative } from "node:path";

import { apps } from "@tsgo/core/apps";
import { BaseCommand, CommandError, type Options, flag, positional } from "@tsgo/core/management";

import { optimizeOperations } from "../../migrations/optimizer.ts";
import { loadMigrations } from "../../migrations/run/loader.ts";
import { composeMigration, writeMigration } from "../../migrations/write-file.ts";

const args = {
  appLabel: positional({ metavar: "app_label", help: "The application of the migration." }),
  migrationName: positional({ metavar: "migration_name", help: "The migration, or the beginning of its name." }),
  check: flag("--check", { help: "Write nothing, and end with 1 if the migration can be made shorter." }),
};

/** `optimizemigration`: merges the operations of a migration that can be merged. */
export default class OptimizeMigration extends BaseCommand<typeof args> {
  override readonly help = "Merges the operations of a migration that can be merged.";
  override readonly arguments = args;

  override async handle({ appLabel, migrationName, check, verbosity }: Options<typeof args>): Promise<void> {
    apps.getAppConfig(appLabel);
    const loaded = await loadMigrations(null, { replaceMigrations: false });
    if (!loaded.migratedApps.has(appLabel)) throw new CommandError(`Application '${appLabel}' has no migrations.`);
    const migration = loaded.byPrefix(appLabel, migrationName);
    const operations = optimizeOperations(migration.operations, appLabel);
    if (operations.length === migration.operations.length) {
      if (verbosity > 0) this.stdout.write("No optimizations possible.");
      return;
    }
    const gain = `from ${migration.operations.length} operations to ${operations.length} operations`;
    if (check) throw new CommandError(`The migration can be optimized ${gain}.`);
    const file = await composeMigration(migration.with({ operations }));
    writeMigration(file);
    if (verbosity > 0)
      this.stdout.write(`Optimized ${gain}.\n${this.style.migrateHeading(relative(process.cwd(), file.path))}`);
  }
}
