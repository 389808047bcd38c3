import { expect, test } from "vitest";

import * as models from "../models/index.ts";
import { describeDatabases } from "../testdata/databases.ts";

class Sale extends models.Model<Sale>()({
  shop: models.CharField({ maxLength: 10 }),
  day: models.IntegerField(),
  amount: models.IntegerField(),
}) {}

const { Count, Window, RowRange, Sum, ValueRange } = models;

async function sums(frame?: models.Frame): Promise<unknown> {
  const sum = new Window(new Sum("amount"), { orderBy: "day", ...(frame === undefined ? {} : { frame }) });
  return (await Sale.objects.annotate({ sum }).orderBy("id")).map((row) => row.sum);
}

async function rows(): Promise<void> {
  for (const [id, day, amount] of [
    [1, 1, 1],
    [2, 2, 10],
    [3, 2, 100],
    [4, 4, 1000],
  ] as const)
    await Sale.objects.create({ id, shop: id === 4 ? "b" : "a", day, amount });
}

function byId(frame: models.Frame) {
  return new Window(new Sum("amount"), { orderBy: ["day", "id"], frame });
}

function without(exclusion: NonNullable<models.Frame["exclusion"]>): Promise<unknown> {
  return sums(ValueRange({ start: null, end: 0, exclusion }));
}

describeDatabases("windows", [Sale], (_log, vendor) => {
  test("a frame is a number of rows, or a distance between values", async () => {
    await rows();
    expect(await sums()).toEqual([1, 111, 111, 1111]);
    const framed = await Sale.objects
      .annotate({
        two: byId(RowRange({ start: -1, end: 0 })),
        rest: byId(RowRange({ start: 0 })),
        all: byId(RowRange()),
      })
      .orderBy("id");
    expect(framed.map(({ two, rest, all }) => [two, rest, all])).toEqual([
      [1, 1111, 1111],
      [11, 1110, 1111],
      [110, 1100, 1111],
      [1100, 1000, 1111],
    ]);
    expect(await sums(ValueRange({ start: -1, end: 1 }))).toEqual([111, 111, 111, 1000]);
    expect(await sums(ValueRange({ start: null, end: 0 }))).toEqual([1, 111, 111, 1111]);
  });

  test("rows can be left out of a frame again, where the database knows how", async () => {
    await rows();
    const found: unknown[] = [];
    for (const exclusion of ["CURRENT ROW", "GROUP", "TIES", "NO OTHERS"] as const)
      found.push(await without(exclusion).catch((error: unknown) => (error as Error).name));
    const refused = ["NotSupportedError", "NotSupportedError", "NotSupportedError", "NotSupportedError"];
    const left = [
      [null, 101, 11, 111],
      [null, 1, 1, 111],
      [1, 11, 101, 1111],
      [1, 111, 111, 1111],
    ];
    expect(found).toEqual(vendor === "mysql" ? refused : left);
  });

  test("windows can be filtered by, and counted over partitions", async () => {
    await rows();
    const perShop = new Window(new Count("*"), { partitionBy: "shop" });
    const few = await Sale.objects.annotate({ n: perShop }).filter({ n__lt: 2 });
    expect(few.map(({ id, n }) => [id, n])).toEqual([[4, 1]]);
  });
});

test("a frame that cannot be is refused, and words from outside never reach SQL", () => {
  expect(() => RowRange({ start: 1, end: 0 })).toThrow("cannot end");
  expect(() => RowRange({ start: 1.5 })).toThrow(RangeError);
  expect(() => ValueRange({ start: "1) --" as never })).toThrow(RangeError);
  expect(() => ValueRange({ exclusion: "ties) --" as never })).toThrow("TIES");
});
