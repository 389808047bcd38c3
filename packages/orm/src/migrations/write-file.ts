// Puts migration files on the disk.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type AppConfig, apps } from "@tsgo/core/apps";
import { findInFolder, importFile, projectRoot } from "@tsgo/core/loading";
import { version } from "@tsgo/core/management";

import { BadMigrationError } from "./exceptions.ts";
import type { Migration } from "./migration.ts";
import { migrationsFolder } from "./run/migration-files.ts";
import { type KnownModule, relativeSpecifier } from "./writer/known-exports.ts";
import { migrationFile } from "./writer/migration-file.ts";

/** A migration with its place on the disk. */
export interface MigrationText {
  readonly path: string;
  readonly text: string;
}

/** The text and the path of a migration's file. */
export async function composeMigration(migration: Migration, includeHeader = true): Promise<MigrationText> {
  const app = apps.getAppConfig(migration.appLabel);
  const folder = migrationsFolder(app);
  if (folder === null)
    throw new BadMigrationError(
      `MIGRATION_MODULES says that app '${app.label}' has no migrations, so none can be written.`,
    );
  const header = includeHeader ? { header: `Made by makemigrations of tsgo ${version()}.` } : {};
  const text = migrationFile(migration, { modules: await knownModules(app, folder), folder, ...header });
  return { path: join(folder, `${migration.name}.ts`), text };
}

/** Writes a file that was composed. */
export function writeMigration({ path, text }: MigrationText): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text, { flag: "w" });
}

/** The modules from which a migration of an app may import: the models of the project's apps first, its own before all. */
async function knownModules(app: AppConfig, folder: string): Promise<KnownModule[]> {
  const others = apps.getAppConfigs().filter((other) => other !== app);
  const modules: KnownModule[] = [];
  for (const config of [app, ...others])
    for (const name of ["models", "fields", "validators", "managers", "defaults"]) {
      const file = findInFolder(config.path, name);
      if (file === undefined) continue;
      const own = file.startsWith(projectRoot()) && !file.includes("node_modules");
      const specifier = own ? relativeSpecifier(folder, file) : `${config.name}/${name}`;
      modules.push({ specifier, exports: await importFile(file) });
    }
  for (const specifier of ["node:crypto", "tsgo/timezone"]) {
    const exports = await import(specifier).catch(() => ({}));
    modules.push({ specifier, exports: exports as Readonly<Record<string, unknown>> });
  }
  return modules;
}
