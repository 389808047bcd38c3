import { describe, expect, test } from "vitest";

import type { Manager } from "../models/manager.ts";
import * as models from "../models/index.ts";
import { Choice, Question, User, pollsModels } from "../testdata/polls.ts";
import { expectRefused, foundUnlessRefused } from "../testdata/database.ts";
import { describeDatabases, log } from "../testdata/databases.ts";

// What comes from a request has passed no compiler.
const users = (): Manager => User.objects as unknown as Manager;
const questions = (): Manager => Question.objects as unknown as Manager;
const choices = (): Manager => Choice.objects as unknown as Manager;

describeDatabases("polls", pollsModels, () => {
  describe("conditions", () => {
    test("CVE-2025-64459: connector and negation are no lookups", async () => {
      expect.hasAssertions();
      const parsed = [
        { _connector: "OR 1=1 --", id: 1 },
        { _negated: true, id: 1 },
        JSON.parse('{"_connector":"OR 1=1 --"}'),
        Object.fromEntries(new URLSearchParams("_connector=OR+1%3D1+--&id=1")),
      ];
      for (const lookups of parsed as Record<string, unknown>[]) {
        await expectRefused(log, () => users().filter(lookups));
        await expectRefused(log, () => users().exclude(lookups));
        await expectRefused(log, () => users().get(lookups));
        await expectRefused(log, () => users().filter(new models.Q(lookups)));
      }
      await expectRefused(log, () => users().filter(new models.Q({ _connector: "XOR", _negated: true })));
    });

    test("CVE-2025-64459: a query knows AND, OR and XOR alone", async () => {
      expect.hasAssertions();
      for (const build of [() => new models.Q({ id: 1 }), () => new models.Q({ id: 1 }).or({ id: 2 })]) {
        await expectRefused(log, () => {
          const q = build();
          Object.defineProperty(q, "connector", { value: ") OR (1=1" });
          return users().filter(q);
        });
        await expectRefused(log, () => {
          const q = build();
          (q as unknown as { connector: string }).connector = ") OR (1=1";
          return users().filter(q);
        });
      }
    });

    test("NODE-13: an object or a list is no value to compare with", async () => {
      await User.objects.create({ name: "a", resetToken: "x" });
      const values: unknown[] = [
        { gt: "" },
        { $ne: null },
        { in: ["a", "x"] },
        ["a", "x"],
        { resetToken: 1 },
        { toString: "x" },
        { connector: "OR", children: [["id", 1]], negated: false },
      ];
      for (const value of values) {
        const error = await expectRefused(log, () => users().get({ resetToken: value }));
        expect(error.message).toContain("resetToken");
        await expectRefused(log, () => users().filter({ age: value }));
        await expectRefused(log, () => users().filter({ isSuperuser: value }));
      }
      // A value of another kind finds nothing that it should not.
      for (const value of [true, 0]) {
        log.length = 0;
        await expect(Promise.resolve(users().filter({ resetToken: value })).then((rows) => rows.length)).resolves.toBe(
          0,
        );
      }
      await expect(users().get({ resetToken: null })).rejects.toThrow(User.DoesNotExist);
      await expectRefused(log, () => users().get({ name__gt: null }));
    });

    test("NODE-13: a lookup from outside counts only where the program names it", async () => {
      expect.hasAssertions();
      // A key that a view hands on is checked like any other: what is no lookup of the field is refused.
      for (const key of [
        "password__$ne",
        "password__constructor",
        "__proto__",
        "constructor",
        "toString",
        "password__toString",
        "resetToken__hasOwnProperty",
      ])
        await expectRefused(log, () =>
          users().filter(JSON.parse(`{${JSON.stringify(key)}:"x"}`) as Record<string, unknown>),
        );
    });

    test("CVE-2014-0474: numbers become text where the column has text", async () => {
      await User.objects.create({
        name: "abc",
        password: "0x",
        slug: "s",
        resetToken: "t",
        ipAddress: "10.0.0.1",
      });
      for (const lookups of [{ name: 0 }, { resetToken: 0 }, { slug: true }, { password: 0 }, { name__in: [0, 1] }]) {
        log.length = 0;
        expect(await foundUnlessRefused(() => users().filter(lookups))).toEqual([]);
        for (const { params } of log) for (const param of params) expect(typeof param).toBe("string");
      }
      for (const lookups of [{ ipAddress: 0 }, { ipAddress: "x" }, { ipAddress__in: [0, "", "10.0.0"] }])
        expect(await users().filter(lookups)).toEqual([]);
      for (const address of ["10.0.0.1", "10.0.0.2", "nowhere"])
        expect(await users().filter({ ipAddress: address }).count()).toBe(address === "10.0.0.1" ? 1 : 0);
      expect(await users().filter({ password: "0x" }).count()).toBe(1);
    });

    test("NODE-20: an object cannot become part of a statement", async () => {
      expect.hasAssertions();
      await User.objects.create({ name: "a", password: "secret" });
      const hostile: unknown[] = [
        { password: 1 },
        { id: 1 },
        [["a"]],
        new Map([["password", 1]]),
        new Set(["a"]),
        Buffer.from("a"),
        new Uint8Array([1]),
      ];
      for (const value of hostile) {
        await expectRefused(log, () => users().filter({ password: value }));
        await expectRefused(log, () => users().exclude({ password: value }));
        await expectRefused(log, () => users().update({ password: value }));
        await expectRefused(log, () => users().filter({ age: value }));
      }
      for (const value of [{ id: 1 }, [1], new Map()]) {
        await expectRefused(
          log,
          () => users().annotate({ x: new models.RawSQL("(SELECT ?)", [value]) }),
          "FieldError",
          "ValidationError",
          "InterfaceError",
          "TypeError",
        );
        await expectRefused(
          log,
          () => users().filter(new models.RawSQL("password = ?", [value])),
          "FieldError",
          "ValidationError",
          "InterfaceError",
          "TypeError",
        );
      }
    });

    test("NODE-18: a key is a whole number within what can be told apart", async () => {
      const question = await Question.objects.create({ questionText: "a" });
      await Question.objects.filter({ pk: question.pk }).update({ questionText: "b" });
      for (const value of [
        "9007199254740993",
        "1e3",
        "0x10",
        "0b1",
        "٣",
        "１２",
        "1_000",
        "NaN",
        "Infinity",
        "9".repeat(400),
        1.5,
        Number.NaN,
        Infinity,
        2 ** 53,
        2 ** 64,
        "",
        "1 OR 1=1",
      ]) {
        const found = await foundUnlessRefused(() => questions().filter({ pk: value }));
        expect([value, found]).toEqual([value, []]);
      }
      await expectRefused(log, () => choices().create({ questionId: question.pk, choiceText: "x", votes: 2 ** 31 }));
      await expectRefused(log, () => choices().create({ questionId: question.pk, choiceText: "x", votes: 1.5 }));
      await expectRefused(log, () => choices().create({ questionId: question.pk, choiceText: "x", votes: Number.NaN }));
    });

    test("NODE-19: what one database would refuse and another cut off is refused by all", async () => {
      const bad: readonly Record<string, unknown>[] = [
        { name: "a\0b" },
        { name: "\ud800" },
        { lastSeen: new Date(Number.NaN) },
        { born: "2024-02-31" },
        { born: "10000-01-01" },
        { balance: "123456.789" },
        { balance: "NaN" },
        { age: 2 ** 31 },
        { age: Infinity },
        { score: Infinity },
        { score: Number.NaN },
      ];
      for (const values of bad) {
        for (const write of [() => users().create({ name: "n", ...values }), () => users().update(values)]) {
          await expectRefused(log, write);
        }
      }
      for (const values of bad.slice(0, 4)) await expectRefused(log, () => users().filter(values));
      await expect(new User({ name: "x".repeat(41) }).fullClean()).rejects.toThrow("40");
      const row = await users().create({ name: "😀" });
      await row.refreshFromDb();
      expect((row as unknown as { name: string }).name).toBe("😀");
    });
  });
});
