// The same tests on every database, with the tables of some models.

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";

import type { LoggedQuery, Vendor } from "../backends/base/wrapper.ts";
import { connections } from "../db/connections.ts";
import type { ModelClass } from "../models/model.ts";
import { createTables, register } from "./database.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "./servers.ts";

/** The statements that the current test has sent. */
export const log: LoggedQuery[] = [];

/** Runs tests on each kind of database that is there. The tables of the models are empty before every test. */
export function describeDatabases(
  appLabel: string,
  models: readonly object[],
  tests: (log: LoggedQuery[], vendor: Vendor) => void,
): void {
  if (!isConfigured()) configureSettings({ USE_TZ: true, TIME_ZONE: "UTC" });
  register(appLabel, ...models);
  describe.each(VENDORS)("%s", (vendor) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await makeDatabase(vendor, appLabel);
      await createTables(...models);
      database.connection.onQuery((query) => log.push(query));
    });
    beforeEach(async () => {
      const all = models as readonly ModelClass[];
      for (const model of all.flatMap(linkModels)) await empty(model);
      // The last tables refer to the first.
      for (const model of all.toReversed()) if (!model._meta.proxy) await empty(model);
      log.length = 0;
    });
    afterAll(() => database.drop());
    tests(log, vendor);
  });
}

function linkModels({ _meta }: ModelClass): ModelClass[] {
  return _meta.localManyToMany
    .map(({ remoteField }) => remoteField.throughModel)
    .filter((through) => through._meta.autoCreated !== false);
}

async function empty(model: ModelClass): Promise<void> {
  const connection = connections.get();
  await connection.execute(`DELETE FROM ${connection.quoteName(model._meta.dbTable)}`);
}
