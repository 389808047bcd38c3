import { afterEach, expect, test } from "vitest";

import { Choice, Question, User, pollsModels } from "../testdata/polls.ts";
import { useDatabase } from "../testdata/database.ts";
import { m2mChanged, postDelete, postInit, postSave, preDelete, preInit, preSave } from "./signals.ts";

useDatabase("polls", ...pollsModels);

const seen: string[] = [];
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
  seen.length = 0;
});

function listen<P extends object>(
  signal: { connect(receiver: (payload: P) => void): unknown; disconnect(receiver: (payload: P) => void): unknown },
  note: (payload: P) => string,
): void {
  const receiver = (payload: P): void => {
    seen.push(note(payload));
  };
  signal.connect(receiver);
  ends.push(() => signal.disconnect(receiver));
}

test("saving and deleting tell who listens", async () => {
  listen(preInit, ({ sender }) => `preInit ${sender.name}`);
  listen(postInit, ({ sender }) => `postInit ${sender.name}`);
  listen(preSave, ({ instance }) => `preSave ${String(instance.pk)}`);
  listen(postSave, ({ instance, created }) => `postSave ${String(instance.pk)} ${String(created)}`);
  const question = await Question.objects.create({ questionText: "a" });
  await question.save();
  expect(seen.splice(0)).toEqual([
    "preInit Question",
    "postInit Question",
    "preSave null",
    "postSave 1 true",
    "preSave 1",
    "postSave 1 false",
  ]);
});

test("each row that is deleted is told of, before and after", async () => {
  const question = await Question.objects.create({ questionText: "a" });
  await question.choices.create({ choiceText: "x" });
  listen(preDelete, ({ sender, instance }) => `pre ${sender.name} ${String(instance.pk)}`);
  listen(postDelete, ({ sender, instance }) => `post ${sender.name} ${String(instance.pk)}`);
  await question.delete();
  expect(seen).toEqual(["pre Question 1", "pre Choice 1", "post Choice 1", "post Question 1"]);
  expect(await Choice.objects.count()).toBe(0);
});

test("changes of links are told with the keys that are new", async () => {
  const user = await User.objects.create({ name: "a" });
  const group = await user.groups.create({ name: "g" });
  listen(m2mChanged, ({ action, pkSet, reverse }) => `${action} ${[...(pkSet ?? [])].join()} ${String(reverse)}`);
  await user.groups.add(group);
  await user.groups.remove(group);
  await group.users.add(user);
  await user.groups.clear();
  expect(seen).toEqual([
    "preAdd  false",
    "postAdd  false",
    "preRemove 1 false",
    "postRemove 1 false",
    "preAdd 1 true",
    "postAdd 1 true",
    "preClear  false",
    "postClear  false",
  ]);
});
