import { expect, test } from "vitest";

import { useDatabase } from "../testdata/database.ts";
import { Question, User, pollsModels } from "../testdata/polls.ts";

useDatabase("polls", ...pollsModels);

test("undefined as the value of a lookup is refused, so that a variable that was never set chooses no rows", () => {
  for (const key of ["name", "pk", "name__startswith", "groups", "groups__name"]) {
    const lookups = { [key]: undefined } as never;
    expect(() => User.objects.filter(lookups)).toThrow(`'${key}': undefined is no value to compare with`);
    expect(() => User.objects.exclude(lookups)).toThrow(`'${key}': undefined is no value to compare with`);
  }
});

test("update refuses undefined, which would empty the column", async () => {
  await Question.objects.create({ questionText: "Why?", data: { a: 1 } });
  await expect(Question.objects.update({ data: undefined })).rejects.toThrow("'data' of polls.Question to undefined");
  expect((await Question.objects.get({ pk: 1 })).data).toEqual({ a: 1 });
});
