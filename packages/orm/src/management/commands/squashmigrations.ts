import { apps } from "@tsgo/core/apps";
import {
  BaseCommand,
  CommandError,
  type Options,
  flag,
  option,
  optionalPositional,
  positional,
} from "@tsgo/core/management";
import { relative } from "node:path";
import { existsSync } from "node:fs";

import { keyText } from "../../migrations/graph.ts";
import { Migration } from "../../migrations/migration.ts";
import { optimizeOperations } from "../../migrations/optimizer.ts";
import { type LoadedMigrations, loadMigrations } from "../../migrations/run/loader.ts";
import { composeMigration, writeMigration } from "../../migrations/write-file.ts";

const args = {
  appLabel: positional({ metavar: "app_label", help: "The application whose migrations are to be squashed." }),
  startMigrationName: optionalPositional({
    metavar: "start_migration_name",
    help: "The first migration to squash, where it is not the first of all.",
  }),
  migrationName: positional({ metavar: "migration_name", help: "The last migration to squash." }),
  noOptimize: flag("--no-optimize", { help: "Leave the operations as they are." }),
  interactive: flag(["--noinput", "--no-input"], { stores: false, help: "Ask nothing." }),
  squashedName: option("--squashed-name", {
    metavar: "name",
    help: "The name of the new migration, behind its number.",
  }),
  includeHeader: flag("--no-header", { stores: false, help: "Put no comment at the top of the file." }),
};

/** `squashmigrations`: makes one migration that stands for a row of them. */
export default class SquashMigrations extends BaseCommand<typeof args> {
  override readonly help = "Makes one migration that stands for a row of them.";
  override readonly arguments = args;

  override async handle(options: Options<typeof args>): Promise<void> {
    apps.getAppConfig(options.appLabel);
    const loaded = await loadMigrations(null);
    if (!loaded.migratedApps.has(options.appLabel))
      throw new CommandError(`Application '${options.appLabel}' has no migrations.`);
    const row = migrationsToSquash(loaded, options);
    this.stdout.write(this.style.migrateHeading("Will squash the following migrations:"));
    for (const migration of row) this.stdout.write(` - ${migration.name}`);
    const squashed = this.#squash(row, options);
    const file = await composeMigration(squashed, options.includeHeader);
    if (existsSync(file.path))
      throw new CommandError(`${file.path} exists already. Choose another name with --squashed-name.`);
    writeMigration(file);
    this.stdout.write(
      this.style.migrateHeading(`Created new squashed migration ${relative(process.cwd(), file.path)}`),
    );
    this.stdout.write(
      "  Commit it and deploy it beside the old ones. When it is applied everywhere, delete those, make what depends on\n" +
        "  them depend on it, and take its list 'replaces' out.",
    );
    const copied = row.some(({ operations }) => operations.some((operation) => !operation.reducesToSql));
    if (copied)
      this.stdout.write(
        this.style.warning("  Programs (RunTypeScript) were copied by name: see that they still fit together."),
      );
  }

  #squash(row: readonly Migration[], options: Options<typeof args>): Migration {
    const [first] = row;
    const last = row.at(-1);
    if (first === undefined || last === undefined) throw new CommandError("There is nothing to squash.");
    const operations = row.flatMap((migration) => migration.operations);
    const optimized = options.noOptimize ? operations : optimizeOperations(operations, options.appLabel);
    this.stdout.write(
      optimized.length === operations.length
        ? "  No optimizations possible."
        : `  Optimized from ${operations.length} operations to ${optimized.length} operations.`,
    );
    const keys = new Set(row.map(({ key }) => keyText(key)));
    const dependencies = row
      .flatMap((migration) => migration.dependencies)
      .filter((dependency) => "setting" in dependency || !keys.has(keyText(dependency)));
    const number = /^\d+/.exec(first.name)?.[0] ?? "0001";
    const name =
      options.squashedName === undefined ? `${number}_squashed_${last.name}` : `${number}_${options.squashedName}`;
    return new Migration(
      {
        operations: optimized,
        dependencies: [...new Map(dependencies.map((dependency) => [JSON.stringify(dependency), dependency])).values()],
        replaces: row.flatMap((migration) => (migration.replaces.length > 0 ? migration.replaces : [migration.key])),
        ...(first.initial === true && { initial: true }),
      },
      [options.appLabel, name],
    );
  }
}

/** The migrations of the app up to the last one, from the first one where that is named. */
function migrationsToSquash(loaded: LoadedMigrations, options: Options<typeof args>): Migration[] {
  const { appLabel, startMigrationName, migrationName } = options;
  const last = loaded.byPrefix(appLabel, migrationName);
  const row = loaded.graph
    .forwardsPlan(last.key)
    .filter(([label]) => label === appLabel)
    .map((key) => loaded.graph.get(key));
  if (startMigrationName === undefined) return row;
  const first = loaded.byPrefix(appLabel, startMigrationName);
  const start = row.findIndex((migration) => keyText(migration.key) === keyText(first.key));
  if (start < 0) throw new CommandError(`${first.name} does not come before ${last.name}, so the two are no row.`);
  return row.slice(start);
}
