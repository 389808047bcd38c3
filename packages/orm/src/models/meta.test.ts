// Options of `static meta` that no other test is about.

import { createConnection } from "../db/connections.ts";
import { makeEditor } from "../schema/schema-editor.ts";
import { describe, expect, test } from "vitest";

import { useDatabase } from "../testdata/database.ts";
import { defineModel } from "./define.ts";
import * as models from "./index.ts";
import { ModelRegistry } from "./registry.ts";

const postgresql = createConnection("pg", { ENGINE: "postgresql", NAME: "none" });
const mariadb = createConnection("my", { ENGINE: "mariadb", NAME: "none" });
const sqlite = createConnection("lite", { ENGINE: "sqlite", NAME: ":memory:" });

function sample(meta: object, fields = {}): models.ModelClass {
  return defineModel(new ModelRegistry(), "app", "Sample", { fields, meta });
}

test("a misspelt option is refused with the nearest one", () => {
  expect(() => sample({ orderign: ["id"] })).toThrow(
    "app.Sample: 'meta' got an invalid option 'orderign'. Did you mean 'ordering'?",
  );
});

describe("requiredDbVendor and requiredDbFeatures", () => {
  test.each([
    [{}, [true, true, true]],
    [{ requiredDbVendor: "postgresql" }, [false, true, false]],
    [{ requiredDbFeatures: ["supportsDistinctOn"] }, [false, true, false]],
    [{ requiredDbFeatures: ["supportsTransactions"], requiredDbVendor: "mysql" }, [false, false, true]],
    [{ managed: false }, [false, false, false]],
  ])("%j lets migrations make the table on sqlite, postgresql, mariadb: %j", (meta, expected) => {
    const allowed = [sqlite, postgresql, mariadb].map((connection) => makeEditor(connection).allowsModel(sample(meta)));
    expect(allowed).toEqual(expected);
  });
});

test("tablespaces are named where the database has them", () => {
  const model = sample(
    { dbTablespace: "slow", indexes: [new models.Index({ fields: ["a"], name: "a_idx", dbTablespace: "fast" })] },
    { a: models.IntegerField({ dbIndex: true }), b: models.IntegerField({ unique: true, dbTablespace: "fast" }) },
  );
  const editor = makeEditor(postgresql);
  expect(editor.tableSql(model)).toMatch(
    /"b" integer NOT NULL UNIQUE USING INDEX TABLESPACE "fast"\) TABLESPACE "slow"$/,
  );
  const [a] = model._meta.localConcreteFields
    .filter(({ name }) => name === "a")
    .flatMap((field) => editor.fieldIndexesSql(model, field));
  expect(a).toMatch(/\("a"\) TABLESPACE "slow"$/);
  expect(model._meta.indexes.map((index) => editor.indexTail(model, index))).toEqual([' TABLESPACE "fast"']);
  expect(makeEditor(sqlite).tableSql(model)).not.toContain("TABLESPACE");
});

class Reading extends models.Model<Reading>()({ value: models.IntegerField() }) {}
useDatabase("readings", Reading);

const neighbours = (frame: models.Frame) =>
  Reading.objects
    .annotate({ sum: new models.Window(new models.Sum("value"), { orderBy: "value", frame }) })
    .orderBy("value")
    .valuesList("sum", { flat: true });

describe("frames of windows", () => {
  test("reach over rows or values, and may leave the row itself out", async () => {
    for (const value of [1, 2, 4]) await Reading.objects.create({ value });
    expect(await neighbours(models.RowRange({ start: -1, end: 0 }))).toEqual([1, 3, 6]);
    expect(await neighbours(models.ValueRange({ start: null, end: 0 }))).toEqual([1, 3, 7]);
    expect(await neighbours(models.RowRange({ start: -1, end: 1, exclusion: "CURRENT ROW" }))).toEqual([2, 5, 2]);
  });

  test("refuse what is no frame", () => {
    expect(() => models.RowRange({ start: 1, end: 0 })).toThrow(RangeError);
    expect(() => models.RowRange({ exclusion: "x); DROP" as never })).toThrow("A frame excludes");
  });
});

test("an option of a field that does not exist is refused with the nearest one", () => {
  expect(() => models.CharField({ maxLenght: 3 } as never)).toThrow(
    "CharField has no option 'maxLenght'. Did you mean 'maxLength'?",
  );
  expect(() => models.ForeignKey("x.Y", { onDelet: models.CASCADE } as never)).toThrow("Did you mean 'onDelete'?");
  expect(() => models.IntegerField({ maxDigits: 3 } as never)).toThrow("IntegerField has no option 'maxDigits'.");
});

test("so are those of constraints and indexes", () => {
  const condition = new models.Q({ a: 1 });
  expect(() => new models.UniqueConstraint({ name: "c", fields: ["a"], conditon: condition } as never)).toThrow(
    "UniqueConstraint has no option 'conditon'. Did you mean 'condition'?",
  );
  expect(() => new models.CheckConstraint({ name: "c", check: condition } as never)).toThrow(
    "CheckConstraint has no option 'check'.",
  );
  expect(() => new models.Index({ field: ["a"] } as never)).toThrow("Did you mean 'fields'?");
});
