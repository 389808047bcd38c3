import { inspect } from "node:util";

import { expect, test } from "vitest";

import { useDatabase } from "../testdata/database.ts";
import { Choice, Question, User, pollsModels } from "../testdata/polls.ts";

useDatabase("polls", ...pollsModels);

test("a misspelt field is answered with the nearest one and the choices, without names that no query can use", () => {
  expect(() => User.objects.filter({ nam: "x" } as never)).toThrow(
    /"nam" into field\. Did you mean 'name'\? Choices are: age, .*groups/,
  );
  expect(() => User.objects.filter({ nam: "x" } as never)).not.toThrow(/\+/);
});

test("a misspelt field behind a relation is answered with the fields of the other model", () => {
  expect(() => Choice.objects.filter({ question__questionTxt: "x" } as never)).toThrow(
    /'question__questionTxt': The relation 'question' leads to no field 'questionTxt', .*Did you mean 'questionText'\?/,
  );
});

test("the console shows the values of a row, and of a queryset what it is", async () => {
  const question = await Question.objects.create({ questionText: "Why?" });
  expect(inspect(question)).toBe("Question { id: 1, questionText: 'Why?', pubDate: null, data: null }");
  expect(inspect({ question })).toContain("question: Question {");
  expect(inspect(Question.objects.all())).toBe("<QuerySet of polls.Question>");
  expect(String(Question.objects.all())).toBe("<QuerySet of polls.Question>");
});
