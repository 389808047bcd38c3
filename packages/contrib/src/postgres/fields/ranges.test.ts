import { inspect } from "node:util";

import { Decimal } from "decimal.js";
import { Temporal, models } from "tsgo/db";
import {
  BigIntegerRangeField,
  DateRangeField,
  DateTimeRangeField,
  DecimalRangeField,
  IntegerRangeField,
  Range,
  RangeMaxValueValidator,
  RangeMinValueValidator,
} from "tsgo/contrib/postgres";
import { describe, expect, expectTypeOf, test } from "vitest";

import { hasPostgresql, useTables } from "../testdata/database.ts";

class Offer extends models.Model<Offer>()({
  ages: IntegerRangeField({ null: true }),
  bigs: BigIntegerRangeField({ null: true }),
  prices: DecimalRangeField({ null: true, defaultBounds: "[]" }),
  when: DateTimeRangeField({ null: true }),
  dates: DateRangeField({ null: true }),
  limit: models.IntegerField({ default: 0 }),
  day: models.DateField({ null: true }),
}) {}

useTables("ranges", Offer);
const day = (text: string) => Temporal.PlainDate.from(text);

const keys = async (rows: PromiseLike<readonly { readonly pk: number }[]>): Promise<number[]> =>
  (await rows).map(({ pk }) => pk).toSorted();

describe.skipIf(!hasPostgresql)("a range", () => {
  test("of every kind comes back", async () => {
    const [from, to] = [new Date("2024-01-01T00:00:00Z"), new Date("2024-02-01T12:00:00.500Z")];
    const { pk } = await Offer.objects.create({
      ages: new Range(1, 10),
      bigs: new Range<bigint>(2n ** 60n, null),
      prices: [new Decimal("1.50"), new Decimal("2.25")] as never,
      when: new Range(from, to, "(]"),
      dates: new Range(day("2024-01-31"), day("2024-03-01")),
    });
    const offer = await Offer.objects.get({ pk });
    expect(offer.ages).toEqual(new Range(1, 10));
    expect(offer.bigs).toEqual(new Range(2n ** 60n, null));
    expect([String(offer.prices), offer.prices?.includesUpper]).toEqual(["[1.5, 2.25]", true]);
    expect(offer.when).toEqual(new Range(from, to, "(]"));
    expect(String(offer.dates)).toBe("[2024-01-31, 2024-03-01)");
    expectTypeOf(offer.ages).toEqualTypeOf<Range<number> | null>();
  });

  test("of whole numbers comes back as the database writes it, and may have no values or no ends", async () => {
    for (const ages of [
      new Range(1, 9, "[]"),
      new Range(3, 3),
      new Range<number>(null, null),
      new Range<number>(null, 5),
    ])
      await Offer.objects.create({ ages });
    const all = (await Offer.objects.orderBy("pk")).map(({ ages }) => String(ages));
    expect(all).toEqual(["[1, 10)", "empty", "(, )", "(, 5)"]);
  });

  test("is found by what it has in common with another", async () => {
    for (const ages of [
      [1, 5],
      [5, 10],
      [20, null],
    ] as const)
      await Offer.objects.create({ ages: new Range<number>(ages[0], ages[1]), limit: ages[0], day: day("2024-01-15") });
    expect(await keys(Offer.objects.filter({ ages: new Range(1, 5) }))).toEqual([1]);
    expect(await keys(Offer.objects.filter({ ages__contains: 4 }))).toEqual([1]);
    expect(await keys(Offer.objects.filter({ ages__contains: new Range(6, 8) }))).toEqual([2]);
    expect(await keys(Offer.objects.filter({ ages__contains: new models.F("limit") }))).toEqual([1, 2, 3]);
    expect(await keys(Offer.objects.filter({ ages__contained_by: [0, 10] }))).toEqual([1, 2]);
    expect(await keys(Offer.objects.filter({ ages__overlap: [4, 6] }))).toEqual([1, 2]);
    expect(await keys(Offer.objects.filter({ ages__fully_lt: [5, 6] }))).toEqual([1]);
    expect(await keys(Offer.objects.filter({ ages__fully_gt: [0, 5] }))).toEqual([2, 3]);
    expect(await keys(Offer.objects.filter({ ages__not_lt: [5, 6] }))).toEqual([2, 3]);
    expect(await keys(Offer.objects.filter({ ages__not_gt: [1, 10] }))).toEqual([1, 2]);
    expect(await keys(Offer.objects.filter({ ages__adjacent_to: [10, 12] }))).toEqual([2]);
    expect(await keys(Offer.objects.filter({ ages__startswith: 5 }))).toEqual([2]);
    expect(await keys(Offer.objects.filter({ ages__endswith__lte: 10 }))).toEqual([1, 2]);
    expect(await keys(Offer.objects.filter({ ages__upper_inf: true }))).toEqual([3]);
    expect(await keys(Offer.objects.filter({ ages__isempty: false, ages__lower_inc: true }))).toEqual([1, 2, 3]);
    expect(await keys(Offer.objects.filter({ ages__gt: [1, 5] }))).toEqual([2, 3]);
    expect(await keys(Offer.objects.filter({ limit__contained_by: new Range(5, 30) }))).toEqual([2, 3]);
    expect(await keys(Offer.objects.filter({ day__contained_by: [day("2024-01-01"), day("2024-02-01")] }))).toEqual([
      1, 2, 3,
    ]);
  });

  test.each([
    ["a text", "1,2"],
    ["three values", [1, 2, 3]],
    ["a bound of another kind", ["a", 2]],
    ["too large a bound", [0, 2 ** 40]],
  ])("%s is refused before the database sees it", async (_what, ages) => {
    await expect(async () => Offer.objects.create({ ages: ages as never })).rejects.toThrow("ages");
    await expect(async () => Offer.objects.filter({ ages: ages as never })).rejects.toThrow("ages");
    expect(await Offer.objects.count()).toBe(0);
  });
});

describe("without a database", () => {
  test("a range is made with known bounds only", () => {
    expect(() => new Range(1, 2, "<>" as never)).toThrow("not");
    expect(new Range(1, 2, "[]").map((bound) => bound * 2)).toEqual(new Range(2, 4, "[]"));
    expect(Range.empty().map(String).isEmpty).toBe(true);
    expect(inspect(new Range(day("2024-01-01"), null))).toBe("Range [2024-01-01, )");
    expect(JSON.stringify(new Range(1, null))).toBe('{"lower":1,"upper":null,"bounds":"[)"}');
  });

  test("fixtures and forms bring ranges as JSON", () => {
    const field = new IntegerRangeField.Class();
    field.setAttributesFromName("ages");
    expect(field.clean('{"lower":"1","upper":null,"bounds":"[)"}', null)).toEqual(new Range(1, null));
    expect(field.valueToString({ ages: new Range(1, null) } as never)).toBe(
      '{"lower": "1", "upper": null, "bounds": "[)"}',
    );
    expect(() => field.clean('{"lower":"x","upper":null}', null)).toThrow("bound");
    expect(() => field.clean("no", null)).toThrow("JSON");
  });

  test("bounds are checked against limits, open ends included", () => {
    const [most, least] = [RangeMaxValueValidator(10), RangeMinValueValidator(0)];
    expect(() => most(new Range(1, 11))).toThrow("not greater than 10");
    expect(() => most(new Range<number>(1, null))).toThrow("not greater than 10");
    expect(() => least(new Range<number>(null, 5))).toThrow("not less than 0");
    expect(() => least(new Range(0, 5))).not.toThrow();
  });
});
