import { settings } from "@tsgo/core/conf";
import { type ArgumentMap, type BaseCommand, version } from "@tsgo/core/management";
import { runserverStarting } from "@tsgo/core/server-signals";

import { displayHost, type ServerAddress } from "../basehttp/address.ts";
import { isLoopback } from "./loopback.ts";

const QUIT_KEY = process.platform === "win32" ? "CTRL-BREAK" : "CONTROL-C";

/** Tells the developer what is served and where, after whatever the parts of the project have to say. */
export async function announce(command: BaseCommand<ArgumentMap>, address: ServerAddress): Promise<void> {
  await runserverStarting.asend({
    sender: command,
    write: (line) => command.stdout.write(command.style.notice(line)),
  });
  command.stdout.write(new Date().toLocaleString("en", { dateStyle: "long", timeStyle: "medium", hourCycle: "h23" }));
  command.stdout.write(`tsgo version ${version()}, using settings '${process.env["TSGO_SETTINGS_MODULE"] ?? ""}'`);
  command.stdout.write(`Starting development server at http://${displayHost(address)}:${address.port}/`);
  command.stdout.write(`Quit the server with ${QUIT_KEY}.`);
  if (settings.DEBUG && !isLoopback(address.host))
    command.stderr.write(
      "WARNING: DEBUG is on and other machines can reach this address: they will see settings and source.",
    );
}
