import { describe, expect, test } from "vitest";

import type { Manager } from "../models/manager.ts";
import * as models from "../models/index.ts";
import { Question, pollsModels } from "../testdata/polls.ts";
import { expectRefused } from "../testdata/database.ts";
import { describeDatabases, log } from "../testdata/databases.ts";

const rows = (): Manager => Question.objects as unknown as Manager;

// PostgreSQL numbers its placeholders.
function placeholders(sql: string): number {
  return (sql.match(/\$\d+/g) ?? sql.match(/\?/g) ?? []).length;
}

async function withKeys(keys: readonly string[]): Promise<void> {
  await Question.objects.create({ questionText: "other", data: { other: 1 } });
  for (const key of keys) await Question.objects.create({ questionText: key, data: { [key]: "x" } });
}

const texts = async (queryset: PromiseLike<readonly unknown[]>): Promise<unknown[]> =>
  (await queryset).map((row) => (row as Question).questionText);

describeDatabases("polls", pollsModels, () => {
  describe("keys of JSON", () => {
    test("CVE-2024-53908: has_key finds the row with just this key", async () => {
      const keys = ["a' OR 1=1 --", 'a"', "$.x", "a]", "\\", "?", "a.b", "[0]", "#"];
      await withKeys([...keys, ""]);
      for (const key of [...keys, ""]) {
        expect(await texts(rows().filter({ data__has_key: key }))).toEqual([key]);
        expect(await texts(rows().filter({ data__has_keys: [key] }))).toEqual([key]);
        expect(await texts(rows().filter({ data__has_any_keys: [key] }))).toEqual([key]);
      }
      for (const { sql } of log) expect(sql).not.toContain("OR 1=1");
    });

    test("CVE-2019-14234: a key in a lookup is data", async () => {
      const keys = [
        `test' = '"a"') OR 1 = 1 OR ('d`,
        `test") = '"a"' OR 1 = 1 OR ("d`,
        "\\",
        "%total",
        "?",
        "??",
        "::",
        "]",
        "0) --",
      ];
      expect(
        await rows()
          .filter({ [`data__${keys[0] ?? ""}`]: "x" })
          .exists(),
      ).toBe(false);
      await withKeys(keys);
      for (const key of keys) {
        expect(await texts(rows().filter({ [`data__${key}`]: "x" }))).toEqual([key]);
        expect(await texts(rows().filter({ [`data__${key}`]: "y" }))).toEqual([]);
      }
      for (const { sql } of log) expect(sql).not.toContain("OR 1 = 1");
    });

    test("CVE-2024-42005: values() refuses a key that is no name, and gives one that is", async () => {
      await Question.objects.create({ questionText: "a", data: { plain: 1 } });
      for (const name of [`data__injected_name" from "polls_question"; --`, "data__a'b", "data__a b"]) {
        await expectRefused(log, () => rows().values(name));
        await expectRefused(log, () => rows().valuesList(name));
        await expectRefused(log, () => rows().valuesList(name, { flat: true }));
      }
      expect(await rows().values("data__plain")).toEqual([{ data__plain: 1 }]);
    });

    test("NODE-22: question marks, colons and dollars in values and keys are data", async () => {
      const odd = ["what? ??", ":id", "$1", "%s", "\\?", "?|", "?&"];
      await withKeys(odd);
      for (const text of odd) {
        log.length = 0;
        expect(await texts(rows().filter({ questionText: text }))).toEqual([text]);
        expect(await texts(rows().filter({ questionText__contains: text }))).toEqual([text]);
        expect(await texts(rows().filter({ data__has_key: text }))).toEqual([text]);
        expect(
          await texts(
            rows()
              .annotate({ v: new models.Value(text) })
              .filter({ v: text, questionText: text }),
          ),
        ).toEqual([text]);
        const [row] = await rows()
          .filter({ questionText: text })
          .annotate({
            joined: new models.Concat("questionText", new models.Value(text)),
            chosen: new models.Case([new models.When({ questionText: text }, new models.Value(text))], {
              default: new models.Value(""),
            }),
            raw: new models.RawSQL("(SELECT ?)", [text]),
          })
          .values("joined", "chosen", "raw");
        expect(row).toEqual({ joined: text + text, chosen: text, raw: text });
        for (const { sql, params } of log) expect(placeholders(sql)).toBe(params.length);
        const [quoted] = await rows()
          .filter({ questionText: text })
          .annotate({ q: new models.RawSQL("(SELECT '?:id$1%s')", []), w: new models.RawSQL("(SELECT ?)", [text]) })
          .values("q", "w");
        expect(quoted).toEqual({ q: "?:id$1%s", w: text });
      }
    });

    test("NODE-22: RawSQL counts its parameters before it is sent", async () => {
      expect.hasAssertions();
      for (const params of [[], [1], [1, 2, 3]])
        await expectRefused(
          log,
          () => rows().annotate({ x: new models.RawSQL("(SELECT ? + ?)", params) }),
          "ProgrammingError",
        );
    });
  });
});
