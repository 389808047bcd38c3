// Every lookup and transform, on each of the three databases with one and the same answer.

import { Decimal } from "decimal.js";
import { expect, test } from "vitest";

import type { Manager } from "../models/manager.ts";
import * as models from "../models/index.ts";
import { describeDatabases } from "../testdata/databases.ts";
import { Temporal } from "../values/temporal.ts";

class Item extends models.Model<Item>()({
  name: models.CharField({ maxLength: 40 }),
  other: models.CharField({ maxLength: 40 }),
  count: models.IntegerField({ null: true }),
  weight: models.FloatField(),
  price: models.DecimalField({ maxDigits: 6, decimalPlaces: 2 }),
  at: models.DateTimeField(),
  day: models.DateField(),
  clock: models.TimeField(),
  key: models.UUIDField(),
  flag: models.BooleanField(),
  span: models.DurationField(),
  data: models.JSONField({ null: true }),
}) {
  static meta = { ordering: ["pk"] } satisfies models.Meta<Item>;
}

const ROWS = [
  {
    name: "Émile",
    other: "Émi",
    count: 3,
    weight: 1.5,
    price: new Decimal("10.50"),
    at: new Date("2024-01-01T00:30:00.5Z"),
    day: Temporal.PlainDate.from("2024-01-01"),
    clock: Temporal.PlainTime.from("08:30:00"),
    key: "11111111-2222-3333-4444-55555555abcd",
    flag: true,
    span: Temporal.Duration.from({ hours: 36 }),
    data: { a: 1, b: [1, 2, { c: "é" }], "it's": "\\", n: null, t: "Text_1", yes: true },
  },
  {
    name: "100% \\_sure",
    other: "%",
    count: -4,
    weight: -2.25,
    price: new Decimal("0.00"),
    at: new Date("2023-12-31T23:59:59.999Z"),
    day: Temporal.PlainDate.from("2023-12-31"),
    clock: Temporal.PlainTime.from("23:59:59.5"),
    key: "22222222-2222-3333-4444-555555555555",
    flag: false,
    span: Temporal.Duration.from({ seconds: 1 }),
    data: [1, "two", { three: 3 }],
  },
  {
    name: "émile zola",
    other: "ZOLA",
    count: null,
    weight: 0,
    price: new Decimal("99.99"),
    at: new Date("2024-06-15T12:00:00Z"),
    day: Temporal.PlainDate.from("2024-06-15"),
    clock: Temporal.PlainTime.from("12:00:00"),
    key: "33333333-2222-3333-4444-555555555555",
    flag: true,
    span: Temporal.Duration.from({ days: -1 }),
    data: null,
  },
] as const;

const F = (name: string): models.F => new models.F(name);

/** A condition, and the numbers of the rows that meet it; on SQLite others, whose LIKE takes the cases of ASCII, and of no other letters, for the same. */
type Line = readonly [
  condition: Readonly<Record<string, unknown>>,
  rows: readonly number[],
  onSqlite?: readonly number[],
];

const TEXT: readonly Line[] = [
  [{ name: "Émile" }, [1]],
  [{ name__exact: "émile" }, []],
  [{ name__iexact: "ÉMILE" }, [1], [1]],
  [{ name__iexact: "emile" }, []],
  [{ name__iexact: "100% \\_SURE" }, [2]],
  [{ name__contains: "mil" }, [1, 3]],
  [{ name__contains: "Mil" }, [], [1, 3]],
  [{ name__contains: "% \\_" }, [2]],
  [{ name__icontains: "MILE" }, [1, 3]],
  [{ name__icontains: "%" }, [2]],
  [{ name__startswith: "É" }, [1]],
  [{ name__istartswith: "É" }, [1, 3], [1]],
  [{ name__endswith: "Zola" }, [], [3]],
  [{ name__iendswith: "Zola" }, [3]],
  [{ name__contains: F("other") }, [1, 2], [1, 2, 3]],
  [{ name__icontains: F("other") }, [1, 2, 3]],
  [{ name__startswith: F("other") }, [1]],
  [{ name__iendswith: F("other") }, [3]],
  [{ name__regex: "^.mile" }, [1, 3]],
  [{ name__regex: "ZOLA" }, []],
  [{ name__iregex: "ZOLA|SURE$" }, [2, 3]],
  [{ name__iregex: "^É" }, [1, 3]],
  [{ name__in: ["Émile", "x"] }, [1]],
  [{ name__in: [] }, []],
  [{ name__gt: "100" }, [1, 2, 3]],
  [{ name__range: ["1", "2"] }, [2]],
  [{ key: "11111111-2222-3333-4444-55555555ABCD" }, [1]],
  [{ key__startswith: "1111" }, [1]],
  [{ key__icontains: "5555ABCD" }, [1]],
  [{ key__contains: "2-3333" }, [1, 2, 3]],
];

const NUMBERS: readonly Line[] = [
  [{ count: 3 }, [1]],
  [{ count__gt: -4 }, [1]],
  [{ count__gte: -4 }, [1, 2]],
  [{ count__gt: 2.5 }, [1]],
  [{ count__lt: 2.5 }, [2]],
  [{ count__lte: 3 }, [1, 2]],
  [{ count__isnull: true }, [3]],
  [{ count: null }, [3]],
  [{ count__range: [-4, 0] }, [2]],
  [{ count__in: [3, -4, null] }, [1, 2]],
  [{ count__gt: 10_000_000_000n }, []],
  [{ count__range: [-10_000_000_000n, 10_000_000_000n] }, [1, 2]],
  [{ count__range: [10_000_000_000n, 20_000_000_000n] }, []],
  [{ count__range: [0, 10_000_000_000n] }, [1]],
  [{ count__in: [3, 10_000_000_000n] }, [1]],
  [{ count__startswith: "-" }, [2]],
  [{ count__iregex: "^3$" }, [1]],
  [{ weight__lt: 0 }, [2]],
  [{ weight__gte: F("count") }, [2]],
  [{ price: 10.5 }, [1]],
  [{ price__gt: "10.499" }, [1, 3]],
  [{ price__in: [new Decimal("99.990")] }, [3]],
  [{ flag: true }, [1, 3]],
  [{ flag__exact: false }, [2]],
  [{ span__gt: Temporal.Duration.from({ minutes: 1 }) }, [1]],
  [{ span__lt: Temporal.Duration.from({ seconds: 0 }) }, [3]],
];

const DATES: readonly Line[] = [
  [{ at: new Date("2024-01-01T00:30:00.5Z") }, [1]],
  [{ at__year: 2024 }, [1, 3]],
  [{ at__year__lte: 2023 }, [2]],
  [{ at__year__gt: 2023 }, [1, 3]],
  [{ at__iso_year: 2023 }, [2]],
  [{ at__month: 12 }, [2]],
  [{ at__day__in: [1, 15] }, [1, 3]],
  [{ at__week: 52 }, [2]],
  [{ at__week_day: 2 }, [1]],
  [{ at__iso_week_day: 7 }, [2]],
  [{ at__quarter: 2 }, [3]],
  [{ at__hour__gte: 12 }, [2, 3]],
  [{ at__minute: 30 }, [1]],
  [{ at__second: 59 }, [2]],
  [{ at__date: Temporal.PlainDate.from("2024-01-01") }, [1]],
  [{ at__date__lt: Temporal.PlainDate.from("2024-01-01") }, [2]],
  [{ at__time: Temporal.PlainTime.from("12:00") }, [3]],
  [{ at__time__gt: Temporal.PlainTime.from("12:00") }, [2]],
  [{ at__lt: new Date("2024-01-01T00:00:00Z") }, [2]],
  [{ day__year: 2024 }, [1, 3]],
  [{ day__week_day: 1 }, [2]],
  [{ day__range: ["2023-12-31", "2024-01-01"] }, [1, 2]],
  [{ clock__hour: 23 }, [2]],
  [{ clock__minute: 30 }, [1]],
  [{ clock__second: 59 }, [2]],
  [{ clock__lte: Temporal.PlainTime.from("12:00") }, [1, 3]],
];

const JSON_LINES: readonly Line[] = [
  [{ data: [1, "two", { three: 3 }] }, [2]],
  [{ data: [1, "two", { three: 3.0 }] }, [2]],
  [{ data__isnull: true }, [3]],
  [{ data__a: 1 }, [1]],
  [{ data__a: "1" }, []],
  [{ data__a__gte: 1 }, [1]],
  [{ data__a__lt: 1 }, []],
  [{ data__b__0: 1 }, [1]],
  [{ "data__b__-1__c": "é" }, [1]],
  [{ "data__-1__three": 3 }, [2]],
  [{ "data__-2": "two" }, [2]],
  [{ "data__-9": "two" }, []],
  [{ data__0: 1 }, [2]],
  [{ "data__it's": "\\" }, [1]],
  [{ data__n: null }, [1]],
  [{ data__n__isnull: true }, [2, 3]],
  [{ data__n__isnull: false }, [1]],
  [{ data__yes: true }, [1]],
  [{ data__yes: 1 }, []],
  [{ data__t__iexact: "TEXT_1" }, [1]],
  [{ data__t__icontains: "EXT_" }, [1]],
  [{ data__t__startswith: "Te" }, [1]],
  [{ data__t__startswith: "te" }, [], [1]],
  [{ data__t__istartswith: "te" }, [1]],
  [{ data__t__endswith: "_1" }, [1]],
  [{ data__t__regex: "^T.*1$" }, [1]],
  [{ data__t__iregex: "^t" }, [1]],
  [{ data__t__in: ["Text_1", "x"] }, [1]],
  [{ data__a__in: [1, 2] }, [1]],
  [{ data__has_key: "a" }, [1]],
  [{ data__has_key: "it's" }, [1]],
  [{ data__has_key: "missing" }, []],
  [{ data__has_keys: ["a", "b"] }, [1]],
  [{ data__has_any_keys: ["three", "b"] }, [1]],
  [{ data__2__has_key: "three" }, [2]],
];

const rows = (): Manager => Item.objects as unknown as Manager;

const keys = (condition: Record<string, unknown>): PromiseLike<unknown[]> =>
  rows().filter(condition).valuesList("pk", { flat: true });

async function found(lines: readonly Line[]): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const [condition] of lines) {
    let answer: unknown;
    try {
      const ids = await rows().filter(condition).valuesList("other", { flat: true });
      answer = ids.map((other) => ROWS.findIndex((row) => row.other === other) + 1);
    } catch (error) {
      answer = String(error);
    }
    all.push([condition, answer]);
  }
  return all;
}

describeDatabases("lookups", [Item], (_log, vendor) => {
  const expected = (lines: readonly Line[]): unknown[] =>
    lines.map(([condition, ids, onSqlite]) => [condition, vendor === "sqlite" ? (onSqlite ?? ids) : ids]);

  test.each(Object.entries({ text: TEXT, numbers: NUMBERS, dates: DATES, JSON: JSON_LINES }))(
    "lookups of %s find the same rows",
    async (_name, lines) => {
      for (const row of ROWS) await Item.objects.create(row);
      expect(await found(lines)).toEqual(expected(lines));
    },
  );

  test.skipIf(vendor === "sqlite")("parts of JSON are found in it", async () => {
    for (const row of ROWS) await Item.objects.create(row);
    const lines: Line[] = [
      [{ data__contains: { a: 1 } }, [1]],
      [{ data__contains: { b: [2] } }, [1]],
      [{ data__contains: ["two"] }, [2]],
      [{ data__contained_by: [1, "two", { three: 3 }, 4] }, [2]],
    ];
    expect(await found(lines)).toEqual(expected(lines));
  });

  test("null of JSON and NULL of the database are told apart", async () => {
    const [none, json] = await Item.objects.bulkCreate([
      new Item({ ...ROWS[0], data: null }),
      new Item({ ...ROWS[1], data: new models.JSONNull() }),
    ]);
    expect(await keys({ data__isnull: true })).toEqual([none?.pk]);
    expect(await keys({ data: new models.JSONNull() })).toEqual([json?.pk]);
    expect((await Item.objects.get({ pk: json?.pk })).data).toBeNull();
  });
});
