import { models } from "tsgo/db";
import { HStoreField, KeysValidator } from "tsgo/contrib/postgres";
import { describe, expect, expectTypeOf, test } from "vitest";

import { hasPostgresql, useTables } from "../testdata/database.ts";

class Product extends models.Model<Product>()({
  data: HStoreField({ default: () => ({}) }),
  more: HStoreField({ null: true }),
}) {}

useTables("hstore", Product);

const keys = async (rows: PromiseLike<readonly { readonly pk: number }[]>): Promise<number[]> =>
  (await rows).map(({ pk }) => pk).toSorted();

describe.skipIf(!hasPostgresql)("a store of keys", () => {
  test("comes back as it was, whatever characters its keys and values have", async () => {
    const data = { a: "1", 'q"uote': 'x"y', "back\\slash": "\\", "=>": "a=>b,c", "": "", nothing: null, 日: "本\n" };
    const { pk } = await Product.objects.create({ data, more: { n: 5, yes: true } as never });
    const product = await Product.objects.get({ pk });
    expect(product.data).toEqual(data);
    expect(product.more).toEqual({ n: "5", yes: "true" });
    expectTypeOf(product.data).toEqualTypeOf<Record<string, string | null>>();
  });

  test("NODE-13: a key called __proto__ is a key like any other", async () => {
    const { pk } = await Product.objects.create({ data: JSON.parse('{"__proto__":"x"}') as Record<string, string> });
    const { data } = await Product.objects.get({ pk });
    expect(Object.keys(data)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  test("is found by keys and values", async () => {
    await Product.objects.bulkCreate([
      new Product({ data: { size: "L", color: "red" } }),
      new Product({ data: { size: "M" }, more: { x: "1" } }),
    ]);
    expect(await keys(Product.objects.filter({ data__size: "L" }))).toEqual([1]);
    expect(await keys(Product.objects.filter({ data__color__isnull: true }))).toEqual([2]);
    expect(await keys(Product.objects.filter({ data__size__icontains: "m" }))).toEqual([2]);
    expect(await keys(Product.objects.filter({ data__contains: { size: "M" } }))).toEqual([2]);
    expect(await keys(Product.objects.filter({ data__contained_by: { size: "M", other: "x" } }))).toEqual([2]);
    expect(await keys(Product.objects.filter({ data__has_key: "color" }))).toEqual([1]);
    expect(await keys(Product.objects.filter({ data__has_keys: ["size", "color"] }))).toEqual([1]);
    expect(await keys(Product.objects.filter({ data__has_any_keys: ["color", "x"] }))).toEqual([1]);
    expect(await keys(Product.objects.filter({ data__keys: ["size"] }))).toEqual([2]);
    expect(await keys(Product.objects.filter({ data__values__contains: ["red"] }))).toEqual([1]);
    expect(await keys(Product.objects.filter({ data: { size: "M" } }))).toEqual([2]);
    expect(await keys(Product.objects.filter({ more__isnull: true }))).toEqual([1]);
  });

  test("CVE-2019-14234: a key from outside is never SQL", async () => {
    await Product.objects.create({ data: { "x') = 'a' OR 1 = 1 OR (data -> 'y": "a" } });
    await Product.objects.create({ data: { b: "2" } });
    const found = await Product.objects.filter({ "data__x') = 'a' OR 1 = 1 OR (data -> 'y": "a" } as never);
    expect(found.map(({ pk }) => pk)).toEqual([1]);
  });

  test.each([["a list"], [["a"]], ["a text"], [{ a: {} }], [{ a: "\0" }], [{ "\ud800": "x" }]])(
    "%j is refused before the database sees it",
    async (data) => {
      await expect(async () => Product.objects.create({ data: data as never })).rejects.toThrow(/data|surrogate|null/);
      expect(await Product.objects.count()).toBe(0);
    },
  );
});

describe("the rules for keys", () => {
  test("name what is missing and what is too much", () => {
    const check = KeysValidator({ keys: ["a", "b"], strict: true });
    expect(() => check({ a: "1" })).toThrow("Some keys were missing: b");
    expect(() => check({ a: "1", b: "2", c: "3" })).toThrow("Some unknown keys were provided: c");
    expect(() => check({ a: "1", b: "2" })).not.toThrow();
  });

  test("values that are no texts are refused by validation", () => {
    const field = new HStoreField.Class();
    expect(() => field.clean({ a: 1 }, null)).toThrow("The value of “a” is not a string or null.");
    expect(() => field.clean("{", null)).toThrow("JSON");
    expect(field.clean('{"a":null}', null)).toEqual({ a: null });
  });
});
