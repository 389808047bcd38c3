// Run as a process of its own, beside another one: says that it is ready, and migrates when it is told to.

import { once } from "node:events";
import { setTimeout } from "node:timers/promises";

import type { DatabaseSettings } from "../../../backends/base/wrapper.ts";
import { connections } from "../../../db/connections.ts";
import { Migration } from "../../migration.ts";
import { RunTypeScript } from "../../operations/run-typescript.ts";
import { MigrationExecutor, migrationPlan } from "../executor.ts";
import { withMigrationLock } from "../lock.ts";
import { configure, first, load } from "./blog.ts";

/** Leaves a row each time that it is run, and takes long enough for the other process to get in the way. */
const counted = new Migration(
  {
    dependencies: [["blog", "0001_initial"]],
    operations: [
      new RunTypeScript({
        code: async (_apps, editor) => {
          await editor.connection.execute("INSERT INTO blog_author (name) VALUES ('Ann')");
          await setTimeout(300);
        },
      }),
    ],
  },
  ["blog", "0002_counted"],
);

configure(JSON.parse(process.argv[2] ?? "{}") as Record<string, DatabaseSettings>);
process.stdout.write("ready\n");
await once(process.stdin, "data");
for (const alias of connections.aliases) {
  const connection = connections.get(alias);
  await withMigrationLock(connection, async () => {
    const loaded = await load(connection, [first, counted]);
    await new MigrationExecutor(connection, loaded).migrate(migrationPlan(loaded, [counted.key]));
  });
}
await connections.closeAll();
process.stdin.destroy();
