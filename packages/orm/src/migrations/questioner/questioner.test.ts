import { OutputRecorder, OutputWrapper } from "@tsgo/core/management";
import { expect, test } from "vitest";

import { DateField } from "../../fields/dates.ts";
import { JSONField } from "../../fields/json.ts";
import { IntegerField } from "../../fields/numbers.ts";
import { Temporal } from "../../values/temporal.ts";
import { ModelState } from "../state/model-state.ts";
import { readAnswers } from "./given-answers.ts";
import { readValue } from "./read-value.ts";
import { SilentQuestioner } from "./silent-questioner.ts";
import { TerminalQuestioner } from "./terminal-questioner.ts";

const votes = new IntegerField();
const model = new ModelState({ appLabel: "polls", name: "Question", fields: new Map([["votes", votes]]) });
const none = readAnswers({ renameModel: [], renameField: [], default: [] });

function terminal(lines: string[]): { questioner: TerminalQuestioner; output: OutputRecorder } {
  const output = new OutputRecorder();
  const questioner = new TerminalQuestioner(none, new Set(), new OutputWrapper(output), async () => lines.shift());
  return { questioner, output };
}

test("a person is shown the field, and asked again until the answer fits", async () => {
  const { questioner, output } = terminal(["7", "1", "many", "3"]);
  expect(await questioner.askNotNullAddition(model, "votes", votes)).toBe(3);
  expect(output.text).toContain("votes: models.IntegerField()");
  expect(output.text).toContain("Give a number from 1 to 2.");
  expect(output.text).toContain("'many' is no value for a IntegerField.");
});

test("a renaming is denied unless it is confirmed", async () => {
  expect(await terminal([""]).questioner.askRenameField(model, "old", "votes", votes)).toBe(false);
  expect(await terminal(["perhaps", "y"]).questioner.askRenameField(model, "old", "votes", votes)).toBe(true);
});

test("an end of the input stops the command instead of waiting forever", async () => {
  await expect(terminal([]).questioner.askRenameField(model, "old", "votes", votes)).rejects.toThrow(
    "There is nobody to answer.",
  );
});

test("rows with NULL may be left to another migration", async () => {
  expect(await terminal(["2"]).questioner.askNotNullAlteration(model, "votes", votes)).toBeUndefined();
  expect(await terminal(["1", "5"]).questioner.askNotNullAlteration(model, "votes", votes)).toEqual({ value: 5 });
});

test("options answer without a question", async () => {
  const given = readAnswers({
    renameModel: ["polls.Poll=Question"],
    renameField: ["polls.Question.old=votes"],
    default: ["polls.Question.votes=0"],
  });
  const questioner = new SilentQuestioner(given, new Set(["polls"]));
  expect(questioner.askNotNullAddition(model, "votes", votes)).toBe(0);
  expect(questioner.askRenameField(model, "old", "votes", votes)).toBe(true);
  expect(questioner.askRenameField(model, "old", "other", votes)).toBe(false);
  expect(() => questioner.askRenameField(model, "older", "votes", votes)).toThrow(
    "--rename-field polls.Question.older=votes",
  );
  expect(() => readAnswers({ renameModel: ["Poll"], renameField: [], default: [] })).toThrow(
    "--rename-model polls.Question=Poll",
  );
});

test("NODE-27: a typed value is read by the field and never evaluated", () => {
  expect(readValue("2024-02-29", new DateField())).toEqual(Temporal.PlainDate.from("2024-02-29"));
  expect(readValue('{"a": [1]}', new JSONField())).toEqual({ a: [1] });
  expect(readValue("null", new IntegerField({ null: true }))).toBeNull();
  expect(() => readValue("process.exit()", votes)).toThrow("is no value for a IntegerField");
  expect(() => readValue("process.exit()", new JSONField())).toThrow("is no value for a JSONField");
});
