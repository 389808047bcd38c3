// A database in memory for the tests of one file, with the tables of its models.

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { afterEach, beforeAll, beforeEach, expect } from "vitest";

import type { LoggedQuery } from "../backends/base/wrapper.ts";
import { connections, createConnection } from "../db/connections.ts";
import type { ModelClass } from "../models/model.ts";
import { schemaEditor } from "../schema/schema-editor.ts";

/** Registers models for an application, as happens when its module of models is loaded. */
export function register(appLabel: string, ...models: readonly object[]): void {
  const key = Symbol.for("tsgo.model.register");
  for (const model of models) (model as Record<symbol, (app: { label: string }) => void>)[key]?.({ label: appLabel });
}

/** Makes the tables of models in the default database. */
export async function createTables(...models: readonly object[]): Promise<void> {
  await schemaEditor(connections.get(), async (editor) => {
    for (const model of models as ModelClass[]) await editor.createModel(model);
  });
}

/** Gives every test of the file an empty database with the tables of these models. The result has the statements that were sent. */
export function useDatabase(appLabel: string, ...models: readonly object[]): LoggedQuery[] {
  const log: LoggedQuery[] = [];
  beforeAll(() => {
    if (!isConfigured()) configureSettings({ USE_TZ: true, TIME_ZONE: "UTC" });
    register(appLabel, ...models);
  });
  beforeEach(async () => {
    connections.set("default", createConnection("default", { ENGINE: "sqlite", NAME: ":memory:" }));
    await createTables(...models);
    log.length = 0;
    connections.get().onQuery((query) => log.push(query));
  });
  afterEach(async () => {
    await connections.closeAll();
  });
  return log;
}

/** Asserts that a query is refused, by class, before any statement is sent. */
export async function expectRefused(log: LoggedQuery[], run: () => unknown, ...classes: readonly string[]): Promise<Error> {
  log.length = 0;
  let failure: unknown;
  try {
    await run();
  } catch (error) {
    failure = error;
  }
  expect(failure, `not refused: ${String(run)}`).toBeInstanceOf(Error);
  expect(classes.length === 0 ? ["FieldError", "ValidationError"] : classes, String((failure as Error).stack)).toContain((failure as Error).name);
  expect(log.map(({ sql }) => sql)).toEqual([]);
  return failure as Error;
}

/** What a query finds: nothing where it is refused as a wrong value. */
export async function foundUnlessRefused(run: () => PromiseLike<readonly unknown[]>): Promise<readonly unknown[]> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Error && (error.name === "FieldError" || error.name === "ValidationError")) return [];
    throw error;
  }
}
