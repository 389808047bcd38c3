import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { Vendor } from "../backends/base/wrapper.ts";
import { checkModels } from "../checks/index.ts";
import type { ModelClass } from "../models/model.ts";
import { register } from "../testdata/database.ts";
import { type TestDatabase, VENDORS, makeDatabase } from "../testdata/servers.ts";
import { WrittenModules } from "../testdata/written-modules.ts";
import { attributeNameOf, modelNameOf } from "./attribute-names.ts";
import { type InspectionOptions, inspectDatabase } from "./inspect-database.ts";
import { planModels } from "./plan-models.ts";
import { writeModels } from "./write-models.ts";

type Models = Readonly<Record<string, ModelClass>> & { readonly Odd: ModelClass };

async function inspected(connection: BaseWrapper, options: Partial<InspectionOptions> = {}): Promise<string> {
  const { tables, unreadable } = await inspectDatabase(connection, {
    tables: [],
    includeViews: false,
    includePartitions: false,
    ...options,
  });
  return writeModels(planModels(tables, "BigAutoField"), unreadable);
}

/** A model of the text, without the one-liners around it. */
function modelIn(text: string, name: string): string {
  return new RegExp(String.raw`(?:// [^\n]*\n)*export class ${name} [\s\S]*?\n\}\n`).exec(text)?.[0] ?? "";
}

/** Text that would be code, or end a comment or a text, if it were copied. */
const HOSTILE = [
  "x`${globalThis.pwned = 1}`",
  'x"; globalThis.pwned = 1; "',
  "*/ globalThis.pwned = 1; /*",
  "line\u2028globalThis.pwned = 1;",
  "line\rglobalThis.pwned = 1;",
  "line\nglobalThis.pwned = 1;",
  "</script>",
];

/** Names that are words of the language, or of every object and row, or no names at all. */
const ODD_NAMES = [
  "constructor",
  "class",
  "1a",
  "a-b",
  "a b",
  "a.b",
  'a"b',
  "a`b",
  "a'b",
  "id as x",
  "*",
  "(select 1)",
  "id desc; --",
  "__proto__",
  "prototype",
  "then",
  "save",
  "refresh_from_db",
  "pk",
  "_state",
  "toString",
  "größe",
  "名前",
  "UPPER_CASE",
  "camelCase",
  "camel_case",
  "x__y",
  "trailing_",
];

const modules = new WrittenModules();
afterAll(() => {
  modules.remove();
});

describe.each(VENDORS.map((vendor) => ({ vendor })))("inspectdb on $vendor", ({ vendor }) => {
  let database: TestDatabase;
  let connection: BaseWrapper;
  beforeAll(async () => {
    database = await makeDatabase(vendor, "inspection");
    connection = database.connection;
  });
  afterAll(async () => {
    await database.drop();
  });

  const quote = (name: string): string => connection.quoteName(name);
  const counted = (): string => COUNTED[vendor];
  const run = async (...statements: string[]): Promise<void> => {
    for (const sql of statements) await connection.execute(sql);
  };

  test("fields, keys and relations", async () => {
    await database.empty();
    await run(
      `CREATE TABLE org_team (${quote("id")} ${counted()}, name varchar(40) NOT NULL UNIQUE)`,
      "CREATE TABLE org_person (code varchar(8) NOT NULL PRIMARY KEY, nick varchar(20) NOT NULL UNIQUE, " +
        "team_id bigint NOT NULL, home_team_id bigint NULL, boss varchar(8) NULL, buddy_nick varchar(20) NULL UNIQUE, " +
        "salary numeric(10, 2) NULL, note text NULL, UNIQUE (team_id, nick), " +
        "FOREIGN KEY (team_id) REFERENCES org_team (id), FOREIGN KEY (home_team_id) REFERENCES org_team (id), " +
        "FOREIGN KEY (boss) REFERENCES org_person (code), FOREIGN KEY (buddy_nick) REFERENCES org_person (nick))",
      "CREATE TABLE org_seat (room varchar(4) NOT NULL, place integer NOT NULL, owner varchar(8) NULL, PRIMARY KEY (room, place), " +
        "FOREIGN KEY (owner) REFERENCES org_person (code))",
      "CREATE TABLE org_ticket (number integer NOT NULL PRIMARY KEY, room varchar(4) NOT NULL, place integer NOT NULL, " +
        "FOREIGN KEY (room, place) REFERENCES org_seat (room, place))",
      "CREATE TABLE org_loose (a integer NULL, b integer NULL)",
    );
    const text = await inspected(connection);
    expect(modelIn(text, "OrgTeam")).toBe(`export class OrgTeam extends models.Model<OrgTeam>()({
  name: models.CharField({ maxLength: 40, unique: true }),
}) {
  static meta = { managed: false, dbTable: "org_team" } satisfies models.Meta<OrgTeam>;
  declare orgPersonSet: models.RelatedManager<OrgPerson>;
  declare orgPersonHomeTeamSet: models.RelatedManager<OrgPerson>;
}
`);
    const decimal = "models.DecimalField({ maxDigits: 10, decimalPlaces: 2, null: true, blank: true })";
    expect(modelIn(text, "OrgPerson")).toBe(`export class OrgPerson extends models.Model<OrgPerson>()({
  code: models.CharField({ maxLength: 8, primaryKey: true }),
  nick: models.CharField({ maxLength: 20, unique: true }),
  team: models.ForeignKey<OrgTeam>("OrgTeam", { onDelete: models.DO_NOTHING }),
  homeTeam: models.ForeignKey<OrgTeam>("OrgTeam", {
    onDelete: models.DO_NOTHING,
    null: true,
    blank: true,
    relatedName: "orgPersonHomeTeamSet",
  }),
  boss: models.ForeignKey<OrgPerson>("OrgPerson", {
    onDelete: models.DO_NOTHING,
    null: true,
    blank: true,
    dbColumn: "boss",
  }),
  buddyNick: models.OneToOneField<OrgPerson>("OrgPerson", {
    onDelete: models.DO_NOTHING,
    toField: "nick",
    null: true,
    blank: true,
    dbColumn: "buddy_nick",
    relatedName: "orgPersonBuddyNick",
  }),
  salary: ${decimal},
  note: models.TextField({ null: true, blank: true }),
}) {
  static meta = {
    managed: false,
    dbTable: "org_person",
    uniqueTogether: [["team", "nick"]],
  } satisfies models.Meta<OrgPerson>;
  declare orgPersonSet: models.RelatedManager<OrgPerson>;
  declare orgSeatSet: models.RelatedManager<OrgSeat>;
}
`);
    expect(modelIn(text, "OrgSeat")).toContain('  pk: models.CompositePrimaryKey("room", "place"),\n');
    expect(modelIn(text, "OrgTicket")).toContain(
      '  // "room", "place" together refer to "org_seat".\n  room: models.CharField({ maxLength: 4 }),\n',
    );
    expect(modelIn(text, "OrgLoose")).toContain(
      "  // The database knows no primary key here: say which column, or columns, tell the rows apart.\n" +
        "  a: models.IntegerField({ primaryKey: true }),\n",
    );
    const some = await inspected(connection, { tables: ["org_seat", "nowhere"] });
    expect(some).toContain(
      '  // It refers to "org_person" ("code"), which is not in this file.\n  owner: models.CharField(',
    );
    expect(some).toContain('// The table "nowhere" was left out: there is no such table');
    expect(some).not.toContain("class OrgTeam");
    modules.write(`${vendor}-org.ts`, text);
  });

  test("NODE-27, NODE-21: what a database calls its things is never code", async () => {
    await database.empty();
    const columns = ODD_NAMES.filter((name) => isPossible(name, vendor));
    const texts = HOSTILE.filter((name) => isPossible(name, vendor));
    await run(
      `CREATE TABLE ${quote("odd")} (${quote("id")} ${counted()}, ${columns.map((name) => `${quote(name)} varchar(20) NULL`).join(", ")})`,
      ...texts.map(
        (name, at) =>
          `CREATE TABLE ${quote(name)} (${quote("id")} ${counted()}, ${quote(name)} varchar(${20 + at}) NULL)`,
      ),
      ...toldTable(connection, texts),
    );
    const text = await inspected(connection);
    const path = modules.write(`${vendor}-odd.ts`, text);
    const exported = (await import(path)) as Models;
    expect(globalThis).not.toHaveProperty("pwned");
    register(`odd_${vendor}`, ...Object.values(exported));
    const { Odd } = exported;
    expect(checkModels(Object.values(exported)).map(({ msg }) => msg)).toEqual([]);
    expect(Odd._meta.localConcreteFields.map(({ column }) => column)).toEqual(["id", ...columns]);
    const names = Odd._meta.localFields.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const values = Object.fromEntries(Odd._meta.localFields.slice(1).map(({ name }, at) => [name, `value ${at}`]));
    const made = await Odd.objects.create(values);
    const read = await Odd.objects.get({ pk: made.pk });
    expect(read).toMatchObject(values);
    const tables = Object.values(exported).map((model) => model._meta.dbTable);
    expect(tables).toEqual(expect.arrayContaining(texts));
    for (const model of Object.values(exported)) expect(await model.objects.count()).toBeGreaterThanOrEqual(0);
  });

  test("NODE-27: comments that name tables end with their line", async () => {
    await database.empty();
    const [target = ""] = HOSTILE.filter((text) => text.includes("\u2028"));
    await run(
      `CREATE TABLE ${quote(target)} (${quote("id")} ${counted()})`,
      `CREATE TABLE pointer (${quote("id")} ${counted()}, t bigint NULL, FOREIGN KEY (t) REFERENCES ${quote(target)} (${quote("id")}))`,
    );
    const text = await inspected(connection, { tables: ["pointer", target.replace("line", "nowhere")] });
    expect(text).toContain("which is not in this file");
    await import(modules.write(`${vendor}-pointer.ts`, text));
    expect(globalThis).not.toHaveProperty("pwned");
  });

  test("names in quotes are left out with a word", async () => {
    await database.empty();
    const [quotes = ""] = quote("x");
    const doubled = `${quotes}${quotes}${quotes}x${quotes}${quotes}${quotes}`;
    await run(`CREATE TABLE ${doubled} (a integer)`, `CREATE TABLE fine (${doubled} integer)`);
    const text = await inspected(connection);
    expect(text.match(/^\/\/ The table .* begins and ends with a quote/gm)).toHaveLength(2);
    expect(text).not.toContain("class");
    await run(`DROP TABLE ${doubled}`);
  });

  test("views are there on demand", async () => {
    await database.empty();
    await run("DROP VIEW IF EXISTS busy", `CREATE TABLE work (${quote("id")} ${counted()}, title varchar(9) NOT NULL)`);
    await run("CREATE VIEW busy AS SELECT id, title FROM work");
    expect(await inspected(connection)).not.toContain("Busy");
    const text = await inspected(connection, { includeViews: true });
    expect(modelIn(text, "Busy")).toMatch(
      /^\/\/ A view: .*\nexport class Busy [\s\S]*\n {2}id: models\.\w+\(\{ primaryKey: true/,
    );
    expect(await inspected(connection, { tables: ["busy"] })).toContain("class Busy");
    modules.write(`${vendor}-views.ts`, text);
    await run("DROP VIEW busy");
  });

  test.runIf(vendor === "postgresql")(
    "partitions, comments, collations, identities and enumerations of PostgreSQL",
    async () => {
      await database.empty();
      await run(
        "DROP TYPE IF EXISTS mood",
        "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
        'CREATE TABLE thing (id smallint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, m mood NOT NULL, t text COLLATE "C" NOT NULL, ' +
          "u uuid NOT NULL, v varchar NOT NULL, i inet NULL, a integer[] NULL, d interval NOT NULL, n numeric NULL, ts timestamp(3) NOT NULL, " +
          "full_name text GENERATED ALWAYS AS (t || '!') STORED)",
        "COMMENT ON TABLE thing IS 'All things'",
        "COMMENT ON COLUMN thing.u IS 'Who?'",
        "CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at)",
        "CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
      );
      const text = await inspected(connection);
      expect(text).not.toContain("Log2024");
      expect(await inspected(connection, { includePartitions: true })).toContain("class Log2024");
      expect(modelIn(text, "Thing")).toBe(`export class Thing extends models.Model<Thing>()({
  id: models.SmallAutoField({ primaryKey: true }),
  m: models.CharField({ maxLength: 7, choices: [["sad", "sad"], ["it's ok", "it's ok"]] }),
  t: models.TextField({ dbCollation: "C" }),
  u: models.UUIDField({ dbComment: "Who?" }),
  v: models.TextField(),
  i: models.GenericIPAddressField({ null: true, blank: true }),
  // The type "integer[]" has no field of its own: a guess.
  a: models.TextField({ null: true, blank: true }),
  d: models.DurationField(),
  // The database does not say how many digits it has: a guess.
  n: models.DecimalField({ maxDigits: 30, decimalPlaces: 15, null: true, blank: true }),
  ts: models.DateTimeField(),
  fullName: models.GeneratedField({
    expression: new models.RawSQL("(t || '!'::text)"),
    outputField: models.TextField(),
    dbPersist: true,
  }),
}) {
  static meta = {
    managed: false,
    dbTable: "thing",
    dbTableComment: "All things",
  } satisfies models.Meta<Thing>;
}
`);
      modules.write("postgresql-thing.ts", text);
      await run("DROP TABLE thing, log", "DROP TYPE mood");
    },
  );

  test.runIf(vendor === "mysql")("types of MariaDB", async () => {
    await database.empty();
    await run(
      "CREATE TABLE thing (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, e enum('a','it''s') NOT NULL, b tinyint(1) NOT NULL, " +
        "n int unsigned NOT NULL COMMENT 'How many?', j json NULL, t varchar(9) COLLATE utf8mb4_bin NOT NULL, d datetime(6) NOT NULL, " +
        "bits bit(3) NULL, total int GENERATED ALWAYS AS (n + 1) VIRTUAL) COLLATE utf8mb4_general_ci COMMENT 'All things'",
    );
    const text = await inspected(connection);
    expect(modelIn(text, "Thing")).toBe(`export class Thing extends models.Model<Thing>()({
  e: models.CharField({ maxLength: 4, choices: [["a", "a"], ["it's", "it's"]] }),
  b: models.BooleanField(),
  n: models.PositiveIntegerField({ dbComment: "How many?" }),
  j: models.JSONField({ null: true, blank: true }),
  t: models.CharField({ maxLength: 9, dbCollation: "utf8mb4_bin" }),
  d: models.DateTimeField(),
  // The type "bit(3)" has no field of its own: a guess.
  bits: models.TextField({ null: true, blank: true }),
  total: models.GeneratedField({
    expression: new models.RawSQL("\`n\` + 1"),
    outputField: models.IntegerField(),
    dbPersist: false,
  }),
}) {
  static meta = {
    managed: false,
    dbTable: "thing",
    dbTableComment: "All things",
  } satisfies models.Meta<Thing>;
}
`);
    modules.write("mysql-thing.ts", text);
  });

  test.runIf(vendor === "sqlite")("what only the text of CREATE TABLE tells, on SQLite", async () => {
    await database.empty();
    await run(
      `CREATE TABLE "thing" (id integer PRIMARY KEY, -- the "row", COLLATE nothing
         "t" varchar(9) COLLATE "NOCASE" NOT NULL, [j] text CHECK (JSON_VALID("j") OR "j" IS NULL), "other" text,
         parent REFERENCES thing, "len" integer GENERATED ALWAYS AS (LENGTH("t") + 1) STORED, n unsigned big int,
         CHECK ("other" <> 'COLLATE x'))`,
    );
    expect(modelIn(await inspected(connection), "Thing")).toBe(`export class Thing extends models.Model<Thing>()({
  t: models.CharField({ maxLength: 9, dbCollation: "NOCASE" }),
  j: models.JSONField({ null: true, blank: true }),
  other: models.TextField({ null: true, blank: true }),
  parent: models.ForeignKey<Thing>("Thing", {
    onDelete: models.DO_NOTHING,
    null: true,
    blank: true,
    dbColumn: "parent",
  }),
  len: models.GeneratedField({
    expression: new models.RawSQL("LENGTH ( \\"t\\" ) + 1"),
    outputField: models.IntegerField(),
    dbPersist: true,
  }),
  // The type "unsigned big int" has no field of its own: a guess.
  n: models.TextField({ null: true, blank: true }),
}) {
  static meta = { managed: false, dbTable: "thing" } satisfies models.Meta<Thing>;
  declare thingSet: models.RelatedManager<Thing>;
}
`);
  });
});

const COUNTED: Readonly<Record<Vendor, string>> = {
  sqlite: "integer NOT NULL PRIMARY KEY AUTOINCREMENT",
  postgresql: "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
  mysql: "bigint AUTO_INCREMENT PRIMARY KEY",
};

/** The driver of MariaDB reads no column of this name. */
function isPossible(name: string, vendor: Vendor): boolean {
  return vendor !== "mysql" || name !== "__proto__";
}

/** A table whose comments and enumerations have these texts. */
function toldTable(connection: BaseWrapper, texts: readonly string[]): string[] {
  const { vendor, operations } = connection;
  if (vendor === "sqlite") return [];
  const values = texts.map((text) => operations.quoteValue(text)).join(", ");
  const comment = operations.quoteValue(texts.join(""));
  const id = `${connection.quoteName("id")} ${COUNTED[vendor]}`;
  if (vendor === "mysql")
    return [`CREATE TABLE told (${id}, e enum(${values}) NULL COMMENT ${comment}) COMMENT ${comment}`];
  return [
    `CREATE TYPE odd_enum AS ENUM (${values})`,
    `CREATE TABLE told (${id}, e odd_enum NULL)`,
    `COMMENT ON TABLE told IS ${comment}`,
    `COMMENT ON COLUMN told.e IS ${comment}`,
  ];
}

test("everything that was written compiles", { timeout: 120_000 }, () => {
  expect(modules.compile()).toBe("");
});

describe("names", () => {
  test.each([
    ["polls_question", "PollsQuestion"],
    ["PollsQuestion", "PollsQuestion"],
    ["CUSTOMERS", "Customers"],
    ["1st", "Model1st"],
    ["object", "ObjectModel"],
    ["größe", "GroE"],
    ["名前", "Model"],
    ["public.users", "PublicUsers"],
  ])("the table %s", (table, name) => {
    expect(modelNameOf(table)).toBe(name);
  });

  test.each([
    ["pub_date", "pubDate"],
    ["pubDate", "pubDate"],
    ["ID", "id"],
    ["2nd_name", "number2ndName"],
    ["pk", "pkField"],
    ["save", "saveField"],
    ["has_own_property", "hasOwnPropertyField"],
    ["名前", "field"],
  ])("the column %s", (column, name) => {
    expect(attributeNameOf(column)).toBe(name);
  });
});
