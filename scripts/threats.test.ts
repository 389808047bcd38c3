import { expect, test } from "vitest";

import { compareThreats, readThreats, testedIds } from "./threats.ts";

const threats = readThreats();

test.skipIf(threats === undefined)("every threat has a test that names it, or stands in the known gaps", () => {
  const report = compareThreats(threats ?? [], testedIds());
  expect(report.open).toEqual([]);
  expect(report.stale).toEqual([]);
});

test("a threat without test or reason is open, and a gap that a test closed is stale", () => {
  const list = [
    { id: "NODE-1", area: "urls", applies: true },
    { id: "NODE-2", area: "urls", applies: true },
    { id: "NODE-3", area: "admin", applies: true },
    { id: "NODE-4", area: "urls", applies: false },
  ];
  const gaps = { byId: { "NODE-1": "closed by now" }, byArea: { admin: "not built", cache: "nothing left" } };
  expect(compareThreats(list, new Set(["NODE-1"]), gaps)).toEqual({
    tested: ["NODE-1"],
    gaps: [{ id: "NODE-3", reason: "not built" }],
    open: [list[1]],
    stale: ["NODE-1", "cache"],
  });
});
