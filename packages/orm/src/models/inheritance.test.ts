import { join } from "node:path";

import { apps } from "@tsgo/core/apps";
import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { setProjectRoot } from "@tsgo/core/loading";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { connections, createConnection } from "../db/connections.ts";
import { createTables } from "../testdata/database.ts";
import { BigCafe, Cafe, Place, Review } from "./testdata/places/models.ts";

beforeAll(async () => {
  if (!isConfigured()) configureSettings({ USE_TZ: true, TIME_ZONE: "UTC" });
  setProjectRoot(join(import.meta.dirname, "testdata"));
  await apps.populate(["places"]);
});

beforeEach(async () => {
  connections.set("default", createConnection("default", { ENGINE: "sqlite", NAME: ":memory:" }));
  await createTables(Place, Cafe, Review);
});

afterEach(() => connections.closeAll());

describe("models written as classes", () => {
  test("register by their names, in whatever order they are exported", () => {
    expect(
      apps
        .getModels()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["BigCafe", "Cafe", "Place", "Review"]);
    expect(apps.getModel("places.bigcafe")).toBe(BigCafe);
    expect([Place._meta.dbTable, Cafe._meta.dbTable, BigCafe._meta.dbTable, Review._meta.dbTable]).toEqual([
      "places_place",
      "places_cafe",
      "places_cafe",
      "places_review",
    ]);
  });

  test("share the fields and methods of an abstract class, each with its own", async () => {
    const place = await Place.objects.create({ name: "a", note: "x" });
    const review = await Review.objects.create({ place, stars: 3 });
    expect(place.created).toBeInstanceOf(Date);
    expect(review.age()).toBeGreaterThanOrEqual(0);
    expect(Place._meta.getField("note")).not.toBe(Review._meta.getField("note"));
  });

  test("have a table of their own beside their parent's", async () => {
    const cafe = await Cafe.objects.create({ name: "b", seats: 12 });
    expect(Cafe._meta.pk.name).toBe("placePtr");
    expect(cafe.label()).toBe("B");
    const [place] = await Place.objects.filter({ name: "b" });
    expect(place?.pk).toBe(cafe.pk);
    cafe.name = "c";
    cafe.seats = 3;
    await cafe.save();
    expect((await Place.objects.get({ pk: cafe.pk })).name).toBe("c");
    expect(await Cafe.objects.filter({ name: "c", seats: 3 }).count()).toBe(1);
    expect(await (place as unknown as { cafe: Promise<Cafe> }).cafe.then((found) => found.seats)).toBe(3);
    await cafe.delete();
    expect([await Place.objects.count(), await Cafe.objects.count()]).toEqual([0, 0]);
  });

  test("stand for another as a proxy", async () => {
    await Cafe.objects.create({ name: "b", seats: 12 });
    const big = await BigCafe.objects.get({ name: "b" });
    expect(big).toBeInstanceOf(BigCafe);
    expect([big.isBig(), big.label()]).toEqual([true, "B"]);
    expect(big.equals(await Cafe.objects.get({ name: "b" }))).toBe(true);
  });

  test("raise errors of their own that are those of their parents too", async () => {
    await expect(Cafe.objects.get({ name: "none" })).rejects.toThrow(Cafe.DoesNotExist);
    await expect(Cafe.objects.get({ name: "none" })).rejects.toThrow(Place.DoesNotExist);
    await expect(Place.objects.get({ name: "none" })).rejects.not.toThrow(Cafe.DoesNotExist);
  });
});
