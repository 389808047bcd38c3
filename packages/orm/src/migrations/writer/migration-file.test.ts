import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Decimal } from "decimal.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { BooleanField } from "../../fields/boolean.ts";
import { DateField } from "../../fields/dates.ts";
import { ForeignKey } from "../../fields/foreign-key.ts";
import { JSONField } from "../../fields/json.ts";
import { DecimalField, IntegerField } from "../../fields/numbers.ts";
import { CharField } from "../../fields/text.ts";
import { Q } from "../../expressions/q.ts";
import { CheckConstraint } from "../../models/constraints/check.ts";
import { Index } from "../../models/indexes.ts";
import { CASCADE } from "../../models/on-delete.ts";
import { Temporal } from "../../values/temporal.ts";
import { Migration } from "../migration.ts";
import { AddConstraint } from "../operations/add-constraint.ts";
import { AddField } from "../operations/add-field.ts";
import { AddIndex } from "../operations/add-index.ts";
import { CreateModel } from "../operations/create-model.ts";
import type { Operation } from "../operations/operation.ts";
import { RunSQL } from "../operations/run-sql.ts";
import { sameDefinition } from "../state/definition.ts";
import { migrationFile } from "./migration-file.ts";
import { UnserializableError } from "./unserializable.ts";

function fileOf(...operations: Operation[]): string {
  return migrationFile(new Migration({ operations }, ["polls", "0002_x"]));
}

function addInteger(value: unknown): Operation {
  return new AddField({ modelName: "Q", name: "x", field: new IntegerField({ default: value }) });
}

function addText(value: unknown): Operation {
  return new AddField({ modelName: "Q", name: "x", field: new CharField({ maxLength: 9, default: value }) });
}

function addCheck(condition: Q): Operation {
  return new AddConstraint({ modelName: "Q", constraint: new CheckConstraint({ name: "c", condition }) });
}

class LoudField extends CharField {}
class OddCheck extends CheckConstraint {}

function defaultVotes(): number {
  return 7;
}

const digits = { maxDigits: 5, decimalPlaces: 2 };

function operationsWith(text: string): Operation[] {
  return [
    new CreateModel({
      name: "Thing",
      fields: {
        x: new CharField({
          maxLength: 100,
          default: text,
          helpText: text,
          verboseName: text,
          choices: [[text, text]],
          dbComment: text,
          dbColumn: text,
        }),
        ok: new BooleanField({ default: false }),
        day: new DateField({ null: true }),
        data: new JSONField({ default: () => ({}) }),
        price: new DecimalField({ ...digits, default: new Decimal("0.5") }),
      },
      options: { verboseName: text, permissions: [[text, text]], [text]: text, dbTable: text },
    }),
    new AddIndex({
      modelName: "Thing",
      index: new Index({ fields: ["x"], name: "i", condition: new Q({ x: text }) }),
    }),
    new AddConstraint({
      modelName: "Thing",
      constraint: new CheckConstraint({ name: "c", condition: new Q({ x: text }).not() }),
    }),
    new RunSQL({ sql: text, reverseSql: [[text, [text]]] }),
  ];
}

test("a class of one's own is imported, with or without saying where it comes from", () => {
  const modules = [{ specifier: "../fields.ts", exports: { LoudField, OddCheck } }];
  const operations = [
    new AddField({ modelName: "Q", name: "x", field: new LoudField({ maxLength: 9 }) }),
    new AddConstraint({ modelName: "Q", constraint: new OddCheck({ name: "c", condition: new Q({ x: "y" }) }) }),
  ];
  const text = migrationFile(new Migration({ operations }, ["polls", "0002_x"]), { modules });
  expect(text).toContain('import { LoudField, OddCheck } from "../fields.ts";');
  expect(text).toContain("new LoudField({ maxLength: 9 })");
  expect(text).toContain('new OddCheck({ name: "c", condition: new models.Q({ x: "y" }) })');
  for (const operation of operations) expect(() => fileOf(operation)).toThrow(UnserializableError);
});

describe("the file of a migration", () => {
  test("reads like one written by hand", () => {
    const migration = new Migration(
      {
        initial: true,
        dependencies: [["auth", "0001_initial"], { setting: "AUTH_USER_MODEL" }],
        operations: [
          new CreateModel({
            name: "Question",
            fields: {
              questionText: new CharField({ maxLength: 200 }),
              owner: new ForeignKey("auth.User", {
                onDelete: CASCADE,
                relatedName: "questions",
                verboseName: "the one who asks",
              }),
            },
            options: { ordering: ["-pubDate"] },
          }),
        ],
      },
      ["polls", "0001_initial"],
    );
    expect(migrationFile(migration, { header: "Made by hand." })).toBe(`// Made by hand.

import { migrations, models } from "tsgo/db";

export default new migrations.Migration({
  initial: true,
  dependencies: [["auth", "0001_initial"], migrations.swappableDependency("AUTH_USER_MODEL")],
  operations: [
    new migrations.CreateModel({
      name: "Question",
      fields: {
        questionText: models.CharField({ maxLength: 200 }),
        owner: models.ForeignKey("auth.User", {
          onDelete: models.CASCADE,
          relatedName: "questions",
          verboseName: "the one who asks",
        }),
      },
      options: { ordering: ["-pubDate"] },
    }),
  ],
});
`);
  });

  test("is the same each time", () => {
    const [once, again] = [0, 0].map((value) => fileOf(addInteger(value)));
    expect(once).toBe(again);
  });

  test("says what a default is made of", () => {
    const text = fileOf(
      addText(new Decimal("1.50")),
      addText(10n),
      addText(Temporal.PlainDate.from("2024-02-29")),
      addText(new Date(0)),
      addText(new Uint8Array([1, 2])),
      addText(/a"b/giu),
      addText(-0),
      addText(Number.NaN),
      addText(() => ({})),
      addText(() => ({ tags: ["it's", null], "a b": -1.5 })),
    );
    expect(text).toContain('import { Decimal, Temporal, migrations, models } from "tsgo/db";');
    for (const code of [
      'new Decimal("1.5")',
      "10n",
      'Temporal.PlainDate.from("2024-02-29")',
      'new Date("1970-01-01T00:00:00.000Z")',
      "new Uint8Array([1, 2])",
      'new RegExp("a\\"b", "giu")',
      "default: -0",
      "Number.NaN",
      "default: () => ({})",
      'default: () => ({ tags: ["it\'s", null], "a b": -1.5 })',
    ])
      expect(text).toContain(code);
  });

  test("imports functions by the name under which a module exports them", () => {
    const migration = new Migration({ operations: [addInteger(defaultVotes)] }, ["polls", "0002_x"]);
    const text = migrationFile(migration, {
      modules: [{ specifier: "../models.ts", exports: { startVotes: defaultVotes } }],
    });
    expect(text).toContain('import { startVotes } from "../models.ts";');
    expect(text).toContain("default: startVotes");
  });

  test("two exports of one name get names of their own", () => {
    const [a, b] = [(): number => 1, (): number => 2];
    const text = migrationFile(new Migration({ operations: [addInteger(a), addInteger(b)] }, ["polls", "0002_x"]), {
      modules: [
        { specifier: "../a.ts", exports: { make: a } },
        { specifier: "../b.ts", exports: { make: b } },
      ],
    });
    expect(text).toContain('import { make } from "../a.ts";\nimport { make as make2 } from "../b.ts";');
  });

  test("a function that nothing exports is refused, with the place and the way out", () => {
    const operation = new AddField({
      modelName: "Q",
      name: "x",
      field: new IntegerField({ default: () => Date.now() }),
    });
    expect(() => fileOf(operation)).toThrow(UnserializableError);
    expect(() => fileOf(operation)).toThrow(/default is the function.*Export it by a name/s);
  });

  test("conditions read as they were written", () => {
    const text = fileOf(
      addCheck(new Q({ votes__gt: 3 })),
      addCheck(new Q({ votes__gt: 3 }).or(new Q({ text: "x" }))),
      addCheck(new Q({ votes__gt: 3 }).not()),
    );
    expect(text).toContain("condition: new models.Q({ votes__gt: 3 }),");
    expect(text).toContain('condition: new models.Q({ votes__gt: 3 }).or(new models.Q({ text: "x" }))');
    expect(text).toContain("condition: new models.Q({ votes__gt: 3 }).not()");
  });
});

describe("hostile texts in a migration", () => {
  const hostile = [
    "`${process.exit()}`",
    '"; process.exit(); "',
    "*/ process.exit() /*",
    "\u2028process.exit()\u2029",
    "\r\nprocess.exit()",
    "</script><script>",
    "\\",
    "\\u0022; process.exit()",
    "${process.exit()}",
    "__proto__",
    "constructor",
    "a\0b",
  ];
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tsgo-migration-"));
    const source = resolve(import.meta.dirname, "..", "..");
    const decimals = resolve(source, "..", "..", "..", "node_modules", "decimal.js", "decimal.mjs");
    writeFileSync(
      join(folder, "db.ts"),
      `export { Decimal } from ${JSON.stringify(decimals)};
export * as migrations from ${JSON.stringify(join(source, "migrations", "index.ts"))};
import { CharField } from ${JSON.stringify(join(source, "fields", "text.ts"))};
import { BooleanField } from ${JSON.stringify(join(source, "fields", "boolean.ts"))};
import { DateField } from ${JSON.stringify(join(source, "fields", "dates.ts"))};
import { JSONField } from ${JSON.stringify(join(source, "fields", "json.ts"))};
import { DecimalField, IntegerField } from ${JSON.stringify(join(source, "fields", "numbers.ts"))};
import { Q } from ${JSON.stringify(join(source, "expressions", "q.ts"))};
import { Index } from ${JSON.stringify(join(source, "models", "indexes.ts"))};
import { CheckConstraint } from ${JSON.stringify(join(source, "models", "constraints", "check.ts"))};
export const models = {
  CharField: (o) => new CharField(o), BooleanField: (o) => new BooleanField(o), DateField: (o) => new DateField(o),
  JSONField: (o) => new JSONField(o), DecimalField: (o) => new DecimalField(o), IntegerField: (o) => new IntegerField(o),
  Q, Index, CheckConstraint,
};
`,
    );
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function roundTrip(name: string, operations: Operation[]): Promise<Migration> {
    const text = fileOf(...operations).replace('"tsgo/db"', '"./db.ts"');
    const file = join(folder, `${name}.ts`);
    writeFileSync(file, text);
    const module = (await import(/* @vite-ignore */ file)) as { default: Migration };
    return module.default;
  }

  test.each(hostile.map((text, index) => [JSON.stringify(text), text, index] as const))(
    "NODE-27: %s stays a text in a migration that is written and imported",
    async (_shown, text, index) => {
      const operations = operationsWith(text);
      const migration = await roundTrip(`m${index}`, operations);
      expect(migration.operations).toHaveLength(operations.length);
      for (const [at, operation] of operations.entries())
        expect(sameDefinition(migration.operations[at]?.deconstruct(), operation.deconstruct())).toBe(true);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});
