import { describe, expect, test } from "vitest";

import { useDatabase } from "../testdata/database.ts";
import { defineModel } from "./define.ts";
import * as models from "./index.ts";
import { ModelRegistry } from "./registry.ts";

class Shelf extends models.Model<Shelf>()({ name: models.CharField({ maxLength: 10 }) }) {
  declare volumes: models.RelatedManager<Volume>;
}

class Volume extends models.Model<Volume>()({
  title: models.CharField({ maxLength: 20 }),
  bound: models.DateField(),
  binding: models.CharField({
    maxLength: 1,
    default: "p",
    choices: () => [
      ["Hard", [["c", "Cloth"]]],
      ["p", "Paper"],
    ],
  }),
  shelf: models.ForeignKey<Shelf>("Shelf", { onDelete: models.CASCADE, relatedName: "volumes", null: true }),
  tags: models.ManyToManyField<Shelf>("Shelf", { relatedName: "+" }),
}) {}

const log = useDatabase("shelves", Shelf, Volume);
const { Temporal } = await import("../values/temporal.ts");
const day = (text: string) => Temporal.PlainDate.from(text);

describe("an instance", () => {
  test("is copied by saving it without its key", async () => {
    const volume = await Volume.objects.create({ title: "a", bound: day("2026-01-01") });
    const { pk } = volume;
    volume.pk = null as never;
    await volume.save();
    expect(volume.pk).not.toBe(pk);
    expect(await Volume.objects.count()).toBe(2);
  });

  test("equals another of the same row, and without a key only itself", async () => {
    const volume = await Volume.objects.create({ title: "a", bound: day("2026-01-01") });
    expect(volume.equals(await Volume.objects.get({ pk: volume.pk }))).toBe(true);
    expect(new Volume({ title: "a" }).equals(new Volume({ title: "a" }))).toBe(false);
    const fresh = new Volume();
    expect(fresh.equals(fresh)).toBe(true);
    expect(volume.equals(await Shelf.objects.create({ name: "x" }))).toBe(false);
  });

  test("knows its neighbours by date, and among equal dates by key", async () => {
    const [a, b, c] = await Promise.all(
      ["2026-01-01", "2026-01-02", "2026-01-02"].map((bound, index) =>
        Volume.objects.create({ id: index + 1, title: bound, bound: day(bound) }),
      ),
    );
    expect((await a?.getNextByBound())?.equals(b)).toBe(true);
    expect((await b?.getNextByBound())?.equals(c)).toBe(true);
    expect((await c?.getPreviousByBound())?.equals(b)).toBe(true);
    await expect(c?.getNextByBound()).rejects.toThrow(Volume.DoesNotExist);
  });

  test("says how its choices are called, groups and choices of a function included", () => {
    expect(new Volume({ binding: "c" }).getBindingDisplay()).toBe("Cloth");
    expect(new Volume({ binding: "p" }).getBindingDisplay()).toBe("Paper");
    expect(new Volume({ binding: "?" }).getBindingDisplay()).toBe("?");
  });

  test("is read again, also from a queryset of one's own", async () => {
    const volume = await Volume.objects.create({ title: "a", bound: day("2026-01-01") });
    await Volume.objects.update({ title: "b" });
    await volume.refreshFromDb({ fields: ["bound"] });
    expect(volume.title).toBe("a");
    log.length = 0;
    await volume.refreshFromDb({ fromQueryset: Volume.objects.filter({ title: "b" }) });
    expect([volume.title, log.length]).toEqual(["b", 1]);
    await expect(volume.refreshFromDb({ fromQueryset: Volume.objects.filter({ title: "a" }) })).rejects.toThrow(
      Volume.DoesNotExist,
    );
  });

  test("gives the stored value of a field", async () => {
    const shelf = await Shelf.objects.create({ name: "x" });
    const volume = new Volume({ title: "a", shelf });
    expect([volume.serializableValue("shelf"), volume.serializableValue("title")]).toEqual([shelf.pk, "a"]);
  });
});

describe("the metadata of a model", () => {
  test("lists fields and relations of either side", () => {
    expect(Volume._meta.getFields().map((field) => field.name)).toEqual([
      "id",
      "title",
      "bound",
      "binding",
      "shelf",
      "tags",
    ]);
    expect(Shelf._meta.getFields().map((field) => field.name)).toEqual(["volumes", "id", "name"]);
    expect(Shelf._meta.getFields({ includeHidden: true })).toHaveLength(5);
    expect(Volume._meta.getField("shelf").remoteField).toMatchObject({ model: Shelf, accessorName: "volumes" });
    expect([Volume._meta.label, Volume._meta.verboseName, Volume._meta.pk.name]).toEqual([
      "shelves.Volume",
      "volume",
      "id",
    ]);
  });

  test("names the nearest field for one that is not there", () => {
    expect(() => Volume._meta.getField("titel")).toThrow("Did you mean 'title'?");
  });
});

describe("classPrepared", () => {
  test("is sent for each model once it has its fields", () => {
    const seen: string[] = [];
    const disconnect = models.classPrepared.connect(({ sender }) => {
      seen.push(`${sender._meta.label} ${sender._meta.fields.length}`);
    });
    defineModel(new ModelRegistry(), "app", "Fresh", { fields: { a: models.IntegerField() } });
    disconnect();
    expect(seen).toEqual(["app.Fresh 2"]);
  });
});
