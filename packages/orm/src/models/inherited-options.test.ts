// What models have from the classes that they extend.

import { expect, test } from "vitest";

import { createTables, register, useDatabase } from "../testdata/database.ts";
import * as models from "./index.ts";

class LoudQuerySet extends models.QuerySet<Named> {
  loud(): this {
    return this.filter({ name__startswith: "!" });
  }
}

class Named extends models.Model<Named, LoudQuerySet>()({
  name: models.CharField({ maxLength: 20 }),
  owner: models.ForeignKey<Owner>("things.Owner", {
    onDelete: models.SET(() => 1),
    relatedName: "%(appLabel)s_%(class)s_items",
    relatedQueryName: "%(class)s_item",
    limitChoicesTo: () => ({ active: true }),
    null: true,
  }),
}) {
  static meta: models.Meta<Named> = {
    abstract: true,
    ordering: ["-name"],
    verboseName: "thing",
    constraints: [new models.UniqueConstraint({ fields: ["name"], name: "%(appLabel)s_%(class)s_once" })],
    indexes: [new models.Index({ fields: ["name", "owner"], name: "%(class)s_by_name" })],
  };
  static override readonly objects = LoudQuerySet.asManager();

  shout(): string {
    return this.name.toUpperCase();
  }
}

class Owner extends models.Model<Owner>()({ active: models.BooleanField({ default: true }) }) {}

class Cup extends Named.extend<Cup, LoudQuerySet>()({ size: models.IntegerField({ default: 1 }) }) {}

class Pot extends Named.extend<Pot, LoudQuerySet>()({ lid: models.BooleanField({ default: false }) }) {
  static meta = { verboseName: "pot" } satisfies models.Meta<Pot>;
}

class SmallCups extends models.Manager<Cup> {
  override getQueryset() {
    return super.getQueryset().filter({ size__lt: 3 });
  }
}

class SmallCup extends Cup.extend<SmallCup>()({}) {
  static meta = { proxy: true, ordering: ["name"] } satisfies models.Meta<SmallCup>;
  static readonly small = new SmallCups();
}

useDatabase("things", Owner, Cup, Pot);
register("things", SmallCup);

test("options of an abstract class are those of a class without options of its own", () => {
  expect([Cup._meta.abstract, Cup._meta.ordering, Cup._meta.verboseName, Cup._meta.dbTable]).toEqual([
    false,
    ["-name"],
    "thing",
    "things_cup",
  ]);
  expect([Pot._meta.ordering, Pot._meta.verboseName]).toEqual([[], "pot"]);
  expect("_meta" in Named && Object.hasOwn(Named, "_meta")).toBe(false);
});

test("names in them stand for the model that has them", () => {
  expect(Cup._meta.constraints.map(({ name }) => name)).toEqual(["things_cup_once"]);
  expect(Cup._meta.indexes.map(({ name }) => name)).toEqual(["cup_by_name"]);
  const relations = Owner._meta.relatedObjects.map((relation) => [
    relation.accessorName,
    relation.field.relatedQueryName(),
  ]);
  expect(relations).toEqual([
    ["things_cup_items", "cup_item"],
    ["things_pot_items", "pot_item"],
  ]);
});

test("methods, managers and querysets are there", async () => {
  const owner = await Owner.objects.create({});
  await new Cup({ name: "!a", owner, size: 2 }).save();
  await new Cup({ name: "b", size: 5 }).save();
  expect((await Cup.objects.loud().get()).shout()).toBe("!A");
  expect((await SmallCup.objects.get({ name: "b" })).shout()).toBe("B");
  expect(await SmallCup.small.valuesList("name", { flat: true })).toEqual(["!a"]);
  expect(await Owner.objects.filter({ cup_item__name: "!a" } as never).count()).toBe(1);
});

test("what may be chosen is asked for when it is validated", async () => {
  const [owner, gone] = [await Owner.objects.create({}), await Owner.objects.create({ active: false })];
  await new Cup({ name: "a", owner }).fullClean();
  const error = await new Cup({ name: "b", owner: gone }).fullClean().catch((thrown: Error) => thrown.message);
  expect(error).toBe("owner: owner instance with id 2 is not a valid choice.");
});

test("SET gives what a function makes at that moment", async () => {
  await Owner.objects.create({});
  const second = await Owner.objects.create({});
  const cup = await Cup.objects.create({ name: "a", owner: second });
  await second.delete();
  await cup.refreshFromDb();
  expect(cup.ownerId).toBe(1);
});

test("a proxy is of the same table, and so no model of its own for migrations", async () => {
  expect([SmallCup._meta.dbTable, Object.is(SmallCup._meta.concreteModel, Cup), SmallCup._meta.canMigrate]).toEqual([
    "things_cup",
    true,
    false,
  ]);
  expect(await createTables().then(() => SmallCup.objects.count())).toBe(0);
});
