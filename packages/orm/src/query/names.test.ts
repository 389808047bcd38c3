import { describe, expect, test } from "vitest";

import { connections } from "../db/connections.ts";
import type { Manager } from "../models/manager.ts";
import * as models from "../models/index.ts";
import { Choice, Question, pollsModels } from "../testdata/polls.ts";
import { createTables, expectRefused, register } from "../testdata/database.ts";
import { describeDatabases, log } from "../testdata/databases.ts";

const rows = (): Manager => Question.objects as unknown as Manager;

class Odd extends models.Model<Odd>()({
  value: models.CharField({ maxLength: 10, dbColumn: 'id" as x, "*' }),
  other: models.CharField({ maxLength: 10, dbColumn: "a.b ? as `c`" }),
}) {
  static meta = { dbTable: 'odd." as name`; --' } satisfies models.Meta<Odd>;
}

describeDatabases("polls", pollsModels, (_log, vendor) => {
  describe("names", () => {
    test("CVE-2021-35042: an order is by fields alone", async () => {
      const names: unknown[] = [
        "polls_question.id; DROP TABLE x",
        "(select 1)",
        "-name --",
        'id" desc, (select 1)',
        "name asc",
        "?; --",
        "id__isnull=1)",
        1,
        {},
        null,
        "--id",
        "id desc",
      ];
      for (const name of names) {
        await expectRefused(log, () => rows().orderBy(name as string), "FieldError");
        await expectRefused(log, () => rows().latest(name as string), "FieldError");
        await expectRefused(log, () => rows().earliest(name as string), "FieldError");
        await expectRefused(log, () => rows().distinct(name as string), "FieldError", "NotSupportedError");
        await expectRefused(
          log,
          () =>
            rows()
              .orderBy(name as string)
              .reverse(),
          "FieldError",
        );
        await expectRefused(
          log,
          () =>
            rows().aggregate({ s: new models.StringAgg("questionText", { delimiter: ",", orderBy: name as string }) }),
          "FieldError",
        );
      }
      const { message } = await expectRefused(log, () => rows().orderBy("name asc"), "FieldError");
      expect(message).toContain("questionText");
      await expect(Promise.resolve(rows().orderBy("?"))).resolves.toEqual([]);
    });

    test("NODE-21: what is no field is refused wherever a field is named", async () => {
      const names = ["id as x", "id, password", "*", 'a"b', "a`b", "a.b", "(select 1)", "id desc; --"];
      const saved = await Question.objects.create({ questionText: "a" });
      for (const name of names) {
        const ways = [
          () => rows().values(name),
          () => rows().valuesList(name),
          () => rows().only(name),
          () => rows().defer(name),
          () => rows().annotate({ n: new models.F(name) }),
          () => rows().annotate({ n: new models.Count(name === "*" ? "**" : name) }),
          () => rows().aggregate({ n: new models.Max(name) }),
          () => rows().orderBy(name),
          () => rows().selectRelated(name),
          () => rows().filter({ [name]: 1 }),
          () => rows().update({ [name]: 1 }),
          () => rows().bulkUpdate([saved as never], [name]),
          () =>
            rows().bulkCreate([new Question({ questionText: "b" }) as never], {
              updateConflicts: true,
              updateFields: [name],
              uniqueFields: ["id"],
            }),
          () => rows().inBulk([1], { fieldName: name }),
          () => rows().dates(name, "year"),
        ];
        for (const way of ways) await expectRefused(log, way, "FieldError", "FieldDoesNotExist");
        await expect(Promise.resolve(rows().prefetchRelated(name))).rejects.toThrow(/prefetch|relation|field/i);
      }
    });

    test("NODE-21, NODE-22: odd names of tables and columns are quoted", async () => {
      register("odd", Odd);
      await createTables(Odd);
      const made = await Odd.objects.create({ value: "1", other: "2" });
      await Odd.objects.filter({ other: "2" }).update({ value: "3" });
      expect(await Odd.objects.filter({ value__contains: "3" }).orderBy("-other").values("value", "other")).toEqual([
        { value: "3", other: "2" },
      ]);
      await made.refreshFromDb();
      expect(made.value).toBe("3");
      await made.delete();
      expect(await Odd.objects.count()).toBe(0);
    });

    test("CVE-2022-28347: options of explain are words", async () => {
      const names = [
        "SUMMARY true) SELECT 1; --",
        'opt"ion',
        "o'ption",
        "op`tion",
        "opti on",
        "option--",
        "optio\tn",
        "o\nption",
        "option;",
        "你 好",
        "option[",
        "option]",
      ];
      for (const name of names)
        await expectRefused(
          log,
          () =>
            rows()
              .all()
              .explain({ [name]: true }),
          "FieldError",
          "NotSupportedError",
        );
      for (const format of ["text) SELECT 1; --", "'", "json;", "x"])
        await expectRefused(log, () => rows().all().explain({ format }), "FieldError", "NotSupportedError");
      await expect(rows().all().explain()).resolves.toMatch(/polls_question/);
    });

    test("CVE-2020-7471: the delimiter of StringAgg is data", async () => {
      await Question.objects.bulkCreate([new Question({ questionText: "a" }), new Question({ questionText: "b" })]);
      for (const delimiter of ["'", "'); DROP TABLE x; --", "\\", "%s", "?", "$1", ""]) {
        log.length = 0;
        const { s } = await rows().aggregate({ s: new models.StringAgg("questionText", { delimiter }) });
        expect(s).toBe(`a${delimiter}b`);
        // MariaDB takes no parameter there, so that it is a literal in quotes.
        const bound = vendor === "mysql" ? [] : log;
        for (const { sql } of bound) expect(sql).not.toContain("DROP TABLE");
        const filtered = rows().filter({ questionText__in: ["a", "b"], id__gt: 0 });
        const named = await filtered.aggregate({ s: new models.StringAgg("questionText", { delimiter }) });
        expect(named["s"]).toBe(`a${delimiter}b`);
      }
    });

    test("NODE-24: a slice has whole numbers for bounds", async () => {
      const bounds: [unknown, unknown][] = [
        ["0; DELETE FROM x", 5],
        [Number.NaN, 5],
        [-1, 5],
        [0, Infinity],
        [1.5, 3],
        [0, "5"],
        [{}, 5],
        [0, Number.NaN],
        [0, -1],
        [0, 2 ** 60],
      ];
      for (const [start, stop] of bounds)
        await expectRefused(
          log,
          () => rows().slice(start as number, stop as number),
          "FieldError",
          "RangeError",
          "TypeError",
        );
      for (const size of [Number.NaN, 0, -1, 1.5, "10", Infinity]) {
        await expectRefused(
          log,
          async () => {
            for await (const row of rows().iterator({ chunkSize: size as number })) void row;
          },
          "RangeError",
          "FieldError",
          "TypeError",
        );
        await expectRefused(
          log,
          () => rows().bulkCreate([new Question({ questionText: "a" }) as never], { batchSize: size as number }),
          "RangeError",
          "FieldError",
          "TypeError",
        );
        await expectRefused(
          log,
          () => rows().bulkUpdate([], ["questionText"], { batchSize: size as number }),
          "RangeError",
          "FieldError",
          "TypeError",
        );
      }
      await Question.objects.bulkCreate(
        Array.from({ length: 5 }, (_value, index) => new Question({ questionText: String(index) })),
      );
      log.length = 0;
      expect(await rows().slice(1, 3)).toHaveLength(2);
      expect(log[0]?.sql).toMatch(/LIMIT/);
    });
  });

  test("NODE-23: one call sends one statement", async () => {
    const connection = connections.get();
    await expect((async () => connection.execute("SELECT 1; DROP TABLE polls_choice"))()).rejects.toThrow(
      /more than one statement|multiple commands|SQL syntax/,
    );
    expect(await Choice.objects.count()).toBe(0);
    for (const text of ["\u00bf' OR 1=1 -- ", "\\' OR 1=1 -- "]) {
      await Question.objects.create({ questionText: text });
      expect(await Question.objects.filter({ questionText: text }).count()).toBe(1);
    }
  });
});
