import { describe, expect, test } from "vitest";

import { Choice, Group, Question, User, pollsModels } from "../../testdata/polls.ts";
import { useDatabase } from "../../testdata/database.ts";

const log = useDatabase("polls", ...pollsModels);

describe("the rows that refer to one", () => {
  test("are made, found and counted through it", async () => {
    const question = await Question.objects.create({ questionText: "a" });
    const choice = await question.choices.create({ choiceText: "x", votes: 2 });
    expect(choice.questionId).toBe(question.id);
    expect(await question.choices.filter({ votes__gt: 1 }).count()).toBe(1);
    const [found, created] = await question.choices.getOrCreate({ choiceText: "x" });
    expect([found.pk, created]).toEqual([choice.pk, false]);
    log.length = 0;
    const [row] = await question.choices.all();
    expect(await row?.question).toBe(question);
    expect(log).toHaveLength(1);
  });

  test("are moved here, and cannot be let go where the key may not be empty", async () => {
    const [a, b] = [
      await Question.objects.create({ questionText: "a" }),
      await Question.objects.create({ questionText: "b" }),
    ];
    const choice = await a.choices.create({ choiceText: "x" });
    await b.choices.add(choice);
    expect([await a.choices.count(), await b.choices.count()]).toEqual([0, 1]);
    await expect(b.choices.remove(choice)).rejects.toThrow("null");
    await expect(b.choices.add("x" as never)).rejects.toThrow("Choice");
    await expect(new Question({ questionText: "c" }).choices.create({ choiceText: "y" })).rejects.toThrow("id");
    expect(await Choice.objects.count()).toBe(1);
  });
});

describe("linked rows", () => {
  test("are added once, by row or by key, and taken away", async () => {
    const user = await User.objects.create({ name: "a" });
    const [g, h, i] = await Group.objects.bulkCreate(["g", "h", "i"].map((name) => new Group({ name })));
    if (g === undefined || h === undefined || i === undefined) throw new Error("no groups");
    await user.groups.add(g, h.id);
    await user.groups.add(g);
    const names = async (): Promise<string[]> => user.groups.orderBy("name").valuesList("name", { flat: true });
    expect(await names()).toEqual(["g", "h"]);
    await user.groups.set([h, i]);
    expect(await names()).toEqual(["h", "i"]);
    await user.groups.set(Group.objects.filter({ name: "g" }));
    expect(await names()).toEqual(["g"]);
    expect((await g.users.get({ name: "a" })).pk).toBe(user.pk);
    await user.groups.remove(g);
    expect(await names()).toEqual([]);
    await user.groups.set([g, h]);
    await user.groups.clear();
    expect(await names()).toEqual([]);
  });

  test("that were fetched ahead are forgotten when they change", async () => {
    const made = await User.objects.create({ name: "a" });
    await made.groups.create({ name: "g" });
    const user = await User.objects.prefetchRelated("groups").get({ pk: made.pk });
    log.length = 0;
    expect(await user.groups.all()).toHaveLength(1);
    expect(log).toHaveLength(0);
    await user.groups.create({ name: "h" });
    expect(await user.groups.all()).toHaveLength(2);
  });
});
