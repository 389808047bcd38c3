// What the record of applied migrations and the files say about each other.

import { CommandError } from "@tsgo/core/management";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { type MigrationKey, keyText } from "../graph.ts";
import { migrationChecksum } from "./checksum.ts";
import type { LoadedMigrations } from "./loader.ts";
import { MigrationUnfinished } from "./failure.ts";
import { MigrationRecorder } from "./recorder.ts";

/** The applied migrations whose files do something else now. */
export function editedMigrations(loaded: LoadedMigrations): { readonly key: MigrationKey; readonly file: string }[] {
  return [...loaded.applied.values()].flatMap(({ key, checksum }) => {
    const migration = loaded.disk.get(keyText(key));
    if (migration === undefined || checksum === "" || migrationChecksum(migration) === checksum) return [];
    return [{ key, file: loaded.files.get(keyText(key)) ?? keyText(key) }];
  });
}

/** The applied migrations whose files are gone, and that no squashed one stands for. */
export function lostMigrations(loaded: LoadedMigrations): MigrationKey[] {
  const replaced = new Set([...loaded.disk.values()].flatMap(({ replaces }) => replaces.map(keyText)));
  return [...loaded.applied.values()]
    .map(({ key }) => key)
    .filter((key) => loaded.migratedApps.has(key[0]) && !loaded.disk.has(keyText(key)) && !replaced.has(keyText(key)));
}

/** Forgets the applied migrations of an app whose files are gone, unless a squashed migration still needs to know of them. */
export async function pruneRecord(
  connection: BaseWrapper,
  loaded: LoadedMigrations,
  appLabel: string,
): Promise<MigrationKey[]> {
  const gone = [...loaded.applied.values()]
    .map(({ key }) => key)
    .filter((key) => key[0] === appLabel && !loaded.disk.has(keyText(key)));
  const texts = new Set(gone.map(keyText));
  const needing = [...loaded.disk.values()].filter(({ replaces }) => replaces.some((key) => texts.has(keyText(key))));
  if (needing.length > 0)
    throw new CommandError(
      `Some of these migrations are still replaced by ${needing.map(({ key }) => keyText(key)).join(", ")}: ` +
        "take the list 'replaces' out of it first.",
    );
  const recorder = new MigrationRecorder(connection);
  for (const key of gone) await recorder.recordUnapplied(key);
  return gone;
}

/** Refuses a database on which a migration was begun and did not get to its end. */
export async function refuseUnfinished(connection: BaseWrapper, loaded: LoadedMigrations): Promise<void> {
  for (const unfinished of await new MigrationRecorder(connection).unfinished()) {
    const text = keyText(unfinished.key);
    const migration = loaded.disk.get(text);
    if (migration === undefined) continue;
    const place = { migration, file: loaded.files.get(text), previous: loaded.previousName(unfinished.key) };
    throw new MigrationUnfinished(place, unfinished);
  }
}

/** Forgets that migrations of an app were begun: what they did has been made up for by hand. Gives which they were. */
export async function forgetUnfinished(
  connection: BaseWrapper,
  appLabel: string | undefined,
): Promise<readonly MigrationKey[]> {
  const recorder = new MigrationRecorder(connection);
  const begun = (await recorder.unfinished()).map(({ key }) => key);
  const forgotten = begun.filter(([app]) => appLabel === undefined || app === appLabel);
  for (const key of forgotten) await recorder.recordUnapplied(key);
  return forgotten;
}
