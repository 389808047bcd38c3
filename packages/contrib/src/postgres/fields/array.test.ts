import { Decimal } from "decimal.js";
import { models } from "tsgo/db";
import { ArrayAgg, ArrayField, ArraySubquery, JSONBAgg } from "tsgo/contrib/postgres";
import { describe, expect, expectTypeOf, test } from "vitest";

import { hasPostgresql, useTables } from "../testdata/database.ts";

class Board extends models.Model<Board>()({
  tags: ArrayField({ baseField: models.CharField({ maxLength: 20 }), default: () => [] }),
  scores: ArrayField({ baseField: models.IntegerField(), null: true, size: 4 }),
  grid: ArrayField({ baseField: ArrayField({ baseField: models.IntegerField() }), null: true }),
  moments: ArrayField({ baseField: models.DateTimeField(), null: true }),
  prices: ArrayField({ baseField: models.DecimalField({ maxDigits: 8, decimalPlaces: 2 }), null: true }),
  flags: ArrayField({ baseField: models.BooleanField({ null: true }), null: true }),
  blobs: ArrayField({ baseField: models.BinaryField(), null: true }),
  bigs: ArrayField({ baseField: models.BigIntegerField(), null: true }),
  data: ArrayField({ baseField: models.JSONField<{ a: number }>(), null: true }),
}) {}

useTables("arrays", Board);

const tagsOf = async (rows: PromiseLike<readonly Board[]>): Promise<string[][]> =>
  (await rows).toSorted((a, b) => a.pk - b.pk).map(({ tags }) => tags);

describe.skipIf(!hasPostgresql)("values", () => {
  test("of every kind come back as they were, whatever characters they have", async () => {
    const when = new Date("2024-02-29T12:30:00.250Z");
    const tags = ["", "NULL", "a,b", '"q"', "\\", "{}", "it's", " x ", "日本", "a\nb"];
    const made = await Board.objects.create({
      tags,
      scores: [1, -2, 3],
      grid: [
        [1, 2],
        [3, 4],
      ],
      moments: [when],
      prices: [new Decimal("1.50"), "2.25"] as never,
      flags: [true, null, false],
      blobs: [new Uint8Array([0, 255, 92, 34])],
      bigs: [2n ** 60n, 5n],
      data: [{ a: 1 }],
    });
    const board = await Board.objects.get({ pk: made.pk });
    expect(board.tags).toEqual(tags);
    expect(board.scores).toEqual([1, -2, 3]);
    expect(board.grid).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(board.moments).toEqual([when]);
    expect(board.prices?.map(String)).toEqual(["1.5", "2.25"]);
    expect(board.flags).toEqual([true, null, false]);
    expect(board.blobs).toEqual([new Uint8Array([0, 255, 92, 34])]);
    expect(board.bigs).toEqual([2n ** 60n, 5n]);
    expect(board.data).toEqual([{ a: 1 }]);
    expectTypeOf(board.grid).toEqualTypeOf<number[][] | null>();
  });

  test.each([
    ["a text", { tags: "a" }],
    ["an object", { tags: { a: 1 } }],
    ["a wrong item", { scores: ["x"] }],
    ["a number out of range", { scores: [2 ** 31] }],
    ["half of a surrogate pair", { tags: ["\ud800"] }],
    ["a null character", { tags: ["\0"] }],
  ])("%s is refused before the database sees it", async (_what, values) => {
    await expect(async () => Board.objects.create({ tags: [], ...values } as never)).rejects.toThrow(/tags|scores/);
    expect(await Board.objects.count()).toBe(0);
  });
});

describe.skipIf(!hasPostgresql)("lookups", () => {
  const rows = [["a"], ["a", "b"], ["b", "c", "d"], []];
  const fill = async (): Promise<void> => {
    for (const tags of rows) await Board.objects.create({ tags, scores: tags.map((_tag, index) => index + 1) });
  };

  test("compare whole arrays, parts and items", async () => {
    await fill();
    expect(await tagsOf(Board.objects.filter({ tags: ["a", "b"] }))).toEqual([["a", "b"]]);
    expect(await tagsOf(Board.objects.filter({ tags__contains: ["a"] }))).toEqual([["a"], ["a", "b"]]);
    expect(await tagsOf(Board.objects.filter({ tags__contained_by: ["a", "b"] }))).toEqual([["a"], ["a", "b"], []]);
    expect(await tagsOf(Board.objects.filter({ tags__overlap: ["a", "c"] }))).toEqual([
      ["a"],
      ["a", "b"],
      ["b", "c", "d"],
    ]);
    expect(await tagsOf(Board.objects.filter({ tags__len: 0 }))).toEqual([[]]);
    expect(await tagsOf(Board.objects.filter({ tags__len__gt: 1 }))).toEqual([
      ["a", "b"],
      ["b", "c", "d"],
    ]);
    expect(await tagsOf(Board.objects.filter({ tags__0: "b" }))).toEqual([["b", "c", "d"]]);
    expect(await tagsOf(Board.objects.filter({ tags__1_3: ["c", "d"] }))).toEqual([["b", "c", "d"]]);
    expect(await tagsOf(Board.objects.filter({ tags__in: [["a"], []] }))).toEqual([["a"], []]);
    expect(await tagsOf(Board.objects.filter({ tags__gt: ["a", "b"] }))).toEqual([["b", "c", "d"]]);
    expect(await tagsOf(Board.objects.filter({ scores__contains: [new models.F("pk")] as never }))).toEqual([
      ["a"],
      ["a", "b"],
      ["b", "c", "d"],
    ]);
    expect(await Board.objects.values("tags__0" as never).first()).toBeDefined();
  });

  test("take nothing but digits for the place of an item", async () => {
    // @ts-expect-error -- there is no such lookup
    await expect(async () => Board.objects.filter({ tags__x: "b" }).first()).rejects.toThrow("Unsupported lookup");
    await expect(async () => Board.objects.filter({ "tags__0]--": "b" } as never).first()).rejects.toThrow(
      "Unsupported lookup",
    );
    // @ts-expect-error -- the items are texts
    await expect(async () => Board.objects.filter({ tags__contains: 1 }).first()).rejects.toThrow("not a list");
  });
});

describe.skipIf(!hasPostgresql)("aggregates", () => {
  test("gather values as lists, in order and once", async () => {
    await Board.objects.bulkCreate([3, 1, 3].map((score) => new Board({ tags: [], scores: [score] })));
    const { all, once, json } = await Board.objects.aggregate({
      all: new ArrayAgg<number>("pk", { orderBy: "-pk" }),
      once: new ArrayAgg<number>("scores__0", { distinct: true }),
      json: new JSONBAgg<number>("pk", { filter: { pk__gt: 1 } }),
    });
    expect([all, once, json]).toEqual([
      [3, 2, 1],
      [1, 3],
      [2, 3],
    ]);
    expect(await Board.objects.none().aggregate({ all: new ArrayAgg("pk") })).toEqual({ all: null });
    const others = Board.objects
      .exclude({ pk: new models.OuterRef("pk") })
      .orderBy("pk")
      .values("pk");
    const board = await Board.objects.annotate({ others: new ArraySubquery<number>(others) }).get({ pk: 2 });
    expect(board.others).toEqual([1, 3]);
  });
});

test("columns of arrays are made on PostgreSQL only", () => {
  const field = new ArrayField.Class({ baseField: models.IntegerField() });
  expect(() => field.dbType({ vendor: "sqlite", alias: "default" } as never)).toThrow("is sqlite");
});

describe("without a database", () => {
  test("validation tells which item is wrong", () => {
    const field = new ArrayField.Class({ baseField: models.CharField({ maxLength: 2 }), size: 2 });
    field.name = "tags";
    expect(() => field.clean(["a", "bcd"], null)).toThrow("Item 2 in the array did not validate");
    expect(() => field.clean(["a", "b", "c"], null)).toThrow("no more than 2");
    expect(() => field.clean("{", null)).toThrow("not a list");
    expect(field.clean('["a","b"]', null)).toEqual(["a", "b"]);
    const grid = new ArrayField.Class({ baseField: ArrayField({ baseField: models.IntegerField() }) });
    expect(() => grid.clean([[1], [2, 3]], null)).toThrow("same length");
  });

  test("fixtures have the items as texts in JSON, as Django writes and reads them", () => {
    const field = new ArrayField.Class({ baseField: ArrayField({ baseField: models.IntegerField({ null: true }) }) });
    field.setAttributesFromName("grid");
    const text = field.valueToString({
      grid: [
        [1, null],
        [3, 4],
      ],
    } as never);
    expect(text).toBe(String.raw`["[\"1\", null]", "[\"3\", \"4\"]"]`);
    expect(field.toValue(text)).toEqual([
      [1, null],
      [3, 4],
    ]);
    const tags = new ArrayField.Class({ baseField: models.CharField({ maxLength: 9 }) });
    tags.setAttributesFromName("tags");
    expect(tags.valueToString({ tags: ["é", 'a"b'] } as never)).toBe(String.raw`["\u00e9", "a\"b"]`);
  });

  test("a field without baseField, with a relation or a wrong size is refused", () => {
    expect(() => ArrayField({} as never)).toThrow("needs a baseField");
    expect(() => ArrayField({ baseField: models.ForeignKey("a.B", { onDelete: models.CASCADE }) as never })).toThrow(
      "relation",
    );
    expect(() => ArrayField({ baseField: models.IntegerField(), size: 0 })).toThrow("from 1");
    // @ts-expect-error -- there is no such option
    expect(() => ArrayField({ baseField: models.IntegerField(), sise: 3 })).toThrow("Did you mean 'size'?");
  });
});
