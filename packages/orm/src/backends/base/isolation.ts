// The option `isolationLevel` of database servers.

import { didYouMean } from "@tsgo/utils/nearest-name";

const LEVELS = ["read uncommitted", "read committed", "repeatable read", "serializable"];

function levelNamed(name: unknown): string | undefined {
  return typeof name === "string" ? LEVELS.find((level) => level === name.toLowerCase()) : undefined;
}

/** One sentence for each fault of `OPTIONS.isolationLevel`. */
export function isolationFaults(level: unknown): string[] {
  if (level === undefined || level === null || levelNamed(level) !== undefined) return [];
  const names = LEVELS.map((name) => `'${name}'`).join(", ");
  const hint = typeof level === "string" ? didYouMean(level, LEVELS) : "";
  return [
    `OPTIONS.isolationLevel must be ${names} or null (what the server has), not ${JSON.stringify(level)}.${hint}`,
  ];
}

/** The level as SQL has it; null where the server decides. */
export function isolationSql(level: unknown, standard: string | null): string | null {
  return level === undefined ? standard : (levelNamed(level)?.toUpperCase() ?? null);
}
