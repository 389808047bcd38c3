// The files of migrations: where they are, what is in them.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import type { AppConfig } from "@tsgo/core/apps";
import { settings } from "@tsgo/core/conf";
import { findFolder, importFile } from "@tsgo/core/loading";

import { BadMigrationError } from "../exceptions.ts";
import { type Migration, isMigration } from "../migration.ts";

/** The folder of an app's migrations, whether it exists or not; null where the setting MIGRATION_MODULES says it has none. */
export function migrationsFolder(app: AppConfig): string | null {
  const modules = settings.MIGRATION_MODULES;
  if (!(app.label in modules)) return join(app.path, "migrations");
  const reference = modules[app.label];
  if (reference === null || reference === undefined) return null;
  const found = findFolder(reference);
  if (found !== undefined) return found;
  const [parent, name] = [
    reference.slice(0, reference.lastIndexOf("/")),
    reference.slice(reference.lastIndexOf("/") + 1),
  ];
  const folder = findFolder(parent);
  if (folder === undefined)
    throw new BadMigrationError(
      `MIGRATION_MODULES['${app.label}'] names '${reference}', and there is no folder '${parent}'.`,
    );
  return join(folder, name);
}

/** The migration files in a folder by their names; undefined where there is no folder. Sources come before what was built of them. */
export function listMigrationFiles(folder: string | null): Map<string, string> | undefined {
  if (folder === null || !existsSync(folder)) return undefined;
  const files = new Map<string, string>();
  for (const file of readdirSync(folder).toSorted()) {
    const name = /^([0-9A-Za-z]\w*)\.m?[jt]s$/.exec(file)?.[1];
    if (name !== undefined) files.set(name, join(folder, file));
  }
  return files;
}

/**
 * The migration that a file exports.
 *
 * @throws BadMigrationError with file, line and cause.
 */
export async function loadMigrationFile(file: string, key: readonly [string, string]): Promise<Migration> {
  const exports = await importFile(file).catch((error: unknown) => {
    const cause = error instanceof Error ? error.message : String(error);
    throw new BadMigrationError(`The migration ${key.join(".")} cannot be loaded. ${cause}`, error);
  });
  const migration = exports["default"];
  if (!isMigration(migration))
    throw new BadMigrationError(
      `${file} is no migration: its default export must be a migrations.Migration ` +
        '("export default new migrations.Migration({ operations: [...] })").',
    );
  return migration.at(key);
}
