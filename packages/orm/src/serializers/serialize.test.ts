import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";

import { Author, Tag, Thing, fixtureModels } from "../fixtures/testdata/models.ts";
import * as models from "../models/index.ts";
import { useDatabase } from "../testdata/database.ts";
import { Temporal } from "../values/temporal.ts";
import { SerializationError } from "./errors.ts";
import { fixtureName } from "./field-names.ts";
import { parseJson } from "./formats/json-values.ts";
import { splitJsonList } from "./formats/split-json.ts";
import { decimalText, floatText } from "./python-text.ts";
import { deserialize, deserializeRecords, serialize, serializeRecords } from "./serialize.ts";
import { sortDependencies } from "./sort-dependencies.ts";

class Odd extends models.Model<Odd>()({
  parentURL: models.CharField({ maxLength: 9, default: "" }),
  parentUrl: models.CharField({ maxLength: 9, default: "", dbColumn: "other" }),
  isbn13: models.CharField({ maxLength: 13, default: "" }),
  line2: models.CharField({ maxLength: 9, default: "", dbColumn: "line_2" }),
  renamed: models.CharField({ maxLength: 9, default: "", dbColumn: "LEGACY_COL" }),
  owner1: models.ForeignKey<Author>("Author", { onDelete: models.CASCADE, null: true, dbColumn: "owner_1_id" }),
  hidden: models.CharField({ maxLength: 9, default: "", serialize: false }),
  doubled: models.GeneratedField({
    expression: new models.F("isbn13"),
    outputField: models.CharField({ maxLength: 13 }),
    dbPersist: true,
  }),
}) {}

useDatabase("shop", ...fixtureModels, Odd);

describe("numbers as Python writes them", () => {
  test.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [4, "4.0"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.5e-5, "1.5e-05"],
    [0.0001, "0.0001"],
    [123_456_789.123, "123456789.123"],
    [1e-7, "1e-07"],
    [5e-324, "5e-324"],
    [1.797_693_134_862_315_7e308, "1.7976931348623157e+308"],
  ])("the float %s", (value, text) => {
    expect(floatText(value)).toBe(text);
  });

  test.each([
    ["12.5", 2, "12.50"],
    ["0", 10, "0E-10"],
    ["0", 6, "0.000000"],
    ["0", 7, "0E-7"],
    ["0.0000000123", 10, "1.23E-8"],
    ["-1234567.0000001", 10, "-1234567.0000001000"],
    ["-7", 0, "-7"],
  ])("the decimal %s with %s places", (value, places, text) => {
    expect(decimalText(new Decimal(value), places)).toBe(text);
  });
});

describe("names of fields", () => {
  test("are Django's, and lead back to the field", async () => {
    const names = Odd._meta.fields.map((field) => fixtureName(Odd as unknown as models.ModelClass, field));
    expect(names).toEqual([
      "id",
      "parentURL",
      "parentUrl",
      "isbn13",
      "line_2",
      "renamed",
      "owner_1",
      "hidden",
      "doubled",
    ]);
    const odd = new Odd({ parentURL: "a", parentUrl: "b", isbn13: "c", line2: "d", renamed: "e", hidden: "f" });
    const [record] = await serializeRecords([odd]);
    expect(record).toEqual({
      model: "shop.odd",
      pk: null,
      fields: { parentURL: "a", parentUrl: "b", isbn13: "c", line_2: "d", renamed: "e", owner_1: null, doubled: null },
    });
    for await (const { object } of deserializeRecords([record]))
      expect(object).toMatchObject({
        parentURL: "a",
        parentUrl: "b",
        isbn13: "c",
        line2: "d",
        renamed: "e",
        owner1Id: null,
      });
  });

  test("a computed column is written, as Django does, and passed over when it is read", async () => {
    await Odd.objects.create({ isbn13: "978" });
    const text = await serialize("json", Odd.objects.all(), { fields: ["isbn13", "doubled"] });
    expect(text).toBe('[{"model": "shop.odd", "pk": 1, "fields": {"isbn13": "978", "doubled": "978"}}]');
    for await (const item of deserialize("json", text.replace('"isbn13": "978"', '"isbn13": "979"'))) await item.save();
    expect((await Odd.objects.get({ id: 1 })).doubled).toBe("979");
  });

  test("may be the ones that TypeScript has", async () => {
    const text =
      '[{"model": "shop.Thing", "pk": "3", "fields": {"questionText": "x", "authorId": 3, "at_time": "08:30:00.000250"}}]';
    for await (const { object } of deserialize("json", text)) {
      expect(object).toMatchObject({ id: 3, questionText: "x", authorId: 3 });
      // Django would lose what is behind the milliseconds.
      expect(await serialize("json", [object], { fields: ["atTime"] })).toContain('"at_time": "08:30:00.000250"');
    }
  });
});

describe("values that a format cannot hold", () => {
  test.each([
    ["score", Number.NaN, "JSON has no number NaN."],
    ["score", Number.NEGATIVE_INFINITY, "JSON has no number -Infinity."],
    ["pubDate", new Date(Number.NaN), "An invalid Date is no point in time."],
    ["questionText", "half \uD800", "The text has half of a surrogate pair, which no file can hold."],
    ["data", { a: [Number.NaN] }, "cannot be written as JSON"],
    [
      "data",
      {
        toJSON: () => {
          throw new Error("no");
        },
      },
      "cannot be written as JSON",
    ],
  ])("NODE-17: %s %s", async (name, value, message) => {
    const row = new Thing({ id: 3, [name]: value });
    const text = serialize("json", [row]);
    await expect(text).rejects.toThrow(SerializationError);
    await expect(text).rejects.toThrow(name === "questionText" ? message : `shop.thing(pk=3).${name}: `);
    await expect(text).rejects.toThrow(message);
  });

  test("a cycle, and what JSON leaves out", async () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    await expect(serialize("json", [new Thing({ id: 3, data: cycle })])).rejects.toThrow(/shop\.thing\(pk=3\)\.data: /);
    const data = { map: new Map([[1, 2]]), none: undefined, zero: -0, big: 2n ** 70n };
    const text = await serialize("json", [new Thing({ id: 3, data })], { fields: ["data"] });
    expect(text).toContain('{"data": {"map": {}, "zero": 0, "big": "1180591620717411303424"}}');
  });

  test("XML and unknown formats are refused with what to do", async () => {
    await expect(serialize("xml", [])).rejects.toThrow(/XML are not supported\. Write them as JSON with Django/);
    await expect(serialize("jsn", [])).rejects.toThrow("There is no format 'jsn' for fixtures. Did you mean 'json'?");
  });
});

describe("YAML", () => {
  test.each([
    "yes",
    "null",
    "12:30:00",
    "2024-01-01",
    "1e3",
    "=",
    "a: b",
    "\u007F \u2028\u0085",
    "line\nbreak ",
    "日本",
  ])("keeps the text %j a text", async (questionText) => {
    const text = await serialize("yaml", [
      new Thing({ id: 1, questionText, data: [questionText, { [questionText]: 1e22 }] }),
    ]);
    for await (const { object } of deserialize("yaml", text))
      expect(object).toMatchObject({ questionText, data: [questionText, { [questionText]: 1e22 }] });
    expect(text).not.toMatch(/[\u007F-\u009F\u2028\u2029]/);
  });

  test("is read by the rules that Django's files follow", async () => {
    const text =
      "- model: shop.thing\n  pk: 1\n  fields: {flag: yes, at_time: 12:30:00, born: 2024-01-01, big: 4611686018427387905}\n";
    for await (const { object, line } of deserialize("yaml", text)) {
      expect(object).toMatchObject({ flag: true, big: 4611686018427387905n });
      expect(String((object as unknown as Thing).atTime)).toBe("12:30:00");
      expect((object as unknown as Thing).born?.equals(Temporal.PlainDate.from("2024-01-01"))).toBe(true);
      expect(line).toBe(1);
    }
  });
});

describe("JSON in pieces", () => {
  test("comes out the same wherever it is cut", async () => {
    const text = '\uFEFF[ {"a": "]},\\"["},\n\n [1, {"b": []}], 5 ,"x" ]\n';
    const expected = [
      { text: '{"a": "]},\\"["}', line: 1 },
      { text: '[1, {"b": []}]', line: 3 },
      { text: "5 ", line: 3 },
      { text: '"x" ', line: 3 },
    ];
    for (let size = 1; size <= text.length; size += 1) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_v, at) =>
        text.slice(at * size, (at + 1) * size),
      );
      const items: unknown[] = [];
      for await (const item of splitJsonList(pieces)) items.push(item);
      expect(items).toEqual(expected);
    }
  });

  test("keeps the digits of numbers that JavaScript cannot hold", () => {
    expect(parseJson('{"a": 9007199254740993, "b": "9007199254740993", "c": 1.0000000000000000001, "d": 12}')).toEqual({
      a: "9007199254740993",
      b: "9007199254740993",
      c: 1,
      d: 12,
    });
    expect(parseJson(String.raw`["\\\"9007199254740993", -9007199254740993]`)).toEqual([
      String.raw`\"9007199254740993`,
      "-9007199254740993",
    ]);
  });
});

test("models come after those whose natural keys they use", () => {
  const [author, tag, thing] = [Author, Tag, Thing] as unknown as models.ModelClass[];
  expect(sortDependencies([thing, tag, author] as models.ModelClass[])).toEqual([tag, author, thing]);
});
