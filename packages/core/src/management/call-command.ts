import { didYouMean } from "@tsgo/utils/nearest-name";

import type { ArgumentMap } from "./arguments.ts";
import type { BaseCommand } from "./base-command.ts";
import { CommandError } from "./command-error.ts";
import { findCommands } from "./find-commands.ts";
import { loadCommand } from "./load-command.ts";
import type { OutputStream } from "./output.ts";

/** Values by name, and where the output goes. System checks are skipped unless `skipChecks` is false. */
export interface CallOptions {
  readonly stdout?: OutputStream;
  readonly stderr?: OutputStream;
  readonly [name: string]: unknown;
}

/**
 * Runs a command from a program, and gives what its `handle` returned as text. Arguments are given as on the command
 * line, options by name or as on the command line. Throws what the command throws; CommandError for wrong arguments.
 *
 * @example
 * await callCommand("migrate", "polls", { verbosity: 0 });
 * await callCommand(new ClosePoll(), "7", "--delete");
 */
export async function callCommand(
  command: string | BaseCommand<ArgumentMap>,
  ...args: readonly (string | CallOptions)[]
): Promise<string | undefined> {
  const instance = typeof command === "string" ? await instanceOf(command) : command;
  const words = args.filter((arg) => typeof arg === "string");
  const { stdout, stderr, skipChecks = true, ...preset } = args.find((arg) => typeof arg === "object") ?? {};
  instance.redirect(stdout, stderr);
  const result = await instance.createParser(typeof command === "string" ? command : "command").parse(words, preset);
  if ("print" in result) {
    instance.stdout.write(result.print);
    return undefined;
  }
  return instance.execute({ ...result.values, skipChecks });
}

async function instanceOf(name: string): Promise<BaseCommand<ArgumentMap>> {
  // Programs that call no command load this module for its neighbours.
  const { apps } = await import("../apps/registry.ts");
  const commands = findCommands(apps.ready ? apps.getAppConfigs() : []);
  const location = commands.get(name);
  if (!location) throw new CommandError(`Unknown command: '${name}'.${didYouMean(name, commands.keys())}`);
  const Class = await loadCommand(location);
  return new Class();
}
