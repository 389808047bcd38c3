// Reads the recorded cases: one JSON file a topic, in one of two folders beside the checkout.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** One recorded call: what went in, and what Django answered. */
export interface Case {
  readonly id: string;
  readonly group: string;
  readonly input: Record<string, unknown>;
  readonly expect: unknown;
  readonly needs?: readonly string[];
  /** False where the answer shows Python itself. */
  readonly portable?: boolean;
  /** Keys that only some topics have (`steps`, `chain`, `backend`, ...). */
  readonly [key: string]: unknown;
}

/** One file of cases with its head. */
export interface Corpus {
  readonly topic: string;
  readonly cases: readonly Case[];
  /** The folder that the file came from, for topics that read a neighbour (schema, fixtures). */
  readonly folder: string;
  readonly head: Record<string, unknown>;
}

const root = resolve(import.meta.dirname, "..");

/** The two folders of recorded cases, whether they exist or not. */
export function corpusFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  return [
    resolve(root, env["TSGO_CONFORMANCE"] ?? "../shared/conformance"),
    resolve(root, env["TSGO_CONFORMANCE_ORM"] ?? "../shared/conformance-orm"),
  ];
}

/** The names of the topics that can be read here: files with a list of cases. */
export function availableTopics(): string[] {
  return corpusFolders()
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder))
    .filter((file) => file.endsWith(".json") && file !== "schema.json" && file !== "fixtures.json")
    .map((file) => file.slice(0, -".json".length))
    .toSorted();
}

/** The topics of rows in a database, which have tests of their own: one file for each kind of database. */
export const ROW_TOPICS = ["queries", "queries-random", "writes", "writes-random"] as const;

/** Reads a topic, or gives undefined where no folder has its file. */
export function readCorpus(topic: string): Corpus | undefined {
  for (const folder of corpusFolders()) {
    const file = join(folder, `${topic}.json`);
    if (!existsSync(file)) continue;
    const { cases, ...head } = JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] } & Record<string, unknown>;
    return { topic, cases, folder, head };
  }
  return undefined;
}
