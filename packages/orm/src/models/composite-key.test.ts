import { describe, expect, test } from "vitest";

import { connections } from "../db/connections.ts";
import { Count, Max } from "../expressions/aggregate.ts";
import { F, OuterRef } from "../expressions/references.ts";
import { Exists } from "../expressions/subquery.ts";
import { introspect } from "../schema/introspection.ts";
import { describeDatabases } from "../testdata/databases.ts";
import { register } from "../testdata/database.ts";
import * as models from "./index.ts";

class Tenant extends models.Model<Tenant>()({ name: models.CharField({ maxLength: 20 }) }) {
  declare ticketSet: models.RelatedManager<Ticket>;
}

class Ticket extends models.Model<Ticket>()({
  pk: models.CompositePrimaryKey("tenantId", "number"),
  tenant: models.ForeignKey<Tenant>("Tenant", { onDelete: models.CASCADE }),
  number: models.IntegerField(),
  title: models.CharField({ maxLength: 50, default: "" }),
  code: models.CharField({ maxLength: 10, null: true, unique: true }),
  openedOn: models.DateField({ null: true }),
}) {
  declare noteSet: models.RelatedManager<Note>;
}

class Note extends models.Model<Note>()({
  ticketCode: models.ForeignKey<Ticket>("Ticket", { onDelete: models.CASCADE, toField: "code", null: true }),
  text: models.TextField(),
}) {}

async function rows(): Promise<void> {
  await Tenant.objects.bulkCreate([1, 2].map((id) => new Tenant({ id, name: `t${id}` })));
  await Ticket.objects.bulkCreate(
    [
      [2, 1, "d"],
      [1, 2, "b"],
      [1, 1, "a"],
      [1, 3, "c"],
    ].map(([tenantId, number, title]) => new Ticket({ tenantId, number, title, code: title } as never)),
  );
}

const titles = (queryset: models.TypedQuerySet<Ticket>): PromiseLike<string[]> =>
  queryset.orderBy("title").valuesList("title", { flat: true });

describeDatabases("tickets", [Tenant, Ticket, Note], (log) => {
  test("is the primary key of the table", async () => {
    const keys = (await introspect(connections.get()).constraints("tickets_ticket")).filter((one) => one.primaryKey);
    expect(keys.map(({ columns }) => columns)).toEqual([["tenant_id", "number"]]);
  });

  test("is the list of its fields on an instance, and null while one of them is missing", async () => {
    await rows();
    const ticket = new Ticket({ tenantId: 1 });
    expect(ticket.pk).toBeNull();
    ticket.pk = [2, 7];
    expect([ticket.tenantId, ticket.number, ticket.pk]).toEqual([2, 7, [2, 7]]);
    expect(new Ticket({ pk: [2, 8] }).number).toBe(8);
    expect(() => (ticket.pk = [1] as never)).toThrow("tenantId, number");
    expect(String(ticket)).toBe("Ticket object (2,7)");
  });

  test("saves a new row by an insert, and one that is there by an update of the other columns", async () => {
    await Tenant.objects.create({ id: 1, name: "t" });
    const ticket = await Ticket.objects.create({ tenantId: 1, number: 5, title: "new" });
    ticket.title = "changed";
    log.length = 0;
    await ticket.save();
    expect(log.map(({ sql }) => sql.split(" SET ")[0]?.split(" ")[0])).toEqual(["UPDATE"]);
    expect(log[0]?.sql.split("WHERE")[0]).not.toContain("number");
    const again = await Ticket.objects.get({ pk: [1, 5] });
    expect([again.title, again.equals(ticket), again.equals(new Ticket({ pk: [1, 6] }))]).toEqual([
      "changed",
      true,
      false,
    ]);
    await Ticket.objects.filter({ pk: [1, 5] }).update({ title: "other" });
    await ticket.refreshFromDb();
    expect(ticket.title).toBe("other");
    await expect(ticket.save({ updateFields: ["number"] })).rejects.toThrow("no key");
    expect(await ticket.delete()).toEqual([1, { "tickets.Ticket": 1 }]);
    expect(ticket.pk).toBeNull();
  });

  test("finds rows by lists of values", async () => {
    await rows();
    expect(await titles(Ticket.objects.filter({ pk: [1, 2] }))).toEqual(["b"]);
    expect(await titles(Ticket.objects.exclude({ pk: [1, 2] }))).toEqual(["a", "c", "d"]);
    expect(
      await titles(
        Ticket.objects.filter({
          pk__in: [
            [1, 1],
            [2, 1],
            [9, 9],
          ],
        }),
      ),
    ).toEqual(["a", "d"]);
    expect(await titles(Ticket.objects.filter({ pk__in: [] }))).toEqual([]);
    expect(await titles(Ticket.objects.filter({ pk__gt: [1, 2] }))).toEqual(["c", "d"]);
    expect(await titles(Ticket.objects.filter({ pk__gte: [1, 2] }))).toEqual(["b", "c", "d"]);
    expect(await titles(Ticket.objects.filter({ pk__lt: [1, 2] }))).toEqual(["a"]);
    expect(await titles(Ticket.objects.filter({ pk__lte: [1, 2] }))).toEqual(["a", "b"]);
    expect(await titles(Ticket.objects.filter({ pk__isnull: false }))).toHaveLength(4);
    expect(await titles(Ticket.objects.filter({ pk: null }))).toEqual([]);
    expect(await Ticket.objects.contains(new Ticket({ pk: [1, 3] }))).toBe(true);
  });

  test("compares numbers that a column cannot hold without asking it", async () => {
    await rows();
    const big = 2 ** 40;
    expect(await titles(Ticket.objects.filter({ pk: [1, big] }))).toEqual([]);
    expect(
      await titles(
        Ticket.objects.filter({
          pk__in: [
            [1, big],
            [1, 1],
          ],
        }),
      ),
    ).toEqual(["a"]);
    expect(await titles(Ticket.objects.filter({ pk__gt: [1, big] }))).toEqual(["d"]);
    expect(await titles(Ticket.objects.filter({ pk__lte: [1, big] }))).toEqual(["a", "b", "c"]);
    expect(await titles(Ticket.objects.filter({ pk__gt: [1, -big] }))).toEqual(["a", "b", "c", "d"]);
  });

  test("finds rows by the keys that another query gives", async () => {
    await rows();
    const early = Ticket.objects.filter({ number: 1 });
    expect(await titles(Ticket.objects.filter({ pk__in: early }))).toEqual(["a", "d"]);
    expect(await titles(Ticket.objects.filter({ pk__in: early.values("tenant", "number") }))).toEqual(["a", "d"]);
    expect(await titles(Ticket.objects.filter({ pk__in: early.values("pk") }))).toEqual(["a", "d"]);
    expect(() => Ticket.objects.filter({ pk__in: early.values("number") })).toThrow("2 fields, not 1");
    const itself = Ticket.objects.filter({ pk: new OuterRef("pk"), number__gt: 1 });
    expect(await titles(Ticket.objects.filter(new Exists(itself)))).toEqual(["b", "c"]);
    expect(await Tenant.objects.filter({ ticket__pk: [1, 3] } as never).values("name")).toEqual([{ name: "t1" }]);
    expect(await Tenant.objects.exclude({ ticket__pk: [1, 3] } as never).values("name")).toEqual([{ name: "t2" }]);
  });

  test("orders and counts", async () => {
    await rows();
    expect(await Ticket.objects.orderBy("-pk").valuesList("title", { flat: true })).toEqual(["d", "c", "b", "a"]);
    expect(await Ticket.objects.orderBy(new F("pk").desc()).valuesList("title", { flat: true })).toHaveLength(4);
    expect((await Ticket.objects.first())?.title).toBe("a");
    expect((await Ticket.objects.last())?.title).toBe("d");
    expect(await Ticket.objects.count()).toBe(4);
    expect(await Ticket.objects.all().distinct().count()).toBe(4);
    expect(await Ticket.objects.aggregate({ n: new Count("pk") })).toEqual({ n: 4 });
    expect(
      await Tenant.objects
        .annotate({ n: new Count("ticket") })
        .orderBy("id")
        .valuesList("n", { flat: true }),
    ).toEqual([3, 1]);
    await expect(Ticket.objects.aggregate({ n: new Max("pk") })).rejects.toThrow("single value");
  });

  test("is a column of values() as a list", async () => {
    await rows();
    expect(await Ticket.objects.orderBy("pk").values("pk", "title").slice(0, 2)).toEqual([
      { pk: [1, 1], title: "a" },
      { pk: [1, 2], title: "b" },
    ]);
    expect(await Ticket.objects.orderBy("pk").valuesList("title", "pk", "number")).toEqual([
      ["a", [1, 1], 1],
      ["b", [1, 2], 2],
      ["c", [1, 3], 3],
      ["d", [2, 1], 1],
    ]);
    expect(await Ticket.objects.orderBy("title").valuesList("pk", { flat: true })).toHaveLength(4);
    expect(await Tenant.objects.filter({ id: 2 }).values("ticket__pk", "name")).toEqual([
      { ticket__pk: [2, 1], name: "t2" },
    ]);
    const [row] = await Ticket.objects
      .orderBy("pk")
      .annotate({ key: new F("pk") })
      .selectRelated("tenant");
    expect([row?.title, row?.tenant.name, (row as unknown as { key: unknown }).key]).toEqual(["a", "t1", [1, 1]]);
  });

  test("is the key of inBulk(), where equal lists are the same key", async () => {
    await rows();
    const found = await Ticket.objects.inBulk([
      [1, 1],
      [2, 1],
      [5, 5],
    ]);
    expect([found.size, found.get([2, 1])?.title, found.has([5, 5])]).toEqual([2, "d", false]);
    const values = await Ticket.objects.values("title").inBulk([[1, 2]]);
    expect(values.get([1, 2])).toEqual({ title: "b" });
  });

  test("is written in bulk, changed in bulk and deleted in bulk", async () => {
    await rows();
    const all = await Ticket.objects.orderBy("pk");
    for (const ticket of all) ticket.title = `${ticket.title}${ticket.number}`;
    expect(await Ticket.objects.bulkUpdate(all, ["title"])).toBe(4);
    expect(await titles(Ticket.objects.all())).toEqual(["a1", "b2", "c3", "d1"]);
    await expect(Ticket.objects.bulkUpdate(all, ["number"])).rejects.toThrow("primary key");
    await Ticket.objects.bulkCreate([new Ticket({ pk: [1, 1], title: "again" }), new Ticket({ pk: [2, 9] })], {
      updateConflicts: true,
      updateFields: ["title"],
      uniqueFields: ["pk"],
    });
    expect((await Ticket.objects.get({ pk: [1, 1] })).title).toBe("again");
    const [got, made] = await Ticket.objects.getOrCreate({ tenantId: 2, number: 9 }, { title: "x" });
    expect([made, got.title]).toEqual([false, ""]);
    const [changed, created] = await Ticket.objects.updateOrCreate(
      { tenantId: 2, number: 9 },
      { defaults: { title: "y" } },
    );
    expect([changed.title, created]).toEqual(["y", false]);
    expect(await Ticket.objects.filter({ tenant__name: "t1" }).update({ title: "" })).toBe(3);
    expect(await Ticket.objects.filter({ tenant__name: "t1", number__lt: 3 }).delete()).toEqual([
      2,
      { "tickets.Ticket": 2 },
    ]);
    expect(await Tenant.objects.filter({ id: 2 }).delete()).toEqual([3, { "tickets.Ticket": 2, "tickets.Tenant": 1 }]);
  });

  test("is loaded whatever is deferred, and leads to what was deferred", async () => {
    await rows();
    const [only] = await Ticket.objects.orderBy("pk").only("title");
    expect([...(only?.getDeferredFields() ?? [])].sort()).toEqual(["code", "openedOn"]);
    const deferred = await Ticket.objects.orderBy("pk").defer("title");
    log.length = 0;
    for (const ticket of deferred) await Promise.resolve(ticket.title);
    expect(deferred.map(({ title }) => title)).toEqual(["a", "b", "c", "d"]);
    expect(log).toHaveLength(1);
  });

  test("is validated as a whole", async () => {
    await rows();
    await expect(new Ticket({ pk: [1, 1], title: "x" }).validateUnique()).rejects.toThrow(
      /with this .*tenant.* and number already exists/i,
    );
    await new Ticket({ pk: [1, 9], title: "x" }).validateUnique();
    const saved = await Ticket.objects.get({ pk: [1, 1] });
    await saved.fullClean({ exclude: ["code", "openedOn"] });
  });

  test("can be referred to by another unique field", async () => {
    await rows();
    const ticket = await Ticket.objects.get({ pk: [1, 1] });
    await ticket.noteSet.create({ text: "n" });
    const [note] = await Note.objects.selectRelated("ticketCode");
    expect(note?.ticketCode?.pk).toEqual([1, 1]);
    expect(await Note.objects.filter({ ticketCode__pk: [1, 1] } as never).count()).toBe(1);
    expect((await ticket.delete())[0]).toBe(2);
  });

  test("refuses what is no list of its length, before the database sees it", async () => {
    log.length = 0;
    const filter = (lookups: object) => () => Ticket.objects.filter(lookups as never);
    for (const wrong of [1, "1,1", [1], [1, 2, 3], { 0: 1, 1: 2 }, ["x", 1]])
      expect(filter({ pk: wrong })).toThrow(/pk|number|tenant/);
    for (const wrong of [[1, 2], "ab", [[1]], 5]) expect(filter({ pk__in: wrong })).toThrow("pk__in");
    for (const key of ["pk__startswith", "pk__year", "pk__range", "pk__contains"])
      expect(filter({ [key]: [1, 2] })).toThrow(/lookup/i);
    await expect(Ticket.objects.update({ pk: [1, 2] } as never)).rejects.toThrow("pk");
    expect(log).toEqual([]);
  });
});

describe("a composite primary key", () => {
  const key = models.CompositePrimaryKey;

  test.each([
    ["of a field that is not there", { pk: key("a", "nope"), a: models.IntegerField() }, "no such field"],
    [
      "of a field that may be null",
      { pk: key("a", "b"), a: models.IntegerField(), b: models.IntegerField({ null: true }) },
      "null",
    ],
    [
      "of a key that is counted up",
      { pk: key("a", "b"), a: models.IntegerField(), b: models.AutoField() },
      "one primary key",
    ],
    ["under another name", { key: key("a", "b"), a: models.IntegerField(), b: models.IntegerField() }, "name 'pk'"],
    [
      "beside another one",
      { pk: key("a", "b"), a: models.IntegerField({ primaryKey: true }), b: models.IntegerField() },
      "one primary key",
    ],
    [
      "of a relation twice",
      { pk: key("t", "tId"), t: models.ForeignKey("tickets.Tenant", { onDelete: models.CASCADE }) },
      "same field",
    ],
  ])("%s is refused", (_name, fields, message) => {
    class Wrong extends models.Model<Wrong>()(fields as never) {}
    expect(() => register("wrong", Wrong)).toThrow(message);
  });

  test("takes two names or more, each once", () => {
    expect(() => key("a", "a")).toThrow("twice");
    expect(() => (key as (...names: string[]) => unknown)("a")).toThrow("two or more");
  });

  test("cannot be the target of a foreign key or of a many-to-many field", () => {
    class Pointer extends models.Model<Pointer>()({
      ticket: models.ForeignKey<Ticket>("tickets.Ticket", { onDelete: models.CASCADE }),
    }) {}
    class Linked extends models.Model<Linked>()({ tickets: models.ManyToManyField<Ticket>("tickets.Ticket") }) {}
    expect(() => register("pointers", Pointer)).toThrow("composite");
    expect(() => register("links", Linked)).toThrow("composite");
  });
});
