import { describe, expect, test } from "vitest";

import { durationIsoString, durationMicroseconds, durationString } from "../duration.ts";
import { parseDate, parseDatetime, parseTime } from "./dates.ts";
import { parseDuration } from "./durations.ts";

describe("reading dates", () => {
  test.each([
    ["2012-4-9", "2012-04-09"],
    ["20120423", "2012-04-23"],
    ["2012-W17-1", "2012-04-23"],
    ["２０１２-04-23", "2012-04-23"],
  ])("%s is %s", (text, iso) => {
    expect(String(parseDate(text))).toBe(iso);
  });

  test("tells what is no date from a date that does not exist", () => {
    expect(parseDate("tomorrow")).toBeNull();
    expect(() => parseDate("2012-02-30")).toThrow(RangeError);
    expect(() => parseTime("25:00")).toThrow(RangeError);
    expect(parseTime("x")).toBeNull();
    expect(() => parseDatetime("2012-04-23T10:20:30+24:00")).toThrow(RangeError);
  });

  test.each([
    ["2012-04-23T09:15:00", "2012-04-23T09:15:00"],
    ["2012-4-9 4:8:16", "2012-04-09T04:08:16"],
    ["2012-04-23T09:15:00Z", "2012-04-23T09:15:00+00:00[UTC]"],
    ["2012-04-23 10:20:30.400 -0200", "2012-04-23T10:20:30.4-02:00[-02:00]"],
    ["2012-04-23T10:20:30,123456789", "2012-04-23T10:20:30.123456"],
  ])("%s is %s", (text, iso) => {
    expect(String(parseDatetime(text))).toBe(iso);
  });

  test("long texts are no dates", () => {
    expect(parseDatetime("1".repeat(1_000_000))).toBeNull();
    expect(parseDatetime(`2012-04-23T10:20:30.${"1".repeat(1_000_000)}x`)).toBeNull();
    expect(parseDuration("1".repeat(1_000_000))).toBeNull();
  });
});

describe("durations", () => {
  test.each([
    ["30", "00:00:30"],
    ["4 15:30", "4 00:15:30"],
    ["-4 15:30", "-4 00:15:30"],
    ["P4DT4H30M", "4 04:30:00"],
    ["-P1D", "-1 00:00:00"],
    ["3 days 04:05:06", "3 04:05:06"],
    ["-00:00:01.5", "-1 23:59:58.500000"],
  ])("%s is written %s", (text, written) => {
    const duration = parseDuration(text);
    expect(duration && durationString(duration)).toBe(written);
  });

  test("have an exact length in microseconds", () => {
    const duration = parseDuration("999999999 23:59:59.999999");
    expect(duration && durationMicroseconds(duration)).toBe(86_399_999_999_999_999_999n);
    expect(duration && durationIsoString(duration)).toBe("P999999999DT23H59M59.999999S");
  });

  test("without a certain length are refused", async () => {
    const { Temporal } = await import("temporal-polyfill");
    expect(() => durationString(Temporal.Duration.from({ months: 1 }))).toThrow(RangeError);
  });

  test.each(["x", "1 2 3", "15:30:01:02"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
