import { describe, expect, test } from "vitest";

import * as models from "./index.ts";
import { createTables, register, useDatabase } from "../testdata/database.ts";
import { Choice, Group, Question, User, pollsModels } from "../testdata/polls.ts";

const log = useDatabase("polls", ...pollsModels);

class Shelf extends models.Model<Shelf>()({ name: models.CharField({ maxLength: 9 }) }) {}

class Book extends models.Model<Book>()({
  shelf: models.ForeignKey<Shelf>("Shelf", { onDelete: models.PROTECT }),
  next: models.ForeignKey<Book>("self", { onDelete: models.SET_NULL, null: true }),
}) {}

describe("delete()", () => {
  test("takes what refers to the row along, and counts it", async () => {
    const question = await Question.objects.create({ questionText: "a" });
    await question.choices.create({ choiceText: "x" });
    await question.choices.create({ choiceText: "y" });
    log.length = 0;
    expect(await question.delete()).toEqual([3, { "polls.Choice": 2, "polls.Question": 1 }]);
    expect(log).toHaveLength(2);
    expect([question.pk, await Choice.objects.count()]).toEqual([null, 0]);
    await expect(question.delete()).rejects.toThrow("id");
  });

  test("takes links along, and leaves the rows behind them", async () => {
    const user = await User.objects.create({ name: "a" });
    await user.groups.create({ name: "g" });
    await user.delete();
    expect(await Group.objects.count()).toBe(1);
  });

  test("goes by condition", async () => {
    await Question.objects.bulkCreate(["a", "b", "c"].map((questionText) => new Question({ questionText })));
    expect(await Question.objects.filter({ questionText__in: ["a", "b"] }).delete()).toEqual([
      2,
      { "polls.Question": 2 },
    ]);
    expect(await Question.objects.all().delete()).toEqual([1, { "polls.Question": 1 }]);
  });

  test("is refused where a row is protected, and empties what may be empty", async () => {
    register("shelves", Shelf, Book);
    await createTables(Shelf, Book);
    const shelf = await Shelf.objects.create({ name: "s" });
    const last = await Book.objects.create({ shelf });
    const first = await Book.objects.create({ shelf, next: last });
    await expect(shelf.delete()).rejects.toThrow(models.ProtectedError);
    await last.delete();
    await first.refreshFromDb();
    expect(first.nextId).toBeNull();
  });
});
