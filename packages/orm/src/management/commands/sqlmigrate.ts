import { apps } from "@tsgo/core/apps";
import { BaseCommand, CommandError, type Options, flag, option, positional } from "@tsgo/core/management";

import { connections } from "../../db/connections.ts";
import { applyOperations, unapplyOperations } from "../../migrations/run/apply-operations.ts";
import { loadMigrations } from "../../migrations/run/loader.ts";
import { schemaEditor } from "../../schema/schema-editor.ts";

const args = {
  appLabel: positional({ metavar: "app_label", help: "The application of the migration." }),
  migrationName: positional({ metavar: "migration_name", help: "The migration, or the beginning of its name." }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database whose SQL is wanted." }),
  backwards: flag("--backwards", { help: "The SQL that takes the migration back." }),
};

/** `sqlmigrate`: writes the SQL of a migration, without running it. */
export default class SqlMigrate extends BaseCommand<typeof args> {
  override readonly help = "Writes the SQL of a migration, without running it.";
  override readonly arguments = args;
  override outputTransaction = true;

  override async handle(options: Options<typeof args>): Promise<string> {
    const connection = connections.get(options.database);
    apps.getAppConfig(options.appLabel);
    const loaded = await loadMigrations(connection, { replaceMigrations: false });
    if (!loaded.migratedApps.has(options.appLabel))
      throw new CommandError(`Application '${options.appLabel}' has no migrations.`);
    const migration = loaded.byPrefix(options.appLabel, options.migrationName);
    const before = loaded.projectState([migration.key], false);
    const statements = await schemaEditor(
      connection,
      async (editor) => {
        if (options.backwards) await unapplyOperations(editor, migration, before);
        else await applyOperations(editor, migration, before);
        return editor.collected;
      },
      { collectSql: true },
    );
    if (statements.length === 0) this.stderr.write("There are no operations in this migration.");
    this.outputTransaction = migration.atomic && connection.features.canRollbackDdl;
    return statements.join("\n");
  }
}
