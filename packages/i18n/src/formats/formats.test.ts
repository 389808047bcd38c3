import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { scaledDecimal } from "@tsgo/utils/decimal";
import { Temporal } from "temporal-polyfill";
import { beforeAll, expect, test } from "vitest";

import { override as overrideLanguage } from "../translation/index.ts";
import { override as overrideTimezone } from "../timezone/index.ts";
import {
  dateFormat,
  getFormat,
  localize,
  localizeInput,
  numberFormat,
  sanitizeSeparators,
  timeFormat,
} from "./index.ts";

beforeAll(() => {
  if (!isConfigured()) configureSettings({ LANGUAGE_CODE: "en" });
});

const moment = Temporal.PlainDateTime.from("2008-01-02T03:04:05.060789");

test("formats go by their names, and letters stand for themselves", () => {
  expect(getFormat("SHORT_DATE_FORMAT")).toBe("m/d/Y");
  expect(getFormat("Y-m-d")).toBe("Y-m-d");
  for (const name of ["constructor", "__proto__", "toString"]) expect(getFormat(name)).toBe(name);
  expect(dateFormat(moment, "SHORT_DATE_FORMAT")).toBe("01/02/2008");
  expect(timeFormat(moment)).toBe("3:04 a.m.");
});

test("instants are shown in the zone in force, or without USE_TZ in that of the settings", () => {
  const instant = new Date("2024-07-01T12:00:00Z");
  expect(overrideTimezone("Europe/Paris", () => dateFormat(instant, "H:i e"))).toBe("14:00 CEST");
  using _ = overrideSettings({ USE_TZ: false });
  expect(overrideTimezone("Europe/Paris", () => dateFormat(instant, "H:i e"))).toBe("07:00 CDT");
});

test("values of every kind are localised", () => {
  expect(localize(moment)).toBe("Jan. 2, 2008, 3:04 a.m.");
  expect(localize(moment.toPlainDate())).toBe("Jan. 2, 2008");
  expect(localize(moment.toPlainTime())).toBe("3:04 a.m.");
  expect(String(localize(1234))).toBe("1234");
  expect(localize(scaledDecimal("1.50"))).toBe("1.50");
  expect(localize("text")).toBe("text");
  expect(localize(null)).toBeNull();
  using _ = overrideSettings({ USE_THOUSAND_SEPARATOR: true });
  expect(localize(1234)).toBe("1,234");
  expect(localize(1234, false)).toBe("1234");
});

test("every language has its own separators, as far as the runtime knows it", () => {
  using _ = overrideSettings({ USE_THOUSAND_SEPARATOR: true });
  const written = ["de", "fr", "pl", "pt-br", "ja", "hi"].map((language) =>
    overrideLanguage(language, () => numberFormat(1_234_567.5, { decimalPos: 2 })),
  );
  expect(written).toEqual([
    "1.234.567,50",
    "1\u00a0234\u00a0567,50",
    "1\u00a0234\u00a0567,50",
    "1.234.567,50",
    "1,234,567.50",
    "1,234,567.50",
  ]);
});

test("the settings decide where the language says nothing", () => {
  using _ = overrideSettings({
    LANGUAGE_CODE: "xx",
    DECIMAL_SEPARATOR: ",",
    THOUSAND_SEPARATOR: "_",
    NUMBER_GROUPING: 2,
    USE_THOUSAND_SEPARATOR: true,
  });
  expect(numberFormat(1234.5)).toBe("12_34,5");
  expect(overrideLanguage("../../etc", () => numberFormat(1234.5))).toBe("12_34,5");
});

test("numbers that people typed are read in their language", () => {
  using _ = overrideSettings({ LANGUAGE_CODE: "de", USE_THOUSAND_SEPARATOR: true });
  expect(sanitizeSeparators("1.234,5")).toBe("1234.5");
  expect(sanitizeSeparators("10.1")).toBe("10.1");
  expect(sanitizeSeparators(12)).toBe(12);
});

test("input fields get dates in the first input format", () => {
  expect(localizeInput(moment)).toBe("2008-01-02 03:04:05");
  expect(localizeInput(moment.toPlainDate(), "%d.%m.%Y")).toBe("02.01.2008");
  expect(localizeInput(true)).toBe("true");
});

test("CVE-2024-41989: numbers that would be very long are written with an exponent", () => {
  expect(numberFormat(scaledDecimal("1e1000000000"), { decimalPos: 3, forceGrouping: true })).toBe("1.000e+1000000000");
  expect(numberFormat(scaledDecimal("1e-1000000000"), { decimalPos: 3 })).toBe("0.000");
});
