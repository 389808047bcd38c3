// Values that no column can hold, or that databases would take for something else, are refused before they are sent: alike everywhere.

import { Decimal } from "decimal.js";
import { expect, test } from "vitest";

import * as models from "../models/index.ts";
import type { Manager } from "../models/manager.ts";
import { expectRefused } from "../testdata/database.ts";
import { describeDatabases } from "../testdata/databases.ts";
import { Temporal } from "../values/temporal.ts";

class Everything extends models.Model<Everything>()({
  big: models.BigIntegerField({ null: true }),
  bytes: models.BinaryField({ null: true }),
  char: models.CharField({ maxLength: 10, null: true }),
  date: models.DateField({ null: true }),
  decimal: models.DecimalField({ maxDigits: 5, decimalPlaces: 2, null: true }),
  duration: models.DurationField({ null: true }),
  flag: models.BooleanField({ null: true }),
  float: models.FloatField({ null: true }),
  ip: models.GenericIPAddressField({ null: true }),
  json: models.JSONField({ null: true }),
  moment: models.DateTimeField({ null: true }),
  number: models.IntegerField({ null: true }),
  positive: models.PositiveSmallIntegerField({ null: true }),
  slug: models.SlugField({ null: true }),
  small: models.SmallIntegerField({ null: true }),
  text: models.TextField({ null: true }),
  time: models.TimeField({ null: true }),
  uuid: models.UUIDField({ null: true }),
  self: models.ForeignKey<Everything>("self", { onDelete: models.CASCADE, null: true }),
}) {}

const OBJECTS = [{}, { a: 1 }, [1], new Map(), () => 1, Symbol("x")];
const TEXTS = ["a\0b", "\uD800", "x\uDC00y"];
const NO_NUMBERS = [NaN, Infinity, -Infinity, "", "1e", "0x10", "١٢x", "1_000", ...TEXTS, ...OBJECTS];

/** What each field must not be given. */
const BAD: Readonly<Record<string, readonly unknown[]>> = {
  big: [...NO_NUMBERS.filter((value) => value !== ""), 1.5, 2n ** 63n, -(2n ** 63n) - 1n, 1e19, new Date()],
  bytes: ["text", 5, ...OBJECTS],
  char: [...TEXTS, ...OBJECTS],
  date: ["2026-02-30", "2026-13-01", "0000-01-01", "30.1.2026", new Date(NaN), 5, true, ...TEXTS, ...OBJECTS],
  decimal: [
    NaN,
    Infinity,
    new Decimal(NaN),
    new Decimal("-Infinity"),
    "1e",
    new Decimal(1000),
    1e300,
    "9".repeat(400),
    ...TEXTS,
    ...OBJECTS,
  ],
  duration: [
    "soon",
    5,
    Temporal.Duration.from({ months: 1 }),
    Temporal.Duration.from({ days: -106_751_992 }),
    "106751992 00:00:00",
    ...TEXTS,
    ...OBJECTS,
  ],
  flag: ["yes", 2, -1, NaN, new Date(), ...TEXTS, ...OBJECTS],
  float: [NaN, Infinity, -Infinity, "1e", "NaN", "inf", new Date(), ...TEXTS, ...OBJECTS],
  ip: [...TEXTS, ...OBJECTS],
  json: [NaN, Infinity, () => 1, Symbol("x"), { a: "\uD800" }, "a\0b", { ["\uD800"]: 1 }],
  moment: [
    "2026-02-30T00:00",
    "2026-01-01T25:00",
    new Date(NaN),
    new Date(-1e15),
    new Date(8.64e15),
    5,
    true,
    ...TEXTS,
    ...OBJECTS,
  ],
  number: [...NO_NUMBERS.filter((value) => value !== ""), 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, new Date()],
  positive: [...NO_NUMBERS.filter((value) => value !== ""), 32_768, 1.5],
  slug: [...TEXTS, ...OBJECTS],
  small: [...NO_NUMBERS.filter((value) => value !== ""), 32_768, -32_769],
  text: [...TEXTS, ...OBJECTS],
  time: ["25:00", "12:61", "noon", 5, new Date(NaN), ...TEXTS, ...OBJECTS],
  uuid: ["not one", "1".repeat(31), 5, ...TEXTS, ...OBJECTS],
  self: [NaN, 1.5, "x", 2n ** 64n, ...TEXTS, ...OBJECTS],
};

const CASES = Object.entries(BAD);
const rows = (): Manager => Everything.objects as unknown as Manager;
const attribute = (name: string): string => (name === "self" ? "selfId" : name);

/** Lookups take what no row can have (a number that is too large finds nothing), but nothing of a wrong class. */
function isOnlyTooLarge(value: unknown): boolean {
  return (
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isInteger(value)) ||
    (Decimal.isDecimal(value) && value.isFinite())
  );
}

describeDatabases("badvalues", [Everything], (log) => {
  test.each(CASES)("%s", async (name, values) => {
    const known = await rows().create({});
    for (const value of values) {
      const given = { [attribute(name)]: value };
      // Functions are called by some methods that take defaults; here they are values.
      await expectRefused(log, () => rows().create(given));
      await expectRefused(log, () => rows().filter({ pk: known.pk }).update(given));
      await expectRefused(log, () => rows().bulkCreate([new Everything(given) as never]));
      if (!isOnlyTooLarge(value) && !(name === "json" || value === "9".repeat(400)))
        // Whole numbers may well be compared with a fraction.
        for (const lookup of [
          { [name]: value },
          { [`${name}__in`]: [value] },
          { [`${name}__gt`]: value === 1.5 ? NaN : value },
        ])
          await expectRefused(log, () => rows().filter(lookup).count());
    }
    expect(await rows().count()).toBe(1);
  });

  test("what is at the edge of what a column holds comes back as it was", async () => {
    const edge = {
      big: -(2n ** 63n),
      bytes: new Uint8Array([0, 255, 39, 92]),
      char: "'\\\"%_😀\u00E9x",
      date: Temporal.PlainDate.from("0001-01-01"),
      decimal: new Decimal("-999.99"),
      duration: Temporal.Duration.from({ days: 3, microseconds: 1 }),
      flag: false,
      float: 5e-324,
      ip: "2001:db8::1",
      json: { a: [null, true, 1.5, "ü"] },
      moment: new Date("9999-12-31T23:59:59.999Z"),
      number: -(2 ** 31),
      positive: 32_767,
      small: -32_768,
      text: "\u0001\u2028\r\n",
      time: Temporal.PlainTime.from("23:59:59.999999"),
      uuid: "00000000-0000-0000-0000-00000000000f",
    };
    const { pk } = await Everything.objects.create(edge);
    const again = await Everything.objects.get({ pk });
    for (const [name, value] of Object.entries(edge)) {
      const found = (again as unknown as Record<string, unknown>)[name];
      expect([name, comparable(found)]).toEqual([name, comparable(value)]);
    }
  });
});

function comparable(value: unknown): unknown {
  if (value instanceof Temporal.Duration) return value.total("microseconds");
  const isTextual =
    typeof value === "object" &&
    value !== null &&
    (Decimal.isDecimal(value) || "calendarId" in value || value instanceof Temporal.PlainTime);
  return isTextual ? (value as { toString(): string }).toString() : value;
}
