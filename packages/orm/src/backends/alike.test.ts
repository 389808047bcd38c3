// What databases write differently, and give alike.

import { expect, test } from "vitest";

import { connections, createConnection } from "../db/connections.ts";
import { atomic } from "../db/transaction.ts";
import { IntegrityError, OperationalError } from "../exceptions.ts";
import * as models from "../models/index.ts";
import type { Manager } from "../models/manager.ts";
import type { QuerySet } from "../models/queryset.ts";
import { describeDatabases } from "../testdata/databases.ts";

class Shelf extends models.Model<Shelf>()({
  name: models.CharField({ maxLength: 20, unique: true }),
  code: models.IntegerField({ null: true, unique: true }),
  size: models.IntegerField({ default: 0 }),
  kind: models.CharField({ maxLength: 5, default: "k" }),
}) {}

class Node extends models.Model<Node>()({
  label: models.CharField({ maxLength: 20 }),
  parent: models.ForeignKey<Node>("self", { onDelete: models.CASCADE, null: true, relatedName: "children" }),
}) {}

const shelves = (): Manager => Shelf.objects as unknown as Manager;
const nodes = (): Manager => Node.objects as unknown as Manager;

async function fill(): Promise<void> {
  await Shelf.objects.bulkCreate([
    new Shelf({ name: "b", code: 1, size: 2 }),
    new Shelf({ name: "A", code: 2, size: 1 }),
    new Shelf({ name: "a", code: null, size: 2 }),
    new Shelf({ name: "é?", code: 4, size: 3 }),
  ]);
}

const codes = async (): Promise<unknown> => shelves().orderBy("name").valuesList("name", "code", "size");

const ordered = async (...terms: readonly models.Expression[]): Promise<unknown> =>
  shelves()
    .orderBy(...(terms as never[]))
    .valuesList("code", { flat: true });

const namesOf = async (queryset: QuerySet): Promise<unknown> =>
  queryset.orderBy("name").valuesList("name", { flat: true });

// What a call gave, or the class of its error.
async function outcome(call: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return (error as Error).name;
  }
}

/** Runs a query beside the transaction that is open, on a connection of its own. */
async function outside<T>(queryset: QuerySet): Promise<readonly T[]> {
  const { settings } = connections.get();
  const other = createConnection("other", settings);
  connections.set("other", other);
  try {
    return await atomic(async () => (await queryset.using("other")) as unknown as readonly T[], { using: "other" });
  } finally {
    connections.set("other", undefined);
    await other.close();
  }
}

describeDatabases("alike", [Shelf, Node], (log, vendor) => {
  test("StringAgg joins in an order, once each, under a condition, with any delimiter", async () => {
    await fill();
    const agg = (options: Partial<models.AggregateOptions> & { delimiter?: string }, field = "name") =>
      shelves()
        .aggregate({ x: new models.StringAgg(field, { delimiter: ", ", ...options }) })
        .then(({ x }) => x);
    expect(await agg({ orderBy: "-name" })).toBe("é?, b, a, A");
    expect(await agg({ orderBy: ["size", "name"], delimiter: "?'; --" })).toBe("A?'; --a?'; --b?'; --é?");
    expect(await agg({ orderBy: "name", filter: new models.Q({ size: 2 }), delimiter: "" })).toBe("ab");
    expect(await agg({ distinct: true, orderBy: "kind", delimiter: "-" }, "kind")).toBe("k");
    expect(
      String(await agg({ distinct: true, delimiter: "-" }, "size"))
        .split("-")
        .toSorted(),
    ).toEqual(["1", "2", "3"]);
    expect(await agg({ distinct: true, orderBy: "name", filter: new models.Q({ size__gt: 1 }) })).toBe("a, b, é?");
    expect(await agg({ orderBy: "code", delimiter: "\\" }, "code")).toBe(String.raw`1\2\4`);
    expect(await agg({ filter: new models.Q({ size: 9 }) })).toBeNull();
    expect(await agg({ filter: new models.Q({ size: 9 }), default: "none" })).toBe("none");
    const [row] = await shelves()
      .filter({ size: 2 })
      .values("size")
      .annotate({ x: new models.StringAgg("name", { delimiter: "?", orderBy: "name" }), code: new models.Value("?") });
    expect(row).toEqual({ size: 2, x: "a?b", code: "?" });
    const long = "x".repeat(20);
    await Shelf.objects.bulkCreate(
      Array.from({ length: 200 }, (_none, at) => new Shelf({ name: `${long.slice(4)}${at}` })),
    );
    expect(String(await agg({ filter: new models.Q({ name__startswith: "x" }), delimiter: "" })).length).toBe(
      200 * 16 + 490,
    );
  });

  test("aggregates count once, keep their fractions, and give their defaults over nothing", async () => {
    await fill();
    expect(
      await shelves().aggregate({
        average: new models.Avg("size"),
        once: new models.Sum("size", { distinct: true }),
        some: new models.Count("code"),
        all: new models.Count("*"),
        large: new models.Count("pk", { filter: new models.Q({ size__gte: 2 }) }),
        none: new models.Sum("size", { filter: new models.Q({ size: 9 }), default: 7 }),
        most: new models.Max("size"),
        spread: new models.StdDev("size"),
        sample: new models.Variance("size", { sample: true }),
        third: new models.Avg(new models.F("size").mul(1).add(new models.Value(1))),
      }),
    ).toEqual({
      average: 2,
      once: 6,
      some: 3,
      all: 4,
      large: 3,
      none: 7,
      most: 3,
      spread: expect.closeTo(Math.sqrt(0.5), 12) as number,
      sample: expect.closeTo(2 / 3, 12) as number,
      third: 3,
    });
    expect(
      (
        await shelves()
          .filter({ size__lt: 3 })
          .aggregate({ x: new models.Avg("size") })
      )["x"],
    ).toBeCloseTo(5 / 3, 12);
  });

  test("nulls come first or last where one asks for it", async () => {
    await fill();
    const code = new models.F("code");
    expect(await ordered(code.asc({ nullsFirst: true }))).toEqual([null, 1, 2, 4]);
    expect(await ordered(code.asc({ nullsLast: true }))).toEqual([1, 2, 4, null]);
    expect(await ordered(code.desc({ nullsFirst: true }))).toEqual([null, 4, 2, 1]);
    expect(await ordered(code.desc({ nullsLast: true }))).toEqual([4, 2, 1, null]);
  });

  test("bulkCreate reads keys back, leaves rows alone that are there, or changes them", async () => {
    await fill();
    const made = await Shelf.objects.bulkCreate([new Shelf({ name: "x" }), new Shelf({ name: "y", size: 5 })]);
    expect(
      await shelves()
        .filter({ pk__in: made.map(({ pk }) => pk) })
        .orderBy("pk")
        .valuesList("name", { flat: true }),
    ).toEqual(["x", "y"]);
    await Shelf.objects.bulkCreate([new Shelf({ name: "b", size: 99 }), new Shelf({ name: "z", code: 9 })], {
      ignoreConflicts: true,
    });
    await Shelf.objects.bulkCreate(
      [new Shelf({ name: "b", code: 11, size: 50 }), new Shelf({ name: "new", code: 12 })],
      {
        updateConflicts: true,
        updateFields: ["size"],
        uniqueFields: ["name"],
      },
    );
    expect(await codes()).toEqual([
      ["A", 2, 1],
      ["a", null, 2],
      ["b", 1, 50],
      ["new", 12, 0],
      ["x", null, 0],
      ["y", null, 5],
      ["z", 9, 0],
      ["é?", 4, 3],
    ]);
  });

  test("updateConflicts fails where another unique column has the value", async () => {
    await fill();
    const before = await codes();
    await expect(
      Shelf.objects.bulkCreate([new Shelf({ name: "b", size: 50 }), new Shelf({ name: "other", code: 4, size: 60 })], {
        updateConflicts: true,
        updateFields: ["size"],
        uniqueFields: ["name"],
      }),
    ).rejects.toThrow(IntegrityError);
    expect(await codes()).toEqual(before);
  });

  test("an update sets all columns from the row as it was", async () => {
    await fill();
    await shelves()
      .filter({ name: "é?" })
      .update({ size: new models.F("code").add(10), code: new models.F("size") });
    expect(await shelves().filter({ name: "é?" }).values("code", "size")).toEqual([{ code: 3, size: 14 }]);
  });

  test("rows are updated and deleted by a condition on their own table, sliced too, with one statement", async () => {
    await fill();
    const largest = shelves().orderBy("-size", "name").slice(0, 2);
    log.length = 0;
    expect(await shelves().filter({ pk__in: largest }).update({ size: 7 })).toBe(2);
    expect(log).toHaveLength(1);
    expect(await shelves().filter({ size: 7 }).orderBy("name").valuesList("name", { flat: true })).toEqual(["a", "é?"]);
    expect(
      await shelves()
        .filter({ pk__in: shelves().filter({ size: 7 }) })
        .delete(),
    ).toEqual([2, { "alike.Shelf": 2 }]);
  });

  test("rows that refer to each other are deleted together, in trees and in rings", async () => {
    const root = await Node.objects.create({ label: "root" });
    const child = await Node.objects.create({ label: "child", parent: root });
    await Node.objects.create({ label: "grandchild", parent: child });
    expect(
      await nodes()
        .filter({ label__in: ["grandchild", "root"] })
        .delete(),
    ).toEqual([3, { "alike.Node": 3 }]);
    const first = await Node.objects.create({ label: "first" });
    const second = await Node.objects.create({ label: "second", parent: first });
    await nodes().filter({ pk: first.pk }).update({ parent: second });
    expect(await first.delete()).toEqual([2, { "alike.Node": 2 }]);
    expect(await Node.objects.count()).toBe(0);
  });

  test("combined queries give rows once, in both, or in one alone, with slices in their parts", async () => {
    await fill();
    const [small, large] = [shelves().filter({ size__lte: 2 }), shelves().filter({ size__gte: 2 })];
    expect(await namesOf(small.union(large))).toEqual(["A", "a", "b", "é?"]);
    expect(await namesOf(small.intersection(large))).toEqual(["a", "b"]);
    expect(await namesOf(small.difference(large))).toEqual(["A"]);
    if (vendor === "sqlite") return;
    const sliced = shelves().orderBy("name").slice(0, 1);
    expect(await namesOf(sliced.union(shelves().orderBy("-name").slice(0, 1)))).toEqual(["A", "é?"]);
  });

  test("explain tells how the rows are found", async () => {
    await fill();
    expect(await shelves().filter({ size: 2 }).explain()).toMatch(/alike_shelf/);
    const format = await outcome(() => shelves().filter({ size: 2 }).explain({ format: "json" }));
    expect(format).toMatch(vendor === "sqlite" ? /NotSupportedError/ : /alike_shelf/);
    const analyzed = await outcome(() => shelves().filter({ size: 2 }).explain({ analyze: true }));
    expect(analyzed).toMatch(vendor === "postgresql" ? /actual time/i : /NotSupportedError/);
  });

  test.skipIf(vendor === "sqlite")(
    "selectForUpdate locks, waits for nobody, or passes over what is locked",
    async () => {
      await fill();
      const b = shelves()
        .filter({ name__in: ["A", "b"] })
        .orderBy("name");
      await atomic(async () => {
        expect((await shelves().filter({ name: "b" }).selectForUpdate()).length).toBe(1);
        const names = b.selectForUpdate({ skipLocked: true }).valuesList("name", { flat: true });
        expect(await outside(names as unknown as QuerySet)).toEqual(["A"]);
        await expect(outside(b.selectForUpdate({ nowait: true }))).rejects.toThrow(OperationalError);
      });
      for (const options of [{ of: ["self"] }, { noKey: true }])
        expect(await outcome(() => atomic(async () => (await b.selectForUpdate(options)).length))).toBe(
          vendor === "postgresql" ? 2 : "NotSupportedError",
        );
    },
  );
});
