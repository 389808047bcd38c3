import { expect, test } from "vitest";

import type { Manager } from "../models/manager.ts";
import * as models from "../models/index.ts";
import { Question, pollsModels } from "../testdata/polls.ts";
import { expectRefused } from "../testdata/database.ts";
import { describeDatabases, log } from "../testdata/databases.ts";

const rows = (): Manager => Question.objects as unknown as Manager;
const REFUSALS = ["FieldError", "ValidationError", "RangeError", "TypeError"];

describeDatabases("polls", pollsModels, () => {
  test("CVE-2022-34265: the part of Extract and Trunc is a word of a list", async () => {
    expect.hasAssertions();
    const words = [
      "day' FROM start)) OR 1=1;--",
      "year', start)) OR 1=1;--",
      "'",
      "year--",
      "YEAR;",
      "",
      "constructor",
      "__proto__",
      "toString",
    ];
    for (const word of words) {
      await expectRefused(log, () => rows().annotate({ x: new models.Extract("pubDate", word as never) }), ...REFUSALS);
      await expectRefused(
        log,
        () => rows().filter({ pubDate__year: new models.Extract("pubDate", word as never) }),
        ...REFUSALS,
      );
      await expectRefused(log, () => rows().annotate({ x: new models.Trunc("pubDate", word as never) }), ...REFUSALS);
      await expectRefused(log, () => rows().dates("pubDate", word as never), ...REFUSALS);
      await expectRefused(log, () => rows().datetimes("pubDate", word as never), ...REFUSALS);
    }
  });

  test("CVE-2022-34265: a time zone is a name that the system knows", async () => {
    for (const tzinfo of ["UTC'; --", "Nowhere/Nothing", "', 1)) --"]) {
      await expectRefused(
        log,
        () => rows().annotate({ x: new models.Trunc("pubDate", "year", { tzinfo }) }),
        ...REFUSALS,
      );
      await expectRefused(
        log,
        () => rows().annotate({ x: new models.Extract("pubDate", "hour", { tzinfo }) }),
        ...REFUSALS,
      );
      await expectRefused(log, () => rows().datetimes("pubDate", "hour", { tzinfo }), ...REFUSALS);
    }
    await Question.objects.create({ questionText: "a", pubDate: new Date("2024-12-31T23:30:00Z") });
    expect(
      await rows()
        .annotate({ y: new models.Extract("pubDate", "year", { tzinfo: "Europe/Berlin" }) })
        .valuesList("y", { flat: true }),
    ).toEqual([2025]);
  });
});
