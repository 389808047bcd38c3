// Run as a process of its own: migrates, and kills itself before an operation.

import type { DatabaseSettings } from "../../../backends/base/wrapper.ts";
import { MigrationExecutor, migrationPlan } from "../executor.ts";
import { first, load, open, second, target } from "./blog.ts";

const [settings = "{}", at = "0"] = process.argv.slice(2);
const connection = open(JSON.parse(settings) as DatabaseSettings);
const loaded = await load(connection, [first, second(Number(at), () => process.kill(process.pid, "SIGKILL"))]);
await new MigrationExecutor(connection, loaded).migrate(migrationPlan(loaded, [target]));
