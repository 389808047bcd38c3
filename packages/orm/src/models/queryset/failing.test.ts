import { afterEach, expect, test } from "vitest";

import { connections } from "../../db/connections.ts";
import { DatabaseError, IntegrityError } from "../../exceptions.ts";
import { createTables, register } from "../../testdata/database.ts";
import { Group, pollsModels } from "../../testdata/polls.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../../testdata/servers.ts";

let database: TestDatabase | undefined;

afterEach(() => database?.drop());

async function failureOf(run: () => PromiseLike<unknown>): Promise<Error> {
  try {
    await run();
  } catch (error) {
    return error as Error;
  }
  throw new Error("This did not fail.");
}

async function listGroups(): Promise<unknown> {
  return await Group.objects.filter({ name: "a" });
}

async function saveGroup(): Promise<void> {
  await new Group({ name: "a" }).save();
}

async function getGroup(): Promise<unknown> {
  return await Group.objects.get({ name: "a" });
}

async function countGroups(): Promise<unknown> {
  return await Group.objects.exclude({ name: "a" }).count();
}

test.each(VENDORS)("an error of %s has the line of the query in its stack", async (vendor) => {
  register("polls", ...pollsModels);
  database = await makeDatabase(vendor, "failing");
  await createTables(...pollsModels);
  await saveGroup();
  const twice = await failureOf(saveGroup);
  expect(twice).toBeInstanceOf(IntegrityError);
  expect(twice.stack).toContain("saveGroup");
  await connections.get().execute("ALTER TABLE polls_group RENAME TO polls_party");
  for (const run of [listGroups, getGroup, countGroups]) {
    const error = await failureOf(run);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error.stack).toContain(run.name);
  }
});
