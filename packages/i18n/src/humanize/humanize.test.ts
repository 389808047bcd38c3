import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { scaledDecimal } from "@tsgo/utils/decimal";
import { Temporal } from "temporal-polyfill";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { override } from "../timezone/index.ts";
import { apnumber, intcomma, intword, naturalday, naturaltime, ordinal } from "./index.ts";

beforeAll(() => {
  if (!isConfigured()) configureSettings({ LANGUAGE_CODE: "en" });
});

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-17T14:25:36Z"), toFake: ["Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

test("numbers are said as people say them", () => {
  expect([1, 2, 3, 11, 112, "22"].map((value) => String(ordinal(value)))).toEqual([
    "1st",
    "2nd",
    "3rd",
    "11th",
    "112th",
    "22nd",
  ]);
  expect([ordinal(-1), ordinal("x"), ordinal(null)]).toEqual(["-1", "x", null]);
  expect([1_000_000, 1_290_000, 10n ** 100n, 999].map(intword)).toEqual([
    "1.0 million",
    "1.3 million",
    "1.0 googol",
    999,
  ]);
  expect([1, 9, 10, "x"].map(apnumber)).toEqual(["one", "nine", 10, "x"]);
});

test("digits are grouped", () => {
  expect(intcomma(1_234_567.5)).toBe("1,234,567.5");
  expect(intcomma("-1234567")).toBe("-1,234,567");
  expect(intcomma("1234.5")).toBe("1,234.5");
  expect(intcomma("x1234")).toBe("x1234");
  expect(intcomma(scaledDecimal("1234.50"), { useL10n: false })).toBe("1,234.50");
});

test("CVE-2024-24680: a million digits are grouped in linear work", () => {
  const digits = "1".repeat(1_000_000);
  expect(intcomma(digits)).toHaveLength(1_333_333);
  expect(intcomma(`-${digits}`)).toHaveLength(1_333_334);
  expect(intcomma(`1.${digits}`, { useL10n: false })).toBe(`1.${digits}`);
  expect(intcomma(`a${digits}`)).toBe(`a${digits}`);
});

test("days near to today have names", () => {
  const today = Temporal.PlainDate.from("2026-03-17");
  expect([-1, 0, 1].map((days) => naturalday(today.add({ days })))).toEqual(["yesterday", "today", "tomorrow"]);
  expect(naturalday(today.add({ days: 9 }))).toBe("March 26, 2026");
  expect(naturalday("x")).toBe("x");
});

function at(seconds: number): string {
  return String(naturaltime(new Date(Date.now() + seconds * 1000))).replaceAll("\u00a0", " ");
}

test("instants are told from now", () => {
  expect([0, -1, -59, -60, -7200, -90_000, 1, 3600, 90_000].map(at)).toEqual([
    "now",
    "a second ago",
    "59 seconds ago",
    "a minute ago",
    "2 hours ago",
    "1 day, 1 hour ago",
    "a second from now",
    "an hour from now",
    "1 day, 1 hour from now",
  ]);
});

test("clock readings are told from the clock in force", () => {
  const reading = Temporal.PlainDateTime.from("2026-03-17T15:25:36");
  expect(override("Europe/Paris", () => naturaltime(reading))).toBe("now");
});
