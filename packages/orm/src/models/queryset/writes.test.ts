import { describe, expect, test } from "vitest";

import { IntegrityError } from "../../exceptions.ts";
import { F } from "../../expressions/references.ts";
import { Choice, Group, Question, pollsModels } from "../../testdata/polls.ts";
import { useDatabase } from "../../testdata/database.ts";

const log = useDatabase("polls", ...pollsModels);

describe("getOrCreate() and updateOrCreate()", () => {
  test("find or make one row", async () => {
    const [made, created] = await Question.objects.getOrCreate({ questionText: "a" }, { pubDate: new Date(0) });
    expect([created, made.pubDate?.getTime()]).toEqual([true, 0]);
    expect((await Question.objects.getOrCreate({ questionText: "a" }))[1]).toBe(false);
    const [changed, again] = await Question.objects.updateOrCreate(
      { questionText: "a" },
      { defaults: { pubDate: new Date(5) } },
    );
    expect([again, changed.pk, changed.pubDate?.getTime()]).toEqual([false, made.pk, 5]);
    const [other] = await Question.objects.updateOrCreate(
      { questionText: "b" },
      { defaults: { pubDate: null }, createDefaults: { pubDate: new Date(7) } },
    );
    expect(other.pubDate?.getTime()).toBe(7);
    expect(await Question.objects.count()).toBe(2);
  });

  test("find the row that somebody else made in between", async () => {
    await Group.objects.create({ name: "g" });
    const results = await Promise.all([
      Group.objects.getOrCreate({ name: "h" }),
      Group.objects.getOrCreate({ name: "h" }),
    ]);
    expect(results.filter(([, created]) => created)).toHaveLength(1);
    expect(await Group.objects.count()).toBe(2);
  });
});

describe("bulk methods", () => {
  test("insert many rows with one statement, and learn their keys", async () => {
    const made = await Question.objects.bulkCreate(
      ["a", "b", "c"].map((questionText) => new Question({ questionText })),
    );
    expect([log.length, made.map(({ pk }) => pk)]).toEqual([1, [1, 2, 3]]);
    log.length = 0;
    await Question.objects.bulkCreate(
      ["d", "e", "f"].map((questionText) => new Question({ questionText })),
      { batchSize: 2 },
    );
    expect(log).toHaveLength(2);
  });

  test("leave rows alone that are there, or change them", async () => {
    await Group.objects.create({ name: "g" });
    await expect(Group.objects.bulkCreate([new Group({ name: "g" })])).rejects.toThrow(IntegrityError);
    await Group.objects.bulkCreate([new Group({ name: "g" }), new Group({ name: "h" })], { ignoreConflicts: true });
    expect(await Group.objects.count()).toBe(2);
    await Group.objects.bulkCreate([new Group({ id: 1, name: "new" })], {
      updateConflicts: true,
      updateFields: ["name"],
      uniqueFields: ["id"],
    });
    expect((await Group.objects.get({ pk: 1 })).name).toBe("new");
  });

  test("change many rows with one statement, each to its own value", async () => {
    const question = await Question.objects.create({ questionText: "a" });
    const choices = await Choice.objects.bulkCreate(
      [1, 2, 3].map((votes) => new Choice({ question, choiceText: "x", votes })),
    );
    for (const choice of choices) choice.votes *= 10;
    log.length = 0;
    expect(await Choice.objects.bulkUpdate(choices, ["votes"])).toBe(3);
    expect(log).toHaveLength(1);
    expect(await Choice.objects.valuesList("votes", { flat: true })).toEqual([10, 20, 30]);
    await expect(Choice.objects.bulkUpdate(choices, [])).rejects.toThrow("fields");
    await expect(Choice.objects.bulkUpdate([new Choice({ choiceText: "y" })], ["votes"])).rejects.toThrow("key");
  });

  test("update() computes in the database", async () => {
    const question = await Question.objects.create({ questionText: "a" });
    await question.choices.create({ choiceText: "x", votes: 1 });
    expect(await Choice.objects.filter({ question__questionText: "a" }).update({ votes: new F("votes").add(5) })).toBe(
      1,
    );
    expect((await Choice.objects.get({ pk: 1 })).votes).toBe(6);
  });
});
