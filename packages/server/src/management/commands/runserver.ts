import { BaseCommand, flag, type Options, optionalPositional } from "@tsgo/core/management";

import { isWorker } from "../../autoreload/worker.ts";
import { displayHost, parseAddress, type ServerAddress } from "../../basehttp/address.ts";

const args = {
  addrport: optionalPositional({
    metavar: "[addr:]port",
    help: "Where to listen; 127.0.0.1:8080 where nothing is said.",
  }),
  useIpv6: flag(["--ipv6", "-6"], { help: "Listen on an IPv6 address." }),
  useThreading: flag("--nothreading", { stores: false, help: "Work on one request at a time." }),
  useReloader: flag("--noreload", { stores: false, help: "Do not watch the project's files." }),
  skipChecks: flag("--skip-checks", { help: "Do not run the system checks." }),
};

/** The values of `runserver`. */
export type RunserverOptions = Options<typeof args>;

/**
 * Serves the project while it is developed. Unless `--noreload` is given, this process only watches the files and
 * owns the socket; others, which it starts and ends, load the project and answer.
 */
export default class Runserver extends BaseCommand<typeof args> {
  // The process that watches must know nothing of the project: settings or modules that it had loaded would be old
  // ones for all that it starts.
  static override readonly requiresSetup = false;
  override readonly help = "Serves the project on this machine, for development.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle(options: RunserverOptions): Promise<void> {
    const address = parseAddress(options.addrport, options.useIpv6);
    if (isWorker()) {
      const { serveAsWorker } = await import("../../runserver/serve.ts");
      return serveAsWorker(this, options, address);
    }
    if (!options.useReloader) {
      const { serveHere } = await import("../../runserver/serve.ts");
      return serveHere(this, options, address);
    }
    const { superviseProject } = await import("../../runserver/supervise.ts");
    return superviseProject(this, address, (port) => commandLine(options, { ...address, port }));
  }
}

/** What a worker is told to run: this command with the same options, and the port that was found. */
function commandLine(options: RunserverOptions, address: ServerAddress): string[] {
  const { useIpv6, useThreading, skipChecks, noColor, forceColor, traceback, settings, verbosity } = options;
  const flags = {
    "--ipv6": useIpv6,
    "--nothreading": !useThreading,
    "--skip-checks": skipChecks,
    "--no-color": noColor,
    "--force-color": forceColor,
    "--traceback": traceback,
  };
  return [
    "runserver",
    `${displayHost(address)}:${address.port}`,
    ...Object.entries(flags).flatMap(([name, given]) => (given ? [name] : [])),
    ...(settings === undefined ? [] : ["--settings", settings]),
    "--verbosity",
    String(verbosity),
  ];
}
