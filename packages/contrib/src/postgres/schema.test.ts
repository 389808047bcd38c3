// Indexes, exclusions and operations, in the database and as migrations write them.

import { Migration } from "../../../orm/src/migrations/migration.ts";
import { applyOperations, unapplyOperations } from "../../../orm/src/migrations/run/apply-operations.ts";
import { ProjectState } from "../../../orm/src/migrations/state/project-state.ts";
import { migrationFile } from "../../../orm/src/migrations/writer/migration-file.ts";
import { schemaEditor } from "@tsgo/orm/schema";
import { NotSupportedError, migrations, models } from "tsgo/db";
import {
  ArrayField,
  BTreeIndex,
  BloomIndex,
  BrinIndex,
  BtreeGistExtension,
  CreateCollation,
  CreateExtension,
  DateTimeRangeField,
  ExclusionConstraint,
  GinIndex,
  GistIndex,
  HStoreExtension,
  HashIndex,
  IntegerRangeField,
  Range,
  RangeBoundary,
  RangeOperators,
  RandomUUID,
  RemoveCollation,
  SpGistIndex,
  TransactionNow,
} from "tsgo/contrib/postgres";
import { describe, expect, test } from "vitest";

import { hasPostgresql, useTables } from "./testdata/database.ts";

class TsTzRange extends models.Func {
  override readonly function = "TSTZRANGE";
}

class Booking extends models.Model<Booking>()({
  room: models.IntegerField(),
  during: DateTimeRangeField(),
  cancelled: models.BooleanField({ default: false }),
  begins: models.DateTimeField({ null: true }),
  ends: models.DateTimeField({ null: true }),
}) {
  static meta = {
    constraints: [
      new ExclusionConstraint({
        name: "no_double_booking",
        expressions: [
          ["room", RangeOperators.EQUAL],
          ["during", RangeOperators.OVERLAPS],
        ],
        condition: new models.Q({ cancelled: false }),
        violationErrorMessage: "The room is taken.",
      }),
      new ExclusionConstraint({
        name: "no_double_times",
        expressions: [
          [new models.OpClass("room", "gist_int4_ops"), "="],
          [new TsTzRange("begins", "ends", new RangeBoundary()), "&&"],
        ],
        include: ["cancelled"],
        condition: new models.Q({ begins__isnull: false }),
      }),
    ],
    indexes: [
      new GistIndex({ fields: ["during"], name: "during_gist", fillfactor: 80, buffering: false }),
      new BrinIndex({ fields: ["begins"], pagesPerRange: 16, autosummarize: true }),
      new HashIndex({ fields: ["room"] }),
      new BTreeIndex({ fields: ["-ends"], deduplicateItems: false }),
    ],
  } satisfies models.Meta<Booking>;
}

class Tagged extends models.Model<Tagged>()({
  tags: ArrayField({ baseField: models.CharField({ maxLength: 10 }) }),
  title: models.CharField({ maxLength: 50 }),
  uuid: models.UUIDField({ dbDefault: new RandomUUID() }),
  made: models.DateTimeField({ dbDefault: new TransactionNow() }),
}) {
  static meta = {
    indexes: [
      new GinIndex({ fields: ["tags"], fastupdate: false }),
      new GinIndex({
        expressions: [new models.OpClass(new models.Upper("title"), "gin_trgm_ops")],
        name: "title_trgm",
      }),
      new SpGistIndex({ fields: ["title"], name: "title_spgist", condition: new models.Q({ title__gt: "a" }) }),
    ],
  } satisfies models.Meta<Tagged>;
}

const tables = useTables("schema", Booking, Tagged);
const hours = (from: number, to: number): Range<Date> =>
  new Range(new Date(Date.UTC(2024, 0, 1, from)), new Date(Date.UTC(2024, 0, 1, to)));

describe.skipIf(!hasPostgresql)("an exclusion", () => {
  test("is kept by the database, and told by validation before", async () => {
    await Booking.objects.create({ room: 1, during: hours(8, 10) });
    await Booking.objects.create({ room: 2, during: hours(8, 10) });
    await Booking.objects.create({ room: 1, during: hours(9, 11), cancelled: true });
    const clash = new Booking({ room: 1, during: hours(9, 11) });
    await expect(clash.save()).rejects.toThrow("no_double_booking");
    await expect(clash.fullClean()).rejects.toThrow("The room is taken.");
    await expect(clash.fullClean({ exclude: ["room"] })).resolves.toBeUndefined();
    clash.during = hours(10, 11);
    await clash.fullClean();
    await clash.save();
    await clash.fullClean();
    const [from, to] = [new Date(Date.UTC(2024, 1, 1)), new Date(Date.UTC(2024, 1, 3))];
    await Booking.objects.create({ room: 5, during: hours(1, 2), begins: from, ends: to });
    const again = new Booking({ room: 5, during: hours(3, 4), begins: from, ends: to });
    await expect(again.fullClean()).rejects.toThrow("no_double_times");
  });

  test.each([
    [{ expressions: [] }, "needs expressions"],
    [{ expressions: [["room", "= ); DROP"]] }, "not an operator"],
    [{ expressions: [["room", "="]], indexType: "x; --" }, "indexType"],
    [{ expressions: [["room", "="]], deferrable: "deferred", condition: new models.Q({ room: 1 }) }, "deferrable"],
  ])("made with %j is refused", (options, message) => {
    expect(() => new ExclusionConstraint({ name: "x", ...options } as never)).toThrow(message);
  });
});

test.skipIf(!hasPostgresql)("indexes are made with their method and parameters, under Django's names", async () => {
  const { rows } = await tables.connection.execute(
    "SELECT indexdef FROM pg_indexes WHERE tablename IN ('extras_booking', 'extras_tagged') AND indexname NOT LIKE '%pkey' ORDER BY indexname",
  );
  const definitions = rows.map(([definition]) =>
    String(definition).replace(/^CREATE (?:UNIQUE )?INDEX (\S+) ON \S+ /, "$1 "),
  );
  expect(definitions.toSorted()).toEqual([
    "during_gist USING gist (during) WITH (buffering=off, fillfactor='80')",
    expect.stringMatching(
      /^extras_book_begins_[0-9a-f]{6}_brin USING brin \(begins\) WITH \(autosummarize='?on'?, pages_per_range='?16'?\)$/,
    ),
    expect.stringMatching(
      /^extras_book_ends_[0-9a-f]{6}_btree USING btree \(ends DESC\) WITH \(deduplicate_items=off\)$/,
    ),
    expect.stringMatching(/^extras_book_room_[0-9a-f]{6}_hash USING hash \(room\)$/),
    expect.stringMatching(/^extras_tagg_tags_[0-9a-f]{6}_gin USING gin \(tags\) WITH \(fastupdate=off\)$/),
    "no_double_booking USING gist (room, during) WHERE (NOT cancelled)",
    "no_double_times USING gist (room, tstzrange(begins, ends, '[)'::text)) INCLUDE (cancelled) WHERE (begins IS NOT NULL)",
    "title_spgist USING spgist (title) WHERE ((title)::text > 'a'::text)",
    "title_trgm USING gin (upper((title)::text) gin_trgm_ops)",
  ]);
  const tagged = await Tagged.objects.create({ tags: [], title: "x" });
  await tagged.refreshFromDb();
  expect(tagged.uuid).toMatch(/^[0-9a-f-]{36}$/);
  expect(tagged.made).toBeInstanceOf(Date);
});

test.skipIf(!hasPostgresql)("extensions and collations come and go with migrations", async () => {
  const { connection } = tables;
  const operations = [
    new CreateExtension({ name: "cube" }),
    new CreateCollation({ name: "no case", locale: "und-u-ks-level2", provider: "icu", deterministic: false }),
  ];
  const found = async (): Promise<unknown> =>
    (
      await connection.execute(
        "SELECT (SELECT count(*) FROM pg_extension WHERE extname = 'cube'), (SELECT count(*) FROM pg_collation WHERE collname = 'no case')",
      )
    ).rows[0];
  const migration = new Migration({ operations }, ["extras", "0001"]);
  await schemaEditor(connection, (editor) => applyOperations(editor, migration, new ProjectState()));
  expect(await found()).toEqual([1, 1]);
  await schemaEditor(connection, (editor) => unapplyOperations(editor, migration, new ProjectState()));
  expect(await found()).toEqual([0, 0]);
  const wrong = new CreateCollation({ name: "x", locale: "de", deterministic: false });
  await expect(
    schemaEditor(connection, (editor) =>
      applyOperations(editor, new Migration({ operations: [wrong] }, ["a", "b"]), new ProjectState()),
    ),
  ).rejects.toThrow(NotSupportedError);
});

test("migrations import what they need from the package", () => {
  const migration = new Migration(
    {
      operations: [
        new HStoreExtension(),
        new BtreeGistExtension(),
        new CreateExtension({ name: "ltree" }),
        new RemoveCollation({ name: "x", locale: "de" }),
        new migrations.CreateModel({
          name: "Tagged",
          fields: {
            tags: new ArrayField.Class({ baseField: models.CharField({ maxLength: 10 }), size: 3 }),
            ages: new IntegerRangeField.Class({ null: true }),
          },
          options: {},
        }),
        new migrations.AddIndex({
          modelName: "Tagged",
          index: new GinIndex({ fields: ["tags"], name: "g", fastupdate: false }),
        }),
        new migrations.AddConstraint({
          modelName: "Tagged",
          constraint: new ExclusionConstraint({
            name: "e",
            expressions: [[new models.OpClass("ages", "range_ops"), "&&"]],
          }),
        }),
      ],
    },
    ["extras", "0001_initial"],
  );
  expect(migrationFile(migration)).toMatchInlineSnapshot(`
    "import { ArrayField, BtreeGistExtension, CreateExtension, ExclusionConstraint, GinIndex, HStoreExtension, IntegerRangeField, RemoveCollation } from "tsgo/contrib/postgres";
    import { migrations, models } from "tsgo/db";

    export default new migrations.Migration({
      operations: [
        new HStoreExtension(),
        new BtreeGistExtension(),
        new CreateExtension({
          name: "ltree",
        }),
        new RemoveCollation({
          name: "x",
          locale: "de",
        }),
        new migrations.CreateModel({
          name: "Tagged",
          fields: {
            tags: ArrayField({ baseField: models.CharField({ maxLength: 10 }), size: 3 }),
            ages: IntegerRangeField({ null: true }),
          },
        }),
        new migrations.AddIndex({
          modelName: "Tagged",
          index: new GinIndex({ fields: ["tags"], name: "g", fastupdate: false }),
        }),
        new migrations.AddConstraint({
          modelName: "Tagged",
          constraint: new ExclusionConstraint({
            name: "e",
            expressions: [[new models.OpClass(new models.F("ages"), "range_ops"), "&&"]],
          }),
        }),
      ],
    });
    "
  `);
});

test("on other databases the indexes are plain, and a bloom index has no more bits than fields", () => {
  expect(() => new BloomIndex({ fields: ["a"], columns: [1, 2] })).toThrow("more columns than fields");
  expect(new BloomIndex({ fields: ["a"], columns: [2], length: 80 }).storageParameters).toEqual({
    length: 80,
    col1: 2,
  });
});
