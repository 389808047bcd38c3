import { inspect } from "node:util";

import { expect, test } from "vitest";

import { Temporal } from "./temporal.ts";

test("dates, times and durations show what they are on a console", () => {
  expect(inspect([Temporal.PlainDate.from("2024-02-29")])).toBe("[ Temporal.PlainDate 2024-02-29 ]");
  expect(inspect(Temporal.PlainTime.from("12:30"))).toBe("Temporal.PlainTime 12:30:00");
  expect(inspect(Temporal.Duration.from({ hours: 2 }))).toBe("Temporal.Duration PT2H");
});
