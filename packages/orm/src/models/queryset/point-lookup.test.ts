import { afterEach, beforeEach, expect, test } from "vitest";

import { connections, createConnection } from "../../db/connections.ts";
import { CharField, IntegerField } from "../../fields/factories.ts";
import { schemaEditor } from "../../schema/schema-editor.ts";
import { defineModel } from "../define.ts";
import type { ModelClass } from "../model.ts";
import { ModelRegistry } from "../registry.ts";

let Word: ModelClass;
let sent: string[];

beforeEach(async () => {
  connections.set("default", createConnection("default", { ENGINE: "sqlite", NAME: ":memory:" }));
  Word = defineModel(new ModelRegistry(), "words", "Word", {
    fields: { text: CharField({ maxLength: 20 }), rank: IntegerField({ default: 0 }) },
  });
  await schemaEditor(connections.get(), (editor) => editor.createModel(Word));
  await Word.objects.bulkCreate([new Word({ text: "a" }), new Word({ text: "b" }), new Word({ text: "b" })]);
  sent = [];
  connections.get().onQuery(({ sql }) => sent.push(sql));
});

afterEach(async () => {
  await connections.closeAll();
});

test("a row by key takes one statement, the same one for every key", async () => {
  const first = await Word.objects.get({ pk: 1 });
  const second = await Word.objects.get({ pk: 2 });
  expect([first.toJSON()["text"], second.toJSON()["text"]]).toEqual(["a", "b"]);
  expect(sent).toHaveLength(2);
  expect(sent[0]).toBe(sent[1]);
});

test("a row that is not there, or there twice, is an error after one statement", async () => {
  await expect(Word.objects.get({ pk: 9 })).rejects.toThrow("Word matching query does not exist.");
  await expect(Word.objects.get({ text: "b" })).rejects.toThrow("returned more than one Word: it returned 2");
  expect(sent).toHaveLength(2);
});

test("values that are not plain take the whole way", async () => {
  await expect(Word.objects.get({ text: { gt: "" } })).rejects.toThrow("text");
  await expect(Word.objects.get({ rank: "one" })).rejects.toThrow("rank");
  await expect(Word.objects.get({ text: "a\0" })).rejects.toThrow("null characters");
  expect(sent).toHaveLength(0);
});
