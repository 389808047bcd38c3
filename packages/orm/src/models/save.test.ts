import { describe, expect, test } from "vitest";

import { NotUpdated } from "../exceptions.ts";
import { F } from "../expressions/references.ts";
import { Choice, Question, User, pollsModels } from "../testdata/polls.ts";
import { useDatabase } from "../testdata/database.ts";

const log = useDatabase("polls", ...pollsModels);

const sent = (): string[] => log.splice(0).map(({ sql }) => sql.split(" ")[0] ?? "");

describe("save()", () => {
  test("inserts a new row and changes one that is there", async () => {
    const question = new Question({ questionText: "a" });
    expect(question.pk).toBeNull();
    await question.save();
    expect([question.pk, sent()]).toEqual([1, ["INSERT"]]);
    question.questionText = "b";
    await question.save();
    expect(sent()).toEqual(["UPDATE"]);
    expect((await Question.objects.get({ pk: 1 })).questionText).toBe("b");
  });

  test("takes a key that was given for a row that may be there", async () => {
    await new Question({ id: 7, questionText: "a" }).save();
    expect(sent()).toEqual(["UPDATE", "INSERT"]);
    await new Question({ id: 7, questionText: "b" }).save();
    expect(sent()).toEqual(["UPDATE"]);
    expect(await Question.objects.count()).toBe(1);
  });

  test("can be told to insert, or to change, and then does nothing else", async () => {
    const question = await Question.objects.create({ questionText: "a" });
    await expect(question.save({ forceInsert: true })).rejects.toThrow(/UNIQUE/);
    await expect(new Question({ id: 99, questionText: "b" }).save({ forceUpdate: true })).rejects.toThrow(NotUpdated);
    await expect(question.save({ forceInsert: true, forceUpdate: true })).rejects.toThrow(/force/);
  });

  test("writes the named fields alone", async () => {
    const user = await User.objects.create({ name: "a", age: 1 });
    user.name = "b";
    user.age = 2;
    await user.save({ updateFields: ["age"] });
    await user.refreshFromDb();
    expect([user.name, user.age]).toEqual(["a", 2]);
    sent();
    await user.save({ updateFields: [] });
    expect(sent()).toEqual([]);
    await expect(user.save({ updateFields: ["nope"] as never })).rejects.toThrow("nope");
  });

  test("leaves alone what was not loaded", async () => {
    await User.objects.create({ name: "a", age: 1 });
    const user = await User.objects.defer("age").get({ pk: 1 });
    await User.objects.filter({ pk: 1 }).update({ age: 5 });
    user.name = "b";
    await user.save();
    expect(user.getDeferredFields()).toEqual(new Set(["age"]));
    expect(await User.objects.values("name", "age")).toEqual([{ name: "b", age: 5 }]);
  });

  test("lets the database compute", async () => {
    const question = await Question.objects.create({ questionText: "a" });
    const choice = await Choice.objects.create({ question, choiceText: "x", votes: 1 });
    Object.assign(choice, { votes: new F("votes").add(2) });
    await choice.save();
    await choice.refreshFromDb();
    expect(choice.votes).toBe(3);
  });

  test("takes the key of a related row that was saved meanwhile, and refuses one that was not", async () => {
    const question = new Question({ questionText: "a" });
    const choice = new Choice({ question, choiceText: "x" });
    await expect(choice.save()).rejects.toThrow("question");
    await question.save();
    await choice.save();
    expect(choice.questionId).toBe(question.pk);
  });
});

describe("rows", () => {
  test("are equal by model and key", async () => {
    const question = await Question.objects.create({ questionText: "a" });
    expect(question.equals(await Question.objects.get({ pk: question.pk }))).toBe(true);
    expect(new Question({}).equals(new Question({}))).toBe(false);
    expect(question.equals(new Choice({ id: question.id }))).toBe(false);
  });

  test("are copied by taking their key away", async () => {
    const question = await Question.objects.create({ questionText: "a" });
    Object.assign(question, { pk: null });
    await question.save();
    expect(await Question.objects.valuesList("id", { flat: true })).toEqual([1, 2]);
  });
});
