// Run as a process of its own: migrates several databases at once, and kills itself when all of them have come to an operation.

import type { DatabaseSettings } from "../../../backends/base/wrapper.ts";
import { connections } from "../../../db/connections.ts";
import { MigrationExecutor, migrationPlan } from "../executor.ts";
import { configure, first, load, second, target } from "./blog.ts";

const [databases = "{}", at = "0"] = process.argv.slice(2);
configure(JSON.parse(databases) as Record<string, DatabaseSettings>);
let waiting = connections.aliases.length;

/** Comes back never: the last to arrive ends the process. */
function arrive(): Promise<never> {
  waiting -= 1;
  if (waiting === 0) process.kill(process.pid, "SIGKILL");
  return new Promise(() => {});
}

await Promise.all(
  connections.aliases.map(async (alias) => {
    const connection = connections.get(alias);
    const loaded = await load(connection, [first, second(Number(at), arrive)]);
    await new MigrationExecutor(connection, loaded).migrate(migrationPlan(loaded, [target]));
  }),
);
