import { describe, expect, test } from "vitest";

import * as models from "../models/index.ts";
import { Question, pollsModels } from "../testdata/polls.ts";
import { expectRefused } from "../testdata/database.ts";
import { describeDatabases, log } from "../testdata/databases.ts";
import type { Manager } from "../models/manager.ts";

// The names come from outside, where no compiler looks.
const rows = (): Manager => Question.objects as unknown as Manager;
const { Count, FilteredRelation, Value } = models;

const FORBIDDEN = [
  'injected_name" from "polls_question"; --',
  'al"ias',
  "a'lias",
  "ali`as",
  "alia s",
  "alias\t",
  "ali\nas",
  "alias--",
  "ali/*as",
  "alias*/",
  "alias;",
  "alias[",
  "alias]",
  "a as b",
];

/** Every way by which a name gets to be an alias. */
function ways(name: string): readonly (() => unknown)[] {
  return [
    () => rows().annotate({ [name]: new Value(1) }),
    () => rows().alias({ [name]: new Value(1) }),
    () => rows().aggregate({ [name]: new Count("id") }),
    () => rows().values({ [name]: new Value(1) }),
    () => rows().valuesList({ [name]: new Value(1) }),
    () => rows().annotate({ [name]: new FilteredRelation("choices") }),
    () => rows().alias({ [name]: new FilteredRelation("choices") }),
  ];
}

async function refusedEveryWay(name: string): Promise<void> {
  for (const way of ways(name)) await expectRefused(log, way, "FieldError");
}

describeDatabases("polls", pollsModels, () => {
  describe("the name of an annotation", () => {
    test("CVE-2022-28346: cannot carry SQL", async () => {
      for (const name of FORBIDDEN) await refusedEveryWay(name);
      const error = await expectRefused(log, () => rows().annotate({ "ali as": new Value(1) }), "FieldError");
      expect(error.message).toContain("ali as");
    });

    test("CVE-2025-57833: cannot carry SQL by way of a FilteredRelation", async () => {
      expect.hasAssertions();
      for (const name of FORBIDDEN) {
        await expectRefused(log, () => rows().annotate({ [name]: new FilteredRelation("choices") }), "FieldError");
        await expectRefused(log, () => rows().alias({ [name]: new FilteredRelation("choices") }), "FieldError");
      }
    });

    test("CVE-2025-59681: cannot begin a comment of MariaDB, nor break a placeholder", async () => {
      expect.hasAssertions();
      for (const name of ["a#b", "a`b", "a\\b", "a%b"]) await refusedEveryWay(name);
    });

    test("CVE-2025-13372: cannot open PostgreSQL's dollar quotes", async () => {
      expect.hasAssertions();
      for (const name of ["a$$b", "a$tag$", "$1", "a$"]) await refusedEveryWay(name);
    });

    test("CVE-2026-1287: cannot hold a control character", async () => {
      const ranges = [
        [0x00, 0x1f],
        [0x7f, 0x9f],
        [0x2028, 0x2028],
        [0xfeff, 0xfeff],
      ] as const;
      for (const [from, to] of ranges)
        for (let point = from; point <= to; point += 1) await refusedEveryWay(`a${String.fromCodePoint(point)}b`);
      const { message } = await expectRefused(log, () => rows().annotate({ "a\u0000b": new Value(1) }), "FieldError");
      expect(message).not.toContain("\u0000");
      expect(message).toMatch(/a\\(u0000|x00|0)b/);
    });

    test("may have letters of any language", async () => {
      await Question.objects.create({ questionText: "a" });
      const [row] = await rows()
        .annotate({ größe: new Value(3) })
        .values("größe");
      expect(row).toEqual({ größe: 3 });
    });

    test("CVE-2026-1312: a FilteredRelation with a dot is refused, and so is ordering by it", async () => {
      expect.hasAssertions();
      for (const name of ["book.alice", "polls_question.id) --"]) {
        await expectRefused(
          log,
          () =>
            rows()
              .annotate({ [name]: new FilteredRelation("choices") })
              .orderBy(name),
          "FieldError",
        );
        await expectRefused(log, () => rows().orderBy(name), "FieldError");
        await expectRefused(log, () => rows().orderBy(`-${name}`), "FieldError");
        await expectRefused(log, () => rows().latest(name), "FieldError");
      }
    });
  });
});
