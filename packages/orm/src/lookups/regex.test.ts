import { expect, test } from "vitest";

import type { Manager } from "../models/manager.ts";
import { Question, pollsModels } from "../testdata/polls.ts";
import { expectRefused, useDatabase } from "../testdata/database.ts";

const log = useDatabase("polls", ...pollsModels);
const rows = (): Manager => Question.objects as unknown as Manager;

// Long enough to take seconds where nobody stops it, and short enough for this test to fail then.
const SLOW = `${"a".repeat(29)}!`;

test("NODE-25: a pattern that tries without end is stopped", async () => {
  await Question.objects.create({ questionText: SLOW });
  for (const pattern of ["^(a+)+$", "^(a|a)*$", "^([a]*)*$"])
    for (const lookup of ["regex", "iregex"])
      await expect(Promise.resolve(rows().filter({ [`questionText__${lookup}`]: pattern }))).rejects.toThrow(
        /takes too long/,
      );
  // The connection is as good as before.
  expect(await rows().filter({ questionText__regex: "^a+!$" }).count()).toBe(1);
  expect(await rows().filter({ questionText__regex: "^(a+)!$" }).count()).toBe(1);
});

test("NODE-25: a pattern that is none is refused before it is sent", async () => {
  expect.hasAssertions();
  for (const pattern of ["(", "\\", "[", "*a", "a{2,1}"]) {
    await expectRefused(log, () => rows().filter({ questionText__regex: pattern }));
    await expectRefused(log, () => rows().filter({ questionText__iregex: pattern }));
  }
});
