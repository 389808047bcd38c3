import { settings } from "@tsgo/core/conf";
import { CommandError } from "@tsgo/core/management";
import { fileChanged } from "@tsgo/core/server-signals";
import { setup } from "@tsgo/core/setup";

import { reportBroken, takeConnections } from "../autoreload/worker.ts";
import type { ServerAddress } from "../basehttp/address.ts";
import { getInternalWsgiApplication, type RequestListener } from "../basehttp/get-internal-wsgi-application.ts";
import { run } from "../basehttp/run.ts";
import { WSGIServer, type WSGIServerOptions } from "../basehttp/wsgi-server.ts";
import type Runserver from "../management/commands/runserver.ts";
import type { RunserverOptions } from "../management/commands/runserver.ts";
import { announce } from "./announce.ts";
import { surviveRejections } from "./rejections.ts";
import { untilSignal } from "./signals.ts";
import { startupFailure } from "./startup-failure.ts";
import { foldersToWatch } from "./watched-folders.ts";

/** Serves in this process, without watching files, until the user ends it. */
export async function serveHere(command: Runserver, options: RunserverOptions, address: ServerAddress): Promise<void> {
  const application = await loadProject(command, options);
  surviveRejections();
  const ending = new AbortController();
  const served = run(address.host, address.port, application, {
    ...serverOptions(command, options),
    ipv6: address.ipv6,
    signal: ending.signal,
    onListening: (port) => announce(command, { ...address, port }),
  });
  await Promise.race([served, untilSignal()]);
  ending.abort();
  await served;
}

/** Serves what the supervisor accepts. A project that does not load is explained to whoever asks for a page. */
export async function serveAsWorker(
  command: Runserver,
  options: RunserverOptions,
  address: ServerAddress,
): Promise<void> {
  let application: RequestListener;
  try {
    application = await loadProject(command, options);
    await announce(command, address);
  } catch (error) {
    application = await startupFailure(command, error, options.traceback);
  }
  const server = new WSGIServer(application, { ...serverOptions(command, options), onePerConnection: true });
  // What nobody caught may have left anything half done: answer what is begun and let a fresh process go on.
  surviveRejections(() => {
    reportBroken();
    void server.close().then(() => process.exit(1));
  });
  await takeConnections(
    {
      onConnection: (socket) => server.accept(socket),
      onChange: (path) => {
        fileChanged.sendRobust({ sender: server, path });
      },
    },
    foldersToWatch(),
  );
  await server.close();
}

async function loadProject(command: Runserver, options: RunserverOptions): Promise<RequestListener> {
  await setup();
  if (!settings.DEBUG && settings.ALLOWED_HOSTS.length === 0)
    throw new CommandError(
      "Nobody could ask for a page: with DEBUG off, ALLOWED_HOSTS must name the hosts of the site.",
    );
  if (!options.skipChecks) {
    if (options.verbosity > 0) command.stdout.write("Performing system checks...\n");
    await command.check({ displayNumErrors: options.verbosity > 0 });
  }
  return getInternalWsgiApplication();
}

function serverOptions(command: Runserver, { useThreading, verbosity }: RunserverOptions): WSGIServerOptions {
  return {
    threading: useThreading,
    style: command.style,
    ...(verbosity > 0 && { log: (line: string) => command.stderr.write(line, { paint: (text) => text }) }),
  };
}
