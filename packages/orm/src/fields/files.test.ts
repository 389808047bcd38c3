import { overrideSettings } from "@tsgo/core/conf";
import { SuspiciousFileOperation, type ValidationError } from "@tsgo/core/exceptions";
import { ContentFile, InMemoryStorage, storages } from "@tsgo/storage";
import { beforeEach, describe, expect, test } from "vitest";

import * as models from "../models/index.ts";
import { useDatabase } from "../testdata/database.ts";
import type { FileField } from "./files.ts";

const storage = new InMemoryStorage({ baseUrl: "/media/" });
const later = new InMemoryStorage();

// One pixel across and two down.
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAYAAACZgbYnAAAAC0lEQVR42mNgQAcAABIAAeRVjecAAAAASUVORK5CYII=",
  "base64",
);

class Album extends models.Model<Album>()({
  title: models.CharField({ maxLength: 20 }),
  notes: models.FileField({ storage, uploadTo: "notes/%Y", blank: true }),
  scan: models.FileField({ storage: () => later, uploadTo: byTitle, null: true, maxLength: 40 }),
  cover: models.ImageField({ storage, widthField: "coverWidth", heightField: "coverHeight", blank: true }),
  coverWidth: models.PositiveIntegerField({ null: true }),
  coverHeight: models.PositiveIntegerField({ null: true }),
}) {}

function byTitle(album: { readonly title: string }, filename: string): string {
  return `scans/${album.title}/${filename}`;
}

useDatabase("albums", Album);
beforeEach(async () => {
  for (const place of [storage, later])
    for (const folder of ["", "notes/2026", "scans/a"])
      for (const file of (await place.listdir(folder).catch(() => [[], []] as const))[1])
        await place.delete(`${folder}/${file}`.replace(/^\//, ""));
});

const year = new Date().getFullYear();

describe("a file field", () => {
  test("always has a file object, which says where there is no file", async () => {
    const album = await Album.objects.create({ title: "a" });
    expect([album.notes.name, String(album.notes), album.notes.committed]).toEqual(["", "", true]);
    for (const ask of [() => album.notes.url, () => album.notes.path]) expect(ask).toThrow(models.NoFileError);
    await expect(album.notes.size()).rejects.toThrow("The 'notes' attribute has no file associated with it.");
    await expect(album.notes.open()).rejects.toThrow(models.NoFileError);
    await album.notes.delete();
  });

  test("stores what it was given when the row is saved, and not before", async () => {
    const album = new Album({ title: "a", notes: new ContentFile("hello", "my notes.txt") });
    expect([album.notes.name, album.notes.committed, await album.notes.text()]).toEqual([
      "my notes.txt",
      false,
      "hello",
    ]);
    expect(await storage.listdir("")).toEqual([[], []]);
    await album.save();
    expect(album.notes.name).toBe(`notes/${year}/my_notes.txt`);
    expect(album.notes.url).toBe(`/media/notes/${year}/my_notes.txt`);
    expect(await album.notes.size()).toBe(5);
    const [again] = await Album.objects.all();
    expect([again?.notes.name, await again?.notes.text()]).toEqual([album.notes.name, "hello"]);
    // Saved once more, it is not stored once more.
    await again?.save();
    expect((await storage.listdir(`notes/${year}`))[1]).toEqual(["my_notes.txt"]);
  });

  test("saves and deletes at once, with the row unless told otherwise", async () => {
    const album = await Album.objects.create({ title: "a" });
    await album.notes.save("a.txt", "one", { save: false });
    expect((await Album.objects.get({ pk: album.pk })).notes.name).toBe("");
    await album.notes.save("a.txt", "two");
    const { name } = album.notes;
    expect(name).toMatch(/^notes\/\d{4}\/a_\w{7}\.txt$/);
    expect((await Album.objects.get({ pk: album.pk })).notes.name).toBe(name);
    await album.notes.delete();
    expect([await storage.exists(name), album.notes.name]).toEqual([false, ""]);
    expect((await Album.objects.get({ pk: album.pk })).notes.name).toBe("");
  });

  test("takes its path from a function, and its storage too", async () => {
    const album = await Album.objects.create({ title: "a", scan: new ContentFile("x", "s.pdf") });
    expect([album.scan.name, album.scan.storage]).toEqual(["scans/a/s.pdf", later]);
    expect(await later.exists("scans/a/s.pdf")).toBe(true);
    await album.scan.save(`${"long".repeat(20)}.pdf`, "y");
    expect(album.scan.name.length).toBeLessThanOrEqual(40);
  });

  test("is what bulkCreate and updateFields store, and what refreshFromDb and deferred loading give back", async () => {
    await Album.objects.bulkCreate([new Album({ title: "a", notes: new ContentFile("x", "b.txt") })]);
    const album = await Album.objects.defer("notes").get();
    expect(album.getDeferredFields()).toEqual(new Set(["notes"]));
    const notes = await (album.notes as unknown as Promise<models.FieldFile>);
    expect([notes.name, notes.instance, album.notes]).toEqual([`notes/${year}/b.txt`, album, notes]);
    album.notes.set(new ContentFile("new", "c.txt"));
    await album.save({ updateFields: ["title"] });
    expect(album.notes.committed).toBe(false);
    await album.save({ updateFields: ["notes"] });
    expect(await album.notes.text()).toBe("new");
    album.notes.set("elsewhere.txt");
    await album.refreshFromDb();
    expect(album.notes.name).toBe(`notes/${year}/c.txt`);
  });

  test("is compared, listed and written as the name", async () => {
    const album = await Album.objects.create({ title: "a", notes: "x/y.txt" });
    expect(await Album.objects.filter({ notes: "x/y.txt", notes__startswith: "x/" }).count()).toBe(1);
    expect(await Album.objects.filter({ notes: album.notes }).valuesList("notes", { flat: true })).toEqual(["x/y.txt"]);
    expect(JSON.parse(JSON.stringify(album))).toMatchObject({ notes: "x/y.txt", scan: "" });
    expect(album.notes.equals("x/y.txt")).toBe(true);
  });

  test("without a file counts as blank", async () => {
    class Strict extends models.Model<Strict>()({ file: models.FileField({ storage }) }) {}
    const { register } = await import("../testdata/database.ts");
    register("albums", Strict);
    const error = await new Strict({}).fullClean().catch((thrown: unknown) => thrown);
    expect((error as ValidationError).messageDict).toEqual({ file: ["This field cannot be blank."] });
    await new Strict({ file: "x.txt" }).fullClean();
  });

  test.each([{ a: 1 }, 5, true])("refuses %j, which is no file", async (value) => {
    await expect(Album.objects.create({ title: "a", notes: value as never })).rejects.toThrow("neither a file");
  });

  test("does not carry its storage into migrations", () => {
    const field = Album._meta.getField("scan") as FileField;
    expect(field.deconstruct()).toEqual({ type: "FileField", options: { null: true, maxLength: 40 } });
  });
});

describe("names from outside", () => {
  test.each(["../path", "..\\path", "/etc/passwd", "a/../../b", "", ".", "..", "a/.."])(
    "CVE-2021-31542: a file field makes no name of %j",
    (name) => {
      class Open extends models.FileField.Class {}
      expect(() => new Open({ uploadTo: (_row: never, file: string) => file }).generateFilename(null, name)).toThrow(
        SuspiciousFileOperation,
      );
    },
  );

  test("CVE-2021-31542: a path that climbs inside of uploadTo is refused, too", () => {
    const notes = Album._meta.getField("notes") as FileField;
    expect(() => notes.generateFilename(null, "../../x")).toThrow(SuspiciousFileOperation);
  });

  test("a stored name that leaves the storage opens nothing", async () => {
    const album = await Album.objects.create({ title: "a", notes: "../../etc/passwd" });
    await expect(album.notes.open()).rejects.toThrow(SuspiciousFileOperation);
    expect(() => album.notes.url).toThrow(SuspiciousFileOperation);
    await expect(album.notes.delete()).rejects.toThrow(SuspiciousFileOperation);
  });
});

describe("an image field", () => {
  test("notes the size of its image when it is saved, and forgets it with the image", async () => {
    const album = await Album.objects.create({ title: "a", cover: new ContentFile(PNG, "c.png") });
    expect([album.coverWidth, album.coverHeight]).toEqual([1, 2]);
    expect([await album.cover.width(), await album.cover.height()]).toEqual([1, 2]);
    const again = await Album.objects.get({ pk: album.pk });
    expect([again.coverWidth, again.coverHeight]).toEqual([1, 2]);
    await again.cover.delete();
    expect((await Album.objects.get({ pk: album.pk })).coverWidth).toBeNull();
  });

  test("has no size for what is no image", async () => {
    const album = await Album.objects.create({ title: "a", cover: new ContentFile("GIF? no.", "c.gif") });
    expect([album.coverWidth, await album.cover.dimensions()]).toEqual([null, undefined]);
  });
});

test("a field without a storage of its own uses the default one of the moment", async () => {
  class Plain extends models.Model<Plain>()({ file: models.FileField() }) {}
  const { createTables, register } = await import("../testdata/database.ts");
  register("albums", Plain);
  await createTables(Plain);
  await overrideSettings({ STORAGES: { default: { BACKEND: "tsgo/files/storage:InMemoryStorage" } } }, async () => {
    await Plain.objects.create({ file: new ContentFile("x", "x.txt") });
    expect(await storages.get("default").exists("x.txt")).toBe(true);
  });
});
