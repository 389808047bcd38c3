// A migration as the text of its file.

import type { Migration, MigrationDependency } from "../migration.ts";
import { isSwappable } from "../migration.ts";
import { Imports } from "./imports.ts";
import type { KnownModule } from "./known-exports.ts";
import { type Code, array, call, layOut, object, stringLiteral } from "./layout.ts";
import { DB_MODULE, Serializer } from "./serializer.ts";

/** What the text of a file depends on beside the migration. */
export interface FileOptions {
  /** The modules whose exports may be imported. */
  readonly modules?: readonly KnownModule[];
  /** The folder that the file will be in. */
  readonly folder?: string;
  /** The line at the top; none where undefined. */
  readonly header?: string;
}

/** The file of a migration. The same migration always makes the same text. Answers to `MigrationWriter.as_string`. */
export function migrationFile(migration: Migration, { modules = [], folder, header }: FileOptions = {}): string {
  const imports = new Imports();
  const serializer = new Serializer(imports, modules, folder);
  const namespace = imports.use(DB_MODULE, "migrations");
  const entries: (readonly [string, Code])[] = [];
  if (migration.initial === true) entries.push(["initial", "true"]);
  if (!migration.atomic) entries.push(["atomic", "false"]);
  if (migration.replaces.length > 0) entries.push(["replaces", keyList(migration.replaces)]);
  if (migration.runBefore.length > 0) entries.push(["runBefore", keyList(migration.runBefore)]);
  if (migration.dependencies.length > 0)
    entries.push(["dependencies", dependencyList(migration.dependencies, namespace)]);
  const operations = migration.operations.map((operation) =>
    serializer.operation(operation, `${migration.appLabel}.${migration.name}: ${operation.describe()}`),
  );
  entries.push(["operations", array(operations, true)]);
  const body = layOut(call(`export default new ${namespace}.Migration`, [object(entries, true)]));
  return `${header === undefined ? "" : `// ${header}\n\n`}${imports.toString()}\n${body};\n`;
}

function keyList(keys: readonly (readonly [string, string])[]): Code {
  return array(keys.map((key) => array(key.map(stringLiteral))));
}

function dependencyList(dependencies: readonly MigrationDependency[], namespace: string): Code {
  return array(
    dependencies.map((dependency) =>
      isSwappable(dependency)
        ? call(`${namespace}.swappableDependency`, [stringLiteral(dependency.setting)])
        : array(dependency.map(stringLiteral)),
    ),
  );
}
