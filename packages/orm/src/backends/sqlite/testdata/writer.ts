// Adds one to a number, again and again, each time in a transaction that reads it first: a second process for a test.

import { configureSettings } from "@tsgo/core/conf";

import { connections } from "../../../db/connections.ts";
import { atomic } from "../../../db/transaction.ts";

const [, , file = "", times = "0"] = process.argv;
configureSettings({ DATABASES: { default: { ENGINE: "sqlite", NAME: file } } });
const connection = connections.get();
for (let round = 0; round < Number(times); round += 1) {
  await atomic(async () => {
    const { rows } = await connection.execute("SELECT n FROM counter");
    await connection.execute("UPDATE counter SET n = ?", [Number(rows[0]?.[0]) + 1]);
  });
}
await connections.closeAll();
