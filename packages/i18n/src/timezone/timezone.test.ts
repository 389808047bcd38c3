import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { Temporal } from "temporal-polyfill";
import { beforeAll, expect, test } from "vitest";

import {
  getCurrentTimezone,
  getFixedTimezone,
  localdate,
  localtime,
  makeAware,
  makeNaive,
  override,
  templateLocaltime,
} from "./index.ts";

beforeAll(() => {
  if (!isConfigured()) configureSettings();
});

const instant = new Date("2026-07-04T01:02:03Z");

test("the zone of the settings is in force unless another one is", () => {
  expect(getCurrentTimezone()).toBe("America/Chicago");
  expect(override("Europe/Paris", getCurrentTimezone)).toBe("Europe/Paris");
  using _ = overrideSettings({ TIME_ZONE: "Asia/Kolkata" });
  expect(getCurrentTimezone()).toBe("Asia/Kolkata");
});

test.each(["Mars/Phobos", "../../etc/passwd", "", "constructor", "+99"])("there is no zone %j", (zone) => {
  expect(() => override(zone, getCurrentTimezone)).toThrow(RangeError);
});

test("instants are read on the clock in force", () => {
  expect(String(localtime(instant))).toBe("2026-07-03T20:02:03-05:00[America/Chicago]");
  expect(String(localdate(instant, "UTC"))).toBe("2026-07-04");
  expect(String(makeNaive(instant, "Europe/Paris"))).toBe("2026-07-04T03:02:03");
  expect(() => localtime(Temporal.PlainDateTime.from("2026-01-01"))).toThrow(TypeError);
});

function inNewYork(reading: Temporal.PlainDateTime | undefined, fold: 0 | 1 = 0): string | undefined {
  return reading && makeAware(reading, "America/New_York", { fold }).offset;
}

test("a reading that comes twice or never can be told apart", () => {
  const [twice, never] = ["2025-11-02T01:30", "2025-03-09T02:30"].map((text) => Temporal.PlainDateTime.from(text));
  expect([inNewYork(twice), inNewYork(twice, 1)]).toEqual(["-04:00", "-05:00"]);
  expect([inNewYork(never), inNewYork(never, 1)]).toEqual(["-04:00", "-05:00"]);
});

test("zones can be given in minutes", () => {
  expect([330, -210, 0].map(getFixedTimezone)).toEqual(["+05:30", "-03:30", "+00:00"]);
});

test("templates show moments on the clock in force, unless it is turned off", () => {
  const zoned = localtime(instant, "UTC");
  expect(String(templateLocaltime(zoned))).toContain("[America/Chicago]");
  expect(templateLocaltime(zoned, false)).toBe(zoned);
  expect(templateLocaltime(instant)).toBe(instant);
  expect(String(templateLocaltime(instant, false))).toContain("[UTC]");
  expect(templateLocaltime("text")).toBe("text");
});
