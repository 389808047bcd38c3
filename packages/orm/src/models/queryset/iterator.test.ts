import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { describe, expect, test } from "vitest";

import { connections, createConnection } from "../../db/connections.ts";
import { atomic } from "../../db/transaction.ts";
import { createTables } from "../../testdata/database.ts";
import { describeDatabases } from "../../testdata/databases.ts";
import * as models from "../index.ts";

class Item extends models.Model<Item>()({
  name: models.CharField({ maxLength: 20 }),
  seen: models.IntegerField({ default: 0 }),
}) {}

class Page extends models.Model<Page>()({
  text: models.TextField(),
}) {}

const MEGABYTE = 2 ** 20;

/** Two to the power of `doublings` pages of 2,000 characters. */
async function fillPages(doublings: number): Promise<void> {
  await Page.objects.create({ text: "x".repeat(2000) });
  const connection = connections.get();
  const table = connection.quoteName("streams_page");
  for (let round = 0; round < doublings; round += 1)
    await connection.execute(`INSERT INTO ${table} (text) SELECT text FROM ${table}`);
}

const fill = (): Promise<Item[]> =>
  Item.objects.bulkCreate(Array.from({ length: 5 }, (_, at) => new Item({ name: `item ${at}` })));

async function readAndWrite(): Promise<void> {
  for await (const item of Item.objects.orderBy("id").iterator({ chunkSize: 2 })) {
    item.seen = await Item.objects.count();
    await item.save();
  }
}

describeDatabases("streams", [Item, Page], () => {
  test("rows can be read and written while others are streamed", async () => {
    await fill();
    await readAndWrite();
    expect(await Item.objects.filter({ seen: 5 }).count()).toBe(5);
  });

  test("also in a transaction, which has one connection", async () => {
    await fill();
    await atomic(readAndWrite);
    expect(await Item.objects.filter({ seen: 5 }).count()).toBe(5);
  });

  test("memory holds a few pieces, never all rows", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const held = (): number => {
      collect();
      const { heapUsed, external } = process.memoryUsage();
      return (heapUsed + external) / MEGABYTE;
    };
    await fillPages(13);
    const before = held();
    let most = 0;
    let seen = 0;
    for await (const page of Page.objects.iterator({ chunkSize: 100 })) {
      seen += page.text.length > 0 ? 1 : 0;
      if (seen % 2000 === 0) most = Math.max(most, held() - before);
    }
    expect(seen).toBe(2 ** 13);
    // All of them are 16 MB.
    expect(most).toBeLessThan(8);
  });

  test("a loop that ends early gives its connection back", async () => {
    await fill();
    for (let round = 0; round < 12; round += 1)
      for await (const item of Item.objects.orderBy("id").iterator({ chunkSize: 1 })) if (item.seen === 0) break;
    expect(await Item.objects.count()).toBe(5);
  });
});

describe("a database in memory", () => {
  test("has one connection, which a loop over streamed rows writes to as well", async () => {
    connections.set("default", createConnection("default", { ENGINE: "sqlite", NAME: ":memory:" }));
    await createTables(Item);
    await fill();
    await readAndWrite();
    await atomic(readAndWrite);
    expect(await Item.objects.filter({ seen: 5 }).count()).toBe(5);
    await connections.closeAll();
  });
});
