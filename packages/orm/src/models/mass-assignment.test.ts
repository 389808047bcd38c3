import { describe, expect, test } from "vitest";

import * as models from "./index.ts";
import type { Manager } from "./manager.ts";
import { ModelRegistry } from "./registry.ts";
import { defineModel } from "./define.ts";
import { Question, User, pollsModels } from "../testdata/polls.ts";
import { expectRefused, useDatabase } from "../testdata/database.ts";

const log = useDatabase("polls", ...pollsModels);
const users = (): Manager => User.objects as unknown as Manager;

const HOSTILE = [
  "save",
  "_state",
  "groups",
  "constructor",
  "toString",
  "fullClean",
  "nope",
  "__proto__",
  "hasOwnProperty",
  "pk__in",
  "_meta",
];

function body(name: string): Record<string, unknown> {
  return JSON.parse(`{"name":"a",${JSON.stringify(name)}:"x"}`) as Record<string, unknown>;
}

describe("values from outside", () => {
  test("NODE-11: name fields or are refused, and never replace a method", async () => {
    const saved = await User.objects.create({ name: "there" });
    for (const name of HOSTILE) {
      await expectRefused(log, () => users().create(body(name)), "FieldError");
      await expectRefused(log, () => new (User as unknown as new (values: object) => User)(body(name)), "FieldError");
      await expectRefused(log, () => users().update(body(name)), "FieldError", "FieldDoesNotExist");
      await expectRefused(
        log,
        () => users().bulkCreate([new (User as unknown as new (values: object) => never)(body(name))]),
        "FieldError",
      );
      await expect(users().updateOrCreate({ pk: saved.pk }, { defaults: body(name) })).rejects.toThrow(
        /field|cannot be assigned/i,
      );
      await expect(users().updateOrCreate({ name: "new" }, { defaults: body(name) })).rejects.toThrow(
        /field|cannot be assigned/i,
      );
      await expect(users().getOrCreate({ name: "new" }, body(name))).rejects.toThrow(/field|cannot be assigned/i);
    }
    expect(await users().count()).toBe(1);
    expect(Object.hasOwn(saved, "save")).toBe(false);
  });

  test("NODE-11: the prototype of all objects stays as it is", async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const text of [
      '{"name":"a","__proto__":{"polluted":1}}',
      '{"name":"a","constructor":{"prototype":{"polluted":1}}}',
    ])
      await expectRefused(log, () => users().create(JSON.parse(text) as Record<string, unknown>), "FieldError");
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  test("NODE-11: assigned over an instance they cannot keep it from being saved", async () => {
    const user = await User.objects.create({ name: "a" });
    expect(() => Object.assign(user, JSON.parse('{"save":"x"}'))).toThrow(TypeError);
    expect(() => Object.assign(user, JSON.parse('{"toString":"x"}'))).toThrow(TypeError);
    user.name = "b";
    await user.save();
    expect((await User.objects.get({ pk: user.pk })).name).toBe("b");
  });

  test("NODE-11: no field can have the name of what every object has", () => {
    for (const name of ["then", "constructor", "__proto__", "save", "toJSON", "delete", "toString", "pk"]) {
      const fields = JSON.parse(`{${JSON.stringify(name)}:1}`) as Record<string, unknown>;
      Object.defineProperty(fields, name, { value: models.CharField({ maxLength: 3 }), enumerable: true });
      expect(() => defineModel(new ModelRegistry(), "polls", "Bad", { fields: fields as never })).toThrow(name);
    }
  });

  test("a row knows its fields by name and by attribute", async () => {
    const question = new Question({ questionText: "a", pk: 7 });
    expect([question.pk, question.id, question.questionText]).toEqual([7, 7, "a"]);
    await expectRefused(log, () => new Question({ questionTxt: "a" } as never), "FieldError");
  });
});
