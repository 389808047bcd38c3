import { expect, test } from "vitest";

import * as models from "../models/index.ts";
import { useDatabase } from "../testdata/database.ts";

const Status = models.textChoices({ DRAFT: "d", IN_PRINT: ["p", "At the printer's"], soldOut: "s" });
const Size = models.integerChoices({ SMALL: 1, LARGE: [2, "Big"] });

class Poster extends models.Model<Poster>()({
  status: models.CharField({ maxLength: 1, choices: Status, default: Status.DRAFT }),
  size: models.IntegerField({ choices: Size, default: Size.SMALL }),
}) {}

useDatabase("posters", Poster);

test("choices have names, values and labels", () => {
  expect(Status.IN_PRINT).toBe("p");
  expect(Status.values).toEqual(["d", "p", "s"]);
  expect(Status.labels).toEqual(["Draft", "At the printer's", "Sold Out"]);
  expect(Size.choices).toEqual([
    [1, "Small"],
    [2, "Big"],
  ]);
});

test("a field takes them, and holds nothing else", async () => {
  const poster = await Poster.objects.create({ status: Status.IN_PRINT });
  expect(poster.getStatusDisplay()).toBe("At the printer's");
  expect(poster.getSizeDisplay()).toBe("Small");
  expect(await Poster.objects.filter({ status: Status.IN_PRINT, size: Size.SMALL }).count()).toBe(1);
  // @ts-expect-error no such choice
  await expect(new Poster({ status: "x" }).fullClean()).rejects.toThrow("status");
  const status: "d" | "p" | "s" = poster.status;
  expect(status).toBe("p");
});

test("a name that is taken and a value that is there twice are refused", () => {
  expect(() => models.textChoices({ values: "v" })).toThrow("'values'");
  expect(() => models.textChoices({ ONE: "1", UNO: "1" })).toThrow('"1"');
});
