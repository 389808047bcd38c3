// What `check` says about migrations.

import { type CheckMessage, type CheckRegistration, Error as CheckError, Tags, Warning } from "@tsgo/core/checks";

import { loadMigrations } from "./run/loader.ts";
import { changedApps } from "./run/unwritten.ts";

/** Finds migrations that cannot be loaded or do not fit together, and changes of models without a migration. */
export async function checkMigrations(): Promise<CheckMessage[]> {
  let loaded;
  try {
    loaded = await loadMigrations(null);
  } catch (error) {
    return [new CheckError(error instanceof Error ? error.message : String(error), { id: "migrations.E001" })];
  }
  const conflicts = [...loaded.conflicts()].map(
    ([app, names]) =>
      // No error, since the command that puts it right runs the checks, too.
      new Warning(`Several migrations are the last of application '${app}': ${names.join(", ")}.`, {
        hint: "Run 'makemigrations --merge'.",
        id: "migrations.W002",
      }),
  );
  if (conflicts.length > 0) return conflicts;
  const changed = await changedApps(loaded);
  return changed.map(
    (app) =>
      new Warning(`The models of application '${app}' have changes without a migration.`, {
        hint: "Run 'makemigrations'.",
        id: "migrations.W001",
      }),
  );
}

// The commands of migrations say the same themselves, and others need not wait for all migrations to be loaded.
const registrations: readonly CheckRegistration[] = [
  { check: checkMigrations, tags: [Tags.models], onlyWhenAsked: true },
];

export default registrations;
