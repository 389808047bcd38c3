import { expect, test } from "vitest";

import { describeDatabases } from "../testdata/databases.ts";
import { Temporal } from "../values/temporal.ts";
import * as models from "../models/index.ts";

class Token extends models.Model<Token>()({
  name: models.CharField({ maxLength: 10 }),
  random: models.UUIDField({ null: true }),
  timed: models.UUIDField({ null: true }),
  made: models.UUIDField({ dbDefault: new models.UUID4() }),
}) {}

const VERSION_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The time in a UUID of version 7, in milliseconds. */
const timeOf = (uuid: string): number => Number.parseInt(uuid.replaceAll("-", "").slice(0, 12), 16);

describeDatabases("uuids", [Token], () => {
  test("each row gets a UUID of its own, of the version that was asked for", async () => {
    for (const name of ["a", "b", "c"]) await Token.objects.create({ name });
    const before = Date.now();
    expect(await Token.objects.update({ random: new models.UUID4(), timed: new models.UUID7() })).toBe(3);
    const rows = await Token.objects.orderBy("name");
    for (const { random, timed, made } of rows) {
      expect(random).toMatch(VERSION_4);
      expect(made).toMatch(VERSION_4);
      expect(timed).toMatch(VERSION_7);
      expect(Math.abs(timeOf(timed ?? "") - before)).toBeLessThan(60_000);
    }
    expect(new Set(rows.flatMap(({ random, timed, made }) => [random, timed, made])).size).toBe(9);
    const [found] = await Token.objects.filter({ random: rows[1]?.random ?? "" });
    expect(found?.name).toBe("b");
  });

  test("the time of a UUID can be moved", async () => {
    await Token.objects.create({ name: "a" });
    const [row] = await Token.objects.annotate({
      now: new models.UUID7(),
      later: new models.UUID7({ shift: Temporal.Duration.from({ hours: 2 }) }),
      earlier: new models.UUID7({ shift: Temporal.Duration.from({ days: -1 }) }),
    });
    const now = timeOf(row?.now ?? "");
    expect(Math.round((timeOf(row?.later ?? "") - now) / 60_000)).toBe(120);
    expect(Math.round((timeOf(row?.earlier ?? "") - now) / 60_000)).toBe(-1440);
    expect([row?.now ?? "", row?.later ?? "", row?.earlier ?? ""].toSorted()).toEqual([
      row?.earlier,
      row?.now,
      row?.later,
    ]);
    expect(() => new models.UUID7({ shift: 5 as never })).toThrow("Temporal.Duration");
  });
});
