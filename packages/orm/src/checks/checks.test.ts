import { describe, expect, test } from "vitest";

import { Field } from "../fields/field.ts";
import { defineModel } from "../models/define.ts";
import * as models from "../models/index.ts";
import type { MetaOptions } from "../models/meta.ts";
import { ModelRegistry } from "../models/registry.ts";
import { createConnection } from "../db/connections.ts";
import { checkModelOn } from "./database-rules.ts";
import { checkModels } from "./index.ts";

type Fields = Readonly<Record<string, unknown>>;
const { CASCADE } = models;

/** The ids of what is wrong with models, by name: fields, and options. */
function idsOf(definitions: Readonly<Record<string, readonly [Fields, MetaOptions?]>>): string[] {
  const registry = new ModelRegistry();
  for (const [name, [fields, meta = {}]] of Object.entries(definitions))
    defineModel(registry, "app", name, { fields: fields as Readonly<Record<string, Field>>, meta });
  return checkModels(registry.getModels()).map(({ id }) => id);
}

const oddField = (Class: new (options: object) => Field, options: object): Field => new Class(options);
const Char = models.CharField.Class as unknown as new (options: object) => Field;

describe("fields", () => {
  test.each<[string, unknown]>([
    ["", models.CharField({ maxLength: 5, choices: { a: "A" } })],
    ["", models.DateField({ default: () => "2026-01-01" })],
    ["fields.E004", oddField(Char, { maxLength: 5, choices: 5 })],
    ["fields.E005", models.CharField({ maxLength: 5, choices: [["a"]] as never })],
    ["fields.E006", oddField(Char, { maxLength: 5, dbIndex: "yes" })],
    ["fields.E007", models.CharField({ maxLength: 5, primaryKey: true, null: true })],
    ["fields.E008", models.IntegerField({ validators: ["x" as never] })],
    ["fields.E009", models.CharField({ maxLength: 2, choices: [["Group", [["abc", "Abc"]]]] })],
    ["fields.E010", models.JSONField({ default: {} })],
    ["", models.JSONField({ default: () => ({}) })],
    ["fields.E012", models.IntegerField({ dbDefault: new models.F("id") })],
    ["", models.DateTimeField({ dbDefault: new models.Now() })],
    ["fields.E120", models.CharField({})],
    ["fields.E121", models.CharField({ maxLength: 0 })],
    ["fields.W122", models.IntegerField({ maxLength: 4 })],
    ["fields.E130 fields.E132", models.DecimalField({})],
    ["fields.E131", models.DecimalField({ maxDigits: 3, decimalPlaces: -1 })],
    ["fields.E133", models.DecimalField({ maxDigits: 0, decimalPlaces: 0 })],
    ["fields.E134", models.DecimalField({ maxDigits: 3, decimalPlaces: 4 })],
    ["fields.E140", models.FilePathField({ allowFiles: false })],
    ["fields.E150", models.GenericIPAddressField({ blank: true })],
    ["fields.E160", models.DateField({ autoNow: true, autoNowAdd: true })],
    ["fields.W161", models.DateTimeField({ default: new Date() })],
    ["", models.DateTimeField({ default: new Date("2000-01-01") })],
    ["fields.E170", models.BinaryField({ default: "abc" })],
    ["fields.E201", models.FileField({ primaryKey: true })],
    ["fields.E202", models.FileField({ uploadTo: "/abs" })],
    ["tsgo.fields.E211", models.ImageField({ widthField: "wdth" })],
  ])("%j for the field of case %#", (ids, field) => {
    expect(idsOf({ Sample: [{ f: field }] }).join(" ")).toBe(ids);
  });

  test("of a class of one's own say what else is wrong with them", async () => {
    const { Warning } = await import("@tsgo/core/checks");
    class Loud extends Field<string> {
      override check() {
        return [new Warning("Too loud.", { id: "app.W001", obj: this })];
      }
    }
    expect(idsOf({ Sample: [{ f: new Loud() }] })).toEqual(["app.W001"]);
  });
});

const target = [{ code: models.CharField({ maxLength: 3 }), serial: models.IntegerField({ unique: true }) }] as const;

/** A foreign key, hidden unless it is given a name for the way back. */
function to(name: string, relatedName = "+"): unknown {
  return models.ForeignKey(name, { onDelete: CASCADE, ...(relatedName !== "" && { relatedName }) });
}

/** A number. */
const n = (): unknown => models.IntegerField();
const rule = (): models.UniqueConstraint => new models.UniqueConstraint({ name: "once", fields: ["a"] });
const index = (): models.Index => new models.Index({ name: "by_a", fields: ["a"] });

const shared = (): MetaOptions => ({ dbTable: "t", constraints: [rule()], indexes: [index()] });

describe("relations", () => {
  test.each<[string, unknown]>([
    ["", models.ForeignKey("Target", { onDelete: CASCADE })],
    ["", models.ForeignKey("Target", { onDelete: CASCADE, toField: "serial" })],
    ["fields.E300", models.ForeignKey("Traget", { onDelete: CASCADE })],
    ["fields.E303", models.ForeignKey("Target", { onDelete: CASCADE, relatedQueryName: "code" })],
    ["fields.E306", models.ForeignKey("Target", { onDelete: CASCADE, relatedName: "a b" })],
    ["fields.E308", models.ForeignKey("Target", { onDelete: CASCADE, relatedName: "a_" })],
    ["fields.E309", models.ForeignKey("Target", { onDelete: CASCADE, relatedName: "a__b" })],
    ["fields.E311", models.ForeignKey("Target", { onDelete: CASCADE, toField: "code" })],
    ["fields.E312", models.ForeignKey("Target", { onDelete: CASCADE, toField: "cod" })],
    ["fields.E320", models.ForeignKey("Target", { onDelete: models.SET_NULL })],
    ["fields.E320", models.ForeignKey("Target", { onDelete: models.DB_SET_NULL })],
    ["fields.E321", models.ForeignKey("Target", { onDelete: models.SET_DEFAULT })],
    ["fields.E322", models.ForeignKey("Target", { onDelete: models.DB_SET_DEFAULT })],
    ["fields.W342", models.ForeignKey("Target", { onDelete: CASCADE, unique: true })],
    ["fields.E330", models.ManyToManyField("Target", { unique: true })],
    ["fields.W340", models.ManyToManyField("Target", { null: true })],
    ["fields.W341", models.ManyToManyField("Target", { validators: [() => {}] })],
    ["fields.W345", models.ManyToManyField("self", { relatedName: "friends" })],
    ["fields.W346", models.ManyToManyField("Target", { dbComment: "x" })],
    ["fields.E331", models.ManyToManyField("Target", { through: "app.Nothing" })],
  ])("%j for the relation of case %#", (ids, field) => {
    expect(idsOf({ Target: [...target], Sample: [{ f: field }] }).join(" ")).toBe(ids);
  });

  test("two that go by one name back are told from each other", () => {
    expect(idsOf({ Target: [...target], Sample: [{ a: to("Target", ""), b: to("Target", "") }] })).toEqual([
      "fields.E304",
      "fields.E305",
      "fields.E304",
      "fields.E305",
    ]);
  });

  test.each<[string, Fields, object]>([
    ["", { a: to("Sample"), b: to("Target") }, {}],
    ["fields.E334", { a: to("Sample"), c: to("Sample"), b: to("Target") }, {}],
    ["fields.E335", { a: to("Sample"), b: to("Target"), c: to("Target") }, {}],
    ["", { a: to("Sample"), b: to("Target"), c: to("Target") }, { throughFields: ["a", "c"] }],
    ["fields.E336", { a: to("Sample") }, {}],
    ["fields.E337", { a: to("Sample"), b: to("Target") }, { throughFields: ["a"] }],
    ["fields.E338", { a: to("Sample"), b: to("Target") }, { throughFields: ["a", "x"] }],
    ["fields.E339", { a: to("Sample"), b: to("Target") }, { throughFields: ["b", "a"] }],
    ["fields.W343", { a: to("Sample"), b: to("Target") }, { limitChoicesTo: { code: "x" } }],
  ])("%j for the link model of case %#", (ids, fields, options) => {
    const many = models.ManyToManyField("Target", { through: "Link", ...options });
    const found = idsOf({ Target: [...target], Sample: [{ f: many }], Link: [fields] });
    expect([...new Set(found)].join(" ")).toBe(ids);
  });
});

describe("models", () => {
  test.each<[string, Fields, MetaOptions]>([
    ["", { a: n() }, { ordering: ["-a", "pk", "?"], uniqueTogether: ["id", "a"] }],
    ["models.E004", { id: n(), key: models.IntegerField({ primaryKey: true }) }, {}],
    ["models.E007", { a: models.IntegerField({ dbColumn: "x" }), x: n() }, {}],
    ["models.E012", { a: n() }, { uniqueTogether: ["a", "b"] }],
    ["models.E013", { a: models.ManyToManyField("self") }, { uniqueTogether: ["a"] }],
    ["models.E014", { a: n() }, { ordering: "a" as never }],
    ["models.E015", { a: n() }, { ordering: ["-b"] }],
    ["models.E015", { a: models.ForeignKey("self", { onDelete: CASCADE }) }, { ordering: ["a__b"] }],
    ["", { a: models.DateField() }, { ordering: ["a__year"] }],
    [
      "models.E021",
      { a: models.ForeignKey("self", { onDelete: CASCADE }) },
      { ordering: ["id"], orderWithRespectTo: "a" },
    ],
    ["models.E026", { a: models.IntegerField({ primaryKey: true }), b: models.IntegerField({ primaryKey: true }) }, {}],
    ["models.E012", { a: n() }, { constraints: [new models.UniqueConstraint({ name: "c", fields: ["b"] })] }],
    [
      "models.E012",
      { a: n() },
      { constraints: [new models.CheckConstraint({ name: "c", condition: new models.Q({ b__gt: 1 }) })] },
    ],
    [
      "models.E041",
      { a: models.ForeignKey("self", { onDelete: CASCADE }) },
      { constraints: [new models.CheckConstraint({ name: "c", condition: new models.Q({ a__id__gt: 1 }) })] },
    ],
    ["models.E033", { a: n() }, { indexes: [new models.Index({ name: "_x", fields: ["a"] })] }],
    [
      "models.E029",
      { a: n() },
      { indexes: [new models.Index({ name: "x", fields: ["a"] }), new models.Index({ name: "x", fields: ["-a"] })] },
    ],
  ])("%j for the model of case %#", (ids, fields, meta) => {
    expect(idsOf({ Sample: [fields, meta] }).join(" ")).toBe(ids);
  });

  test.each([
    ["models.E023", "_Sample"],
    ["models.E023", "Sample_"],
    ["models.E024", "Sam__ple"],
  ])("%s for a model called %s", (id, name) => {
    expect(idsOf({ [name]: [{}] })).toEqual([id]);
  });

  test("that share a table, an index or a constraint are told", () => {
    expect(idsOf({ A: [{ a: n() }, shared()], B: [{ a: n() }, shared()] })).toEqual([
      "models.E028",
      "models.E030",
      "models.E032",
    ]);
  });

  test("a check of the model's own is heard", async () => {
    const { Error: CheckError } = await import("@tsgo/core/checks");
    const registry = new ModelRegistry();
    const model = defineModel(registry, "app", "Sample", { fields: {} });
    Object.assign(model, { check: () => [new CheckError("No.", { id: "app.E001" })] });
    expect(checkModels([model]).map(({ id }) => id)).toEqual(["app.E001"]);
  });
});

const unique = (options: object): MetaOptions => ({
  constraints: [
    new models.UniqueConstraint({ name: "c", ...("expressions" in options ? {} : { fields: ["a"] }), ...options }),
  ],
});

describe("what a database does not know", () => {
  const Q = models.Q;
  const sum = models.GeneratedField({
    expression: new models.F("a").add(1),
    outputField: models.IntegerField(),
    dbPersist: false,
  });

  test.each<[ids: readonly [sqlite: string, postgresql: string, mariadb: string], Fields, MetaOptions]>([
    [["", "", ""], { a: n() }, unique({})],
    [["", "", "fields.W162"], { a: models.TextField({ dbIndex: true }) }, {}],
    [["fields.W163", "", ""], { a: models.IntegerField({ dbComment: "x" }) }, {}],
    [["", "fields.E221", ""], { a: n(), b: sum }, {}],
    [["models.W046", "", ""], { a: n() }, { dbTableComment: "x" }],
    [["", "", "models.W036"], { a: n() }, unique({ condition: new Q({ a: 1 }) })],
    [
      ["", "", "models.W037"],
      { a: n() },
      { indexes: [new models.Index({ name: "i", fields: ["a"], condition: new Q({ a: 1 }) })] },
    ],
    [["models.W038", "", "models.W038"], { a: n() }, unique({ deferrable: "deferred" })],
    [["models.W039", "", "models.W039"], { a: n() }, unique({ include: ["id"] })],
    [
      ["models.W040", "", "models.W040"],
      { a: n() },
      { indexes: [new models.Index({ name: "i", fields: ["a"], include: ["id"] })] },
    ],
    [
      ["", "", "models.W043"],
      { a: n() },
      { indexes: [new models.Index({ name: "i", expressions: [new models.F("a")] })] },
    ],
    [["", "", "models.W044"], { a: n() }, unique({ expressions: [new models.F("a")] })],
    [["models.W047", "", "models.W047"], { a: n() }, unique({ nullsDistinct: false })],
    [["", "", ""], { a: n() }, { ...unique({ nullsDistinct: false }), requiredDbVendor: "postgresql" }],
  ])("says %j for the model of case %#", (ids, fields, meta) => {
    const model = defineModel(new ModelRegistry(), "app", "Sample", {
      fields: fields as Readonly<Record<string, Field>>,
      meta,
    });
    const found = ["sqlite", "postgresql", "mariadb"].map((ENGINE) =>
      checkModelOn(model, createConnection(ENGINE, { ENGINE, NAME: ":memory:" }))
        .map(({ id }) => id)
        .join(" "),
    );
    expect(found).toEqual(ids);
  });
});
