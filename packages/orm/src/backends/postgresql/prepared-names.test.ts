import { expect, test } from "vitest";

import { connections } from "../../db/connections.ts";
import { atomic } from "../../db/transaction.ts";
import * as models from "../../models/index.ts";
import { describeDatabases } from "../../testdata/databases.ts";

class Measure extends models.Model<Measure>()({
  label: models.CharField({ maxLength: 20 }),
  size: models.IntegerField(),
}) {}

async function preparedNames(): Promise<unknown[]> {
  const { rows } = await connections.get().execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'tsgo_%'");
  return rows.map(([name]) => name);
}

describeDatabases("prepared", [Measure], (_log, vendor) => {
  test("a query goes on working when the type of a column changes", async () => {
    await Measure.objects.create({ label: "a", size: 1 });
    expect((await Measure.objects.get({ label: "a" })).size).toBe(1);
    const connection = connections.get();
    const table = connection.quoteName("prepared_measure");
    if (vendor === "postgresql") await connection.execute(`ALTER TABLE ${table} ALTER COLUMN label TYPE text`);
    if (vendor === "mysql") await connection.execute(`ALTER TABLE ${table} MODIFY label longtext NOT NULL`);
    for (const label of ["a", "a"]) expect((await Measure.objects.get({ label })).size).toBe(1);
    await atomic(async () => {
      expect((await Measure.objects.get({ label: "a" })).size).toBe(1);
    });
  });

  test.runIf(vendor === "postgresql")("what recurs is prepared once", async () => {
    await atomic(async () => {
      const before = (await preparedNames()).length;
      for (const size of [1, 2, 3]) await Measure.objects.filter({ size }).count();
      expect((await preparedNames()).length).toBe(before + 1);
    });
  });
});
