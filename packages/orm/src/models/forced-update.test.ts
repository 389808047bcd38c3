import { expect, test } from "vitest";

import { useDatabase } from "../testdata/database.ts";
import * as models from "./index.ts";

class Label extends models.Model<Label>()({ slug: models.SlugField({ primaryKey: true }) }) {}

useDatabase("labels", Label);

test("a forced update of a row that is not there fails, also where there is nothing but the key to write", async () => {
  await expect(new Label({ slug: "x" }).save({ forceUpdate: true })).rejects.toThrow("did not affect any rows");
  expect(await Label.objects.count()).toBe(0);
  await Label.objects.create({ slug: "x" });
  await new Label({ slug: "x" }).save({ forceUpdate: true });
  expect(await Label.objects.count()).toBe(1);
});
