import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";

import { timesince, timeuntil } from "./timesince.ts";

const date = (text: string) => Temporal.PlainDateTime.from(text);
const text = (value: string) => value.replaceAll("\u00a0", " ");

test("tells the two largest units that stand side by side", () => {
  expect(text(timesince(date("2022-01-05"), date("2024-03-15T12:00")))).toBe("2 years, 2 months");
  expect(text(timesince(date("2024-03-14T10:00"), date("2024-03-15T12:05")))).toBe("1 day, 2 hours");
  expect(text(timesince(date("2023-03-15"), date("2024-03-16")))).toBe("1 year");
  expect(text(timeuntil(date("2024-03-16"), date("2024-03-15")))).toBe("1 day");
});

test("tells as many units as asked for", () => {
  const [from, to] = [date("2020-01-01"), date("2021-02-10T03:04")];
  expect(text(timesince(from, to, { depth: 1 }))).toBe("1 year");
  expect(text(timesince(from, to, { depth: 6 }))).toBe("1 year, 1 month, 1 week, 2 days, 3 hours, 4 minutes");
  expect(() => timesince(from, to, { depth: 0 })).toThrow(RangeError);
});

test("is nothing where the time has not come", () => {
  expect(text(timesince(date("2024-03-16"), date("2024-03-15")))).toBe("0 minutes");
});

test("compares instants whatever their zones, and refuses to mix them with clock readings", () => {
  const paris = Temporal.ZonedDateTime.from("2024-03-15T12:00[Europe/Paris]");
  expect(text(timesince(paris, new Date("2024-03-15T12:00:00Z")))).toBe("1 hour");
  expect(() => timesince(paris, date("2024-03-15"))).toThrow(TypeError);
});
