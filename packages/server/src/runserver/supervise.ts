import { relative } from "node:path";
import { fileURLToPath } from "node:url";

import { environmentWithoutDotenv } from "@tsgo/core/conf";
import { projectRoot } from "@tsgo/core/loading";
import type { ArgumentMap, BaseCommand } from "@tsgo/core/management";

import { Supervisor } from "../autoreload/supervisor.ts";
import { watch, type Watcher } from "../autoreload/watcher.ts";
import { workerEnvironment } from "../autoreload/worker.ts";
import { listenError, type ServerAddress } from "../basehttp/address.ts";
import { untilSignal } from "./signals.ts";

// Saving all files of an editor is one change and not ten.
const GATHER_MS = 10;

/**
 * Watches the project and supervises the processes that serve it, until the user ends it.
 *
 * @param commandLine What a worker runs, given the port.
 * @throws CommandError where the address cannot be listened on.
 */
export async function superviseProject(
  command: BaseCommand<ArgumentMap>,
  address: ServerAddress,
  commandLine: (port: number) => string[],
): Promise<void> {
  const root = projectRoot();
  // Built code has workers in plain JavaScript, and sources have them in TypeScript.
  const module = fileURLToPath(
    new URL(`worker-main${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url),
  );
  const env = { ...environmentWithoutDotenv(), ...workerEnvironment };
  const started = Date.now();
  let watching: Promise<Watcher> | undefined;
  // Watching begins when the first worker is done with its start: until then the processor is the worker's.
  const supervisor = new Supervisor(
    { module, options: { cwd: process.cwd(), env } },
    {
      onServing: (folders) => void startWatching().then((watcher) => watcher.add(folders)),
      onFailed: () => void startWatching(),
    },
  );
  const changed = gather((paths) => {
    command.stdout.write(`${paths.map((path) => relative(root, path)).join(", ")} changed, reloading.`);
    supervisor.restart();
  });
  const startWatching = () =>
    (watching ??= watch(
      root,
      (path, kind) => (kind === "restart" ? changed(path) : supervisor.notify(path)),
      (error) => command.stderr.write(`Watching files failed: ${String(error)}`),
      started,
    ));

  const { host, ipv6 } = address;
  const port = await supervisor.listen({ host, port: address.port, ipv6Only: ipv6 }).catch((error: unknown): never => {
    throw listenError(error, address);
  });
  supervisor.start([root, ...commandLine(port)]);
  await untilSignal();
  supervisor.close();
  await (await watching)?.close();
}

/** Calls `flush` once with all that came within a moment of each other. */
function gather(flush: (paths: string[]) => void): (path: string) => void {
  let paths = new Set<string>();
  return (path) => {
    if (paths.size === 0)
      setTimeout(() => {
        const all = [...paths];
        paths = new Set();
        flush(all);
      }, GATHER_MS);
    paths.add(path);
  };
}
