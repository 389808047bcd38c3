// Every function of the database, called on each of the three with one and the same answer.

import { Decimal } from "decimal.js";
import { expect, test } from "vitest";

import type { Manager } from "../models/manager.ts";
import * as models from "../models/index.ts";
import { describeDatabases } from "../testdata/databases.ts";
import { Temporal } from "../values/temporal.ts";
import * as functions from "./index.ts";

class Sample extends models.Model<Sample>()({
  text: models.CharField({ maxLength: 40 }),
  spaced: models.CharField({ maxLength: 40 }),
  none: models.CharField({ maxLength: 40, null: true }),
  whole: models.IntegerField(),
  other: models.IntegerField(),
  float: models.FloatField(),
  decimal: models.DecimalField({ maxDigits: 8, decimalPlaces: 3 }),
  at: models.DateTimeField(),
  day: models.DateField(),
  clock: models.TimeField(),
  span: models.DurationField(),
  data: models.JSONField(),
}) {
  static meta = { ordering: ["pk"] } satisfies models.Meta<Sample>;
}

type Table = Readonly<Record<string, readonly [expression: models.Expression, expected: unknown]>>;

const zone = { tzinfo: "America/New_York" };
const text = (value: string): models.Value => new models.Value(value);
const at = (iso: string): Date => new Date(iso);
const day = (iso: string): unknown => Temporal.PlainDate.from(iso);
const clock = (iso: string): unknown => Temporal.PlainTime.from(iso);

const TEXT: Table = {
  Chr: [new models.Chr(new models.Value(0x65e5)), "日"],
  "Chr beyond 16 bits": [new models.Chr(new models.Value(0x1f600)), "😀"],
  Concat: [new models.Concat("text", text("-"), "none", "spaced"), "Émile Zola?- a b "],
  LPad: [new models.LPad("text", 14, text("日x")), "日x日Émile Zola?"],
  "LPad cuts": [new models.LPad("text", 3), "Émi"],
  LTrim: [new models.LTrim("spaced"), "a b "],
  Left: [new models.Left("text", 3), "Émi"],
  Length: [new models.Length("text"), 11],
  Lower: [new models.Lower(text("AbC")), "abc"],
  MD5: [new models.MD5(text("a")), "0cc175b9c0f1b6a831c399e269772661"],
  Ord: [new models.Ord("text"), 0xc9],
  "Ord beyond 16 bits": [new models.Ord(text("😀a")), 0x1f600],
  RPad: [new models.RPad("text", 13, text("日x")), "Émile Zola?日x"],
  RTrim: [new models.RTrim("spaced"), " a b"],
  Repeat: [new models.Repeat("text", 2), "Émile Zola?Émile Zola?"],
  "Repeat of nothing": [new models.Repeat("none", 2), null],
  Replace: [new models.Replace("text", text("l"), text("%_")), "Émi%_e Zo%_a?"],
  "Replace tells the case": [new models.Replace("text", text("z"), text("-")), "Émile Zola?"],
  Reverse: [new models.Reverse("text"), "?aloZ elimÉ"],
  Right: [new models.Right("text", 3), "la?"],
  SHA224: [new models.SHA224(text("a")), "abd37534c7d9a2efb9465de931cd7055ffdb8879563ae98078d6d6d5"],
  SHA256: [new models.SHA256(text("a")), "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"],
  SHA384: [
    new models.SHA384(text("a")),
    "54a59b9f22b0b80880d8427e548b7c23abd873486e1f035dce9cd697e85175033caa88e6d57bc35efae0b5afd3145f31",
  ],
  SHA512: [
    new models.SHA512(text("a")),
    "1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e0f5302860c652bf08d560252aa5e74210546f369fbbbce8c12cfc7957b2652fe9a75",
  ],
  StrIndex: [new models.StrIndex("text", text("Zola")), 7],
  "StrIndex finds nothing": [new models.StrIndex("text", text("zola")), 0],
  Substr: [new models.Substr("text", 2, 4), "mile"],
  "Substr to the end": [new models.Substr("text", 7), "Zola?"],
  Trim: [new models.Trim("spaced"), "a b"],
  Upper: [new models.Upper(text("AbC")), "ABC"],
};

const MATH: Table = {
  ACos: [new models.ACos(new models.Value(0.5)), Math.acos(0.5)],
  ASin: [new models.ASin(new models.Value(0.5)), Math.asin(0.5)],
  ATan: [new models.ATan("float"), Math.atan(2.5)],
  ATan2: [new models.ATan2("float", "whole"), Math.atan2(2.5, -7)],
  Abs: [new models.Abs("whole"), 7],
  "Abs of a decimal": [new models.Abs("decimal"), new Decimal("12.345")],
  Ceil: [new models.Ceil("float"), 3],
  Cos: [new models.Cos("float"), Math.cos(2.5)],
  Cot: [new models.Cot("float"), 1 / Math.tan(2.5)],
  Degrees: [new models.Degrees("float"), (2.5 * 180) / Math.PI],
  Exp: [new models.Exp("float"), Math.exp(2.5)],
  Floor: [new models.Floor("float"), 2],
  "Floor below zero": [new models.Floor(new models.Value(-2.5)), -3],
  Ln: [new models.Ln("float"), Math.log(2.5)],
  Log: [new models.Log(new models.Value(2), "float"), Math.log2(2.5)],
  Mod: [new models.Mod("other", new models.Value(4)), 3],
  "Mod of a float": [new models.Mod("float", new models.Value(2)), 0.5],
  Pi: [new models.Pi(), Math.PI],
  Power: [new models.Power("float", new models.Value(3)), 15.625],
  Radians: [new models.Radians("float"), (2.5 * Math.PI) / 180],
  Round: [new models.Round("float"), 3],
  "Round to places": [new models.Round(new models.Value(3.25), { precision: 1 }), 3.3],
  "Round of a decimal": [new models.Round("decimal", { precision: 2 }), new Decimal("-12.35")],
  "Round to tens": [new models.Round("other", { precision: -1 }), 20],
  Sign: [new models.Sign("whole"), -1],
  Sin: [new models.Sin("float"), Math.sin(2.5)],
  Sqrt: [new models.Sqrt("float"), Math.sqrt(2.5)],
  Tan: [new models.Tan("float"), Math.tan(2.5)],
};

// It is Sunday, 31 March 2024, 23:45 in UTC, 19:45 in New York, and Monday in Kolkata.
const DATES: Table = {
  Extract: [new models.Extract("at", "year"), 2024],
  ExtractDay: [new models.ExtractDay("at"), 31],
  "ExtractDay elsewhere": [new models.ExtractDay("at", { tzinfo: "Asia/Kolkata" }), 1],
  ExtractHour: [new models.ExtractHour("at"), 23],
  "ExtractHour in summer": [new models.ExtractHour("at", zone), 19],
  "ExtractHour in winter": [new models.ExtractHour(new models.Value(at("2024-01-31T23:45:56Z")), zone), 18],
  "ExtractHour a long time ago": [new models.ExtractHour(new models.Value(at("1950-07-31T23:45:56Z")), zone), 19],
  "ExtractMinute elsewhere": [new models.ExtractMinute("at", { tzinfo: "Asia/Kolkata" }), 15],
  ExtractIsoWeekDay: [new models.ExtractIsoWeekDay("at"), 7],
  ExtractIsoYear: [new models.ExtractIsoYear(new models.Value(day("2021-01-03"))), 2020],
  ExtractMinute: [new models.ExtractMinute("clock"), 30],
  ExtractMonth: [new models.ExtractMonth("day"), 3],
  ExtractQuarter: [new models.ExtractQuarter("at"), 1],
  ExtractSecond: [new models.ExtractSecond("at"), 56],
  ExtractWeek: [new models.ExtractWeek("at"), 13],
  "ExtractWeek at the turn of the year": [new models.ExtractWeek(new models.Value(day("2021-01-03"))), 53],
  ExtractWeekDay: [new models.ExtractWeekDay("at"), 1],
  ExtractYear: [new models.ExtractYear("day"), 2024],
  Trunc: [new models.Trunc("at", "month"), at("2024-03-01T00:00:00Z")],
  TruncDate: [new models.TruncDate("at", { tzinfo: "Asia/Kolkata" }), day("2024-04-01")],
  TruncDay: [new models.TruncDay("at", zone), at("2024-03-31T04:00:00Z")],
  TruncHour: [new models.TruncHour("at"), at("2024-03-31T23:00:00Z")],
  "TruncHour of a time": [new models.TruncHour("clock"), clock("08:00")],
  TruncMinute: [new models.TruncMinute("at"), at("2024-03-31T23:45:00Z")],
  TruncMonth: [new models.TruncMonth("day"), day("2024-03-01")],
  "TruncMonth elsewhere": [new models.TruncMonth("at", { tzinfo: "Asia/Kolkata" }), at("2024-03-31T18:30:00Z")],
  TruncQuarter: [new models.TruncQuarter("at"), at("2024-01-01T00:00:00Z")],
  "TruncQuarter elsewhere": [new models.TruncQuarter("at", { tzinfo: "Asia/Kolkata" }), at("2024-03-31T18:30:00Z")],
  "TruncQuarter of a date": [new models.TruncQuarter("day"), day("2024-01-01")],
  TruncSecond: [new models.TruncSecond("at"), at("2024-03-31T23:45:56Z")],
  TruncTime: [new models.TruncTime("at", zone), clock("19:45:56.789")],
  TruncWeek: [new models.TruncWeek("at"), at("2024-03-25T00:00:00Z")],
  "TruncWeek of a date": [new models.TruncWeek("day"), day("2024-03-25")],
  TruncYear: [new models.TruncYear("at", zone), at("2024-01-01T05:00:00Z")],
  "a sum of a moment and a duration": [new models.F("at").add(new models.F("span")), at("2024-04-02T02:45:56.789Z")],
  "a difference of moments": [
    new models.F("at").sub(new models.Value(at("2024-03-30T23:45:56.789Z"))),
    Temporal.Duration.from({ days: 1 }),
  ],
  "a difference of dates": [
    new models.F("day").sub(new models.Value(day("2024-03-01"))),
    Temporal.Duration.from({ days: 30 }),
  ],
  "a difference of times": [
    new models.F("clock").sub(new models.Value(clock("07:00"))),
    Temporal.Duration.from({ hours: 1, minutes: 30, milliseconds: 250 }),
  ],
};

const COMPARISON: Table = {
  Cast: [new models.Cast("whole", models.CharField()), "-7"],
  "Cast to a number": [new models.Cast(text("42"), models.IntegerField()), 42],
  "Cast to a float": [new models.Cast("whole", models.FloatField()), -7],
  "Cast to a decimal": [
    new models.Cast("whole", models.DecimalField({ maxDigits: 5, decimalPlaces: 2 })),
    new Decimal(-7),
  ],
  "Cast to a date": [new models.Cast(text("2024-02-29"), models.DateField()), day("2024-02-29")],
  "Cast to a moment": [
    new models.Cast(text("2024-02-29 10:20:30"), models.DateTimeField()),
    at("2024-02-29T10:20:30Z"),
  ],
  "Cast to a time": [new models.Cast(text("10:20:30"), models.TimeField()), clock("10:20:30")],
  Coalesce: [new models.Coalesce("none", "text"), "Émile Zola?"],
  Greatest: [new models.Greatest("whole", "other"), 15],
  JSONObject: [
    new models.JSONObject({ a: "text", n: "whole", deep: "data", sum: new models.F("whole").add(1) }),
    { a: "Émile Zola?", n: -7, deep: { list: [1, 2, { k: "v" }], nul: null }, sum: -6 },
  ],
  Least: [new models.Least("whole", "other"), -7],
  NullIf: [new models.NullIf("whole", new models.Value(-7)), null],
  "NullIf of others": [new models.NullIf("whole", "other"), -7],
  "division of integers": [new models.F("whole").div(2), -3],
  "rest of integers": [new models.F("other").mod(4), 3],
  "power of integers": [new models.F("other").pow(2), 225],
  "bits of integers": [new models.F("other").bitand(6), 6],
  "shifted bits": [new models.F("other").bitrightshift(2), 3],
  "exclusive bits": [new models.F("other").bitxor(6), 9],
};

const WINDOW: Table = {
  CumeDist: [new models.CumeDist(), [1 / 3, 1, 1]],
  DenseRank: [new models.DenseRank(), [1, 2, 2]],
  FirstValue: [new models.FirstValue("text"), ["a", "a", "a"]],
  Lag: [new models.Lag("text", { default: text("-") }), ["-", "a", "b"]],
  LastValue: [new models.LastValue("whole"), [1, 2, 2]],
  Lead: [new models.Lead("text", { offset: 2 }), ["c", null, null]],
  NthValue: [new models.NthValue("text", 1), ["a", "a", "a"]],
  Ntile: [new models.Ntile(2), [1, 1, 2]],
  PercentRank: [new models.PercentRank(), [0, 0.5, 0.5]],
  Rank: [new models.Rank(), [1, 2, 2]],
  RowNumber: [new models.RowNumber(), [1, 2, 3]],
};

// Tested by themselves: they answer otherwise each time, or with pgcrypto only.
const APART = ["Now", "Random", "SHA1", "UUID4", "UUID7"];

const ROW = {
  text: "Émile Zola?",
  spaced: " a b ",
  whole: -7,
  other: 15,
  float: 2.5,
  decimal: new Decimal("-12.345"),
  at: at("2024-03-31T23:45:56.789Z"),
  day: Temporal.PlainDate.from("2024-03-31"),
  clock: Temporal.PlainTime.from("08:30:00.25"),
  span: Temporal.Duration.from({ days: 1, hours: 3 }),
  data: { list: [1, 2, { k: "v" }], nul: null },
};

// Values that differ in their last digits, or in how they are written, only.
function plain(value: unknown): unknown {
  if (typeof value === "number") return Number(value.toPrecision(12)) + 0;
  if (Decimal.isDecimal(value)) return `decimal ${new Decimal(value).toFixed()}`;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Temporal.Duration) return `${value.total({ unit: "microseconds" })} µs`;
  return value instanceof Temporal.PlainDate || value instanceof Temporal.PlainTime ? value.toString() : value;
}

async function answers(table: Table, ask: (expression: models.Expression) => Promise<unknown>) {
  const found: Record<string, unknown> = {};
  for (const [name, [expression]] of Object.entries(table)) {
    try {
      found[name] = plain(await ask(expression));
    } catch (error) {
      found[name] = String(error);
    }
  }
  return found;
}

function expected(table: Table): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([name, [, value]]) => [name, plain(value)]));
}

const rows = (): Manager => Sample.objects as unknown as Manager;

const value = async (expression: models.Expression): Promise<unknown> =>
  (await rows().values({ x: expression }))[0]?.["x"];

const over = (expression: models.Expression): Promise<unknown> => {
  const ranked = ["CumeDist", "DenseRank", "PercentRank", "Rank", "LastValue"].includes(expression.constructor.name);
  const window = new models.Window(expression, { orderBy: ranked ? "whole" : "text" });
  return Promise.resolve(rows().annotate({ x: window }).orderBy("text").valuesList("x", { flat: true }));
};

test("every function is tried", () => {
  const tried = new Set([TEXT, MATH, DATES, COMPARISON, WINDOW].flatMap((table) => Object.keys(table)));
  expect(Object.keys(functions).filter((name) => !tried.has(name) && !APART.includes(name))).toEqual([]);
});

describeDatabases("samples", [Sample], (_log, vendor) => {
  test.each(Object.entries({ text: TEXT, math: MATH, dates: DATES, comparison: COMPARISON }))(
    "functions of %s give the same",
    async (_name, table) => {
      await Sample.objects.create(ROW);
      expect(await answers(table, value)).toEqual(expected(table));
    },
  );

  test("window functions give the same", async () => {
    for (const [index, letter] of ["a", "b", "c"].entries())
      await Sample.objects.create({ ...ROW, text: letter, whole: index === 0 ? 1 : 2 });
    expect(await answers(WINDOW, over)).toEqual(expected(WINDOW));
  });

  test("Now is the time of the database, Random a number from 0 to 1", async () => {
    await Sample.objects.create(ROW);
    const now = (await value(new models.Now())) as Date;
    expect(Math.abs(now.getTime() - Date.now())).toBeLessThan(60_000);
    const random = Number(await value(new models.Random()));
    expect(random).toBeGreaterThanOrEqual(0);
    expect(random).toBeLessThan(1);
  });

  test.skipIf(vendor === "postgresql")("SHA1 is there without an extension", async () => {
    await Sample.objects.create(ROW);
    expect(await value(new models.SHA1(text("a")))).toBe("86f7e437faa5a7fce15d1ddcb9eaeaea377667b8");
  });
});
