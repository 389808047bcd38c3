// The keys of OPTIONS for SQLite.

import { didYouMean } from "@tsgo/utils/nearest-name";

import type { DriverName } from "./driver.ts";

const DRIVERS = ["better-sqlite3", "node:sqlite"];
const MODES = ["DEFERRED", "IMMEDIATE", "EXCLUSIVE"];

/** OPTIONS of an entry of DATABASES. */
export interface SqliteOptions {
  readonly driver?: DriverName;
  /** Seconds that a writer waits for one of another process. */
  readonly timeout?: number;
  readonly readonly?: boolean;
  /** How a transaction begins: "IMMEDIATE" takes the right to write at once, which keeps two from waiting for each other. */
  readonly transactionMode?: string;
  /** PRAGMAs for every new connection. */
  readonly initCommand?: string;
}

interface Kind {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
}

const KINDS: Readonly<Record<keyof SqliteOptions, Kind>> = {
  driver: oneOf(DRIVERS),
  timeout: { expected: "a number of seconds", accepts: (value) => typeof value === "number" && value >= 0 },
  readonly: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
  transactionMode: oneOf(MODES),
  initCommand: { expected: "a text of PRAGMAs", accepts: (value) => typeof value === "string" },
};

function oneOf(words: readonly string[]): Kind {
  return {
    expected: `one of ${words.map((word) => `'${word}'`).join(", ")}`,
    accepts: (value) => typeof value === "string" && words.some((word) => word.toLowerCase() === value.toLowerCase()),
  };
}

/** One sentence for each fault of OPTIONS. */
export function sqliteOptionFaults(options: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(options).flatMap(([key, value]) => {
    const kind = Object.hasOwn(KINDS, key) ? KINDS[key as keyof SqliteOptions] : undefined;
    if (kind === undefined) return [`OPTIONS has no key '${key}' for SQLite.${didYouMean(key, Object.keys(KINDS))}`];
    return kind.accepts(value) ? [] : [`OPTIONS.${key} must be ${kind.expected}, not ${JSON.stringify(value)}.`];
  });
}
