import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";

import { strftime } from "../strftime.ts";
import { format } from "./format.ts";

const moment = Temporal.PlainDateTime.from("2008-01-02T03:04:05.060789");

describe("formatting dates", () => {
  test("writes every kind of date and time", () => {
    expect(format(moment, "N j, Y, P")).toBe("Jan. 2, 2008, 3:04 a.m.");
    expect(format(moment.toPlainDate(), "jS F Y")).toBe("2nd January 2008");
    expect(format(moment.toPlainTime(), "H:i:s.u")).toBe("03:04:05.060789");
    expect(format(moment.toPlainTime(), "c")).toBe("03:04:05.060789");
    expect(format(new Date("2024-07-01T12:00:00Z"), "Y-m-d H:i T O e", "Europe/Paris")).toBe(
      "2024-07-01 14:00 CEST +0200 CEST",
    );
    expect(format(Temporal.ZonedDateTime.from("2024-07-01T12:00:00+05:30[Asia/Kolkata]"), "c e", "UTC")).toBe(
      "2024-07-01T12:00:00+05:30 IST",
    );
  });

  test("a backslash makes a letter stand for itself", () => {
    expect(format(moment, String.raw`\Y\e\a\r Y`)).toBe("Year 2008");
  });

  test("a letter for what the value does not have is refused", () => {
    expect(() => format(moment.toPlainDate(), "H")).toThrow(/needs a time, which a date does not have/);
    expect(() => format(moment.toPlainTime(), "Y")).toThrow(TypeError);
  });

  test("a clock reading that comes twice or never has no certain offset", () => {
    const twice = Temporal.PlainDateTime.from("2025-11-02T01:30:00");
    expect(format(twice, "O|T|Z|I", "America/New_York")).toBe("|||");
    expect(format(twice, "O|I", "Europe/Paris")).toBe("+0100|0");
  });

  test("an invalid Date is refused", () => {
    expect(() => format(new Date("x"), "Y")).toThrow(TypeError);
  });

  test("years below 100 keep their century", () => {
    expect(format(Temporal.PlainDate.from("0099-05-06"), "Y o W l")).toBe("0099 99 19 Wednesday");
  });
});

test("strftime writes its letters, and leaves what it does not know", () => {
  expect(strftime(moment, "%d.%m.%Y %H:%M:%S.%f %p %j %a %B %% %Q")).toBe(
    "02.01.2008 03:04:05.060789 AM 002 Wed January % %Q",
  );
});
