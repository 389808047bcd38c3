import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { connections } from "./db/connections.ts";
import { CASCADE } from "./models/on-delete.ts";
import * as models from "./models/index.ts";
import { STATE } from "./models/state.ts";
import type { DatabaseRouter, RouterHints } from "./router.ts";
import { schemaEditor } from "./schema/schema-editor.ts";
import { register } from "./testdata/database.ts";

class Label extends models.Model<Label>()({ text: models.CharField({ maxLength: 20 }) }) {}

class Shelf extends models.Model<Shelf>()({
  name: models.CharField({ maxLength: 20 }),
  labels: models.ManyToManyField<Label>("shop.Label", { relatedName: "shelves" }),
}) {
  declare items: models.RelatedManager<Item>;
}

class Item extends models.Model<Item>()({
  name: models.CharField({ maxLength: 20 }),
  shelf: models.ForeignKey<Shelf>("shop.Shelf", { onDelete: CASCADE, relatedName: "items" }),
}) {}

const ALIASES = ["default", "replica", "archive"];
const MODELS = [Label, Shelf, Item] as unknown as models.ModelClass[];

beforeAll(() => {
  if (!isConfigured()) configureSettings({});
  register("shop", ...MODELS);
});

beforeEach(async () => {
  connections.configure(Object.fromEntries(ALIASES.map((alias) => [alias, { ENGINE: "sqlite", NAME: ":memory:" }])));
  for (const alias of ALIASES)
    await schemaEditor(connections.get(alias), async (editor) => {
      for (const model of MODELS) await editor.createModel(model);
    });
});

afterEach(async () => {
  await connections.closeAll();
  connections.configure(undefined);
});

const databaseOf = (row: object): string | undefined => (row as models.ModelBase)[STATE].db;

const replicated: DatabaseRouter = {
  dbForRead: () => "replica",
  dbForWrite: () => "default",
  allowRelation: () => true,
};

const withRouters = (routers: readonly object[], fn: () => Promise<void>): Promise<void> =>
  overrideSettings({ DATABASE_ROUTERS: routers }, fn);

/** What a replica would do by itself. */
async function replicate(): Promise<void> {
  const { rows } = await connections.get().execute("SELECT id, name FROM shop_shelf");
  for (const row of rows) await connections.get("replica").execute("INSERT INTO shop_shelf VALUES (?, ?)", row);
}

describe("with a router for a replica", () => {
  test("rows are read there, and all that is written goes to the other", async () => {
    await withRouters([replicated], async () => {
      const made = await Shelf.objects.create({ name: "top" });
      expect(databaseOf(made)).toBe("default");
      expect(await Shelf.objects.count()).toBe(0);
      await replicate();

      const shelf = await Shelf.objects.get({ name: "top" });
      expect(databaseOf(shelf)).toBe("replica");
      const item = await shelf.items.create({ name: "vase" });
      expect(databaseOf(item)).toBe("default");
      expect(await shelf.items.count()).toBe(0);
      expect(await Item.objects.using("default").count()).toBe(1);
      await shelf.items.all().update({ name: "bowl" });
      const bowl = await Item.objects.using("default").get();
      expect(bowl.name).toBe("bowl");
      expect(databaseOf(await bowl.shelf)).toBe("replica");

      shelf.name = "bottom";
      await shelf.save();
      await shelf.refreshFromDb();
      expect(shelf.name).toBe("top");
      await shelf.refreshFromDb({ using: "default" });
      expect(shelf.name).toBe("bottom");

      await shelf.labels.create({ text: "new" });
      expect([await shelf.labels.count(), await Label.objects.using("default").count()]).toEqual([0, 1]);
      await shelf.delete();
      expect([await Shelf.objects.using("default").count(), await Shelf.objects.count()]).toEqual([0, 1]);
    });
  });

  test("a database that is named by hand is not asked for", async () => {
    await withRouters([replicated], async () => {
      const shelf = await Shelf.objects.using("archive").create({ name: "old" });
      expect(databaseOf(shelf)).toBe("archive");
      expect(await Shelf.objects.using("archive").count()).toBe(1);
      const prefetched = await Shelf.objects
        .using("archive")
        .prefetchRelated(new models.Prefetch("items", { queryset: Item.objects.using("archive") }));
      expect(prefetched).toHaveLength(1);
    });
  });
});

test("routers are asked in their order, with the row at hand, and leave a question to the next", async () => {
  const asked: [string, string, RouterHints][] = [];
  class Asking implements DatabaseRouter {
    dbForWrite(model: models.ModelClass, hints: RouterHints): undefined {
      asked.push(["write", model._meta.label, hints]);
    }
  }
  await withRouters([new Asking(), { dbForWrite: () => "archive" }], async () => {
    const shelf = new Shelf({ name: "a" });
    await shelf.save();
    expect(databaseOf(shelf)).toBe("archive");
    expect(asked[0]).toEqual(["write", "shop.Shelf", { instance: shelf }]);
  });
});

test("a router that names a database which is not there is told so", async () => {
  await withRouters([{ dbForRead: () => "replicca" }], async () => {
    await expect(Shelf.objects.count()).rejects.toThrow(ImproperlyConfigured);
    await expect(Shelf.objects.count()).rejects.toThrow("Did you mean 'replica'?");
  });
});

describe("rows of two databases", () => {
  test("cannot refer to each other", async () => {
    const here = await Shelf.objects.create({ name: "here" });
    const there = await Shelf.objects.using("archive").create({ name: "there" });
    const item = await here.items.create({ name: "vase" });
    expect(() => {
      Object.assign(item, { shelf: there });
    }).toThrow(/it is in the database 'archive', and its new relative in 'default'.*allowRelation/);
    const label = await Label.objects.using("archive").create({ text: "x" });
    await expect(here.labels.add(label)).rejects.toThrow("it is in the database 'archive'");
    await expect(there.items.add(item)).rejects.toThrow("is not saved");
  });

  test("may where a router says so", async () => {
    await withRouters([{ allowRelation: () => true }], async () => {
      const here = await Shelf.objects.create({ name: "here" });
      const there = await Shelf.objects.using("archive").create({ name: "there" });
      const item = await here.items.create({ name: "vase" });
      item.shelf = there;
      expect(item.shelfId).toBe(there.id);
    });
  });

  test("are not made by chance: a new row goes where its relative is", async () => {
    const there = await Shelf.objects.using("archive").create({ name: "there" });
    const item = new Item({ name: "vase", shelf: there });
    await item.save();
    expect(databaseOf(item)).toBe("archive");
    expect(await Item.objects.using("archive").count()).toBe(1);
  });
});
