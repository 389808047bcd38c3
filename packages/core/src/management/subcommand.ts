import { didYouMean } from "@tsgo/utils/nearest-name";

import { TsgoError } from "../exceptions/base.ts";
import type { AppConfig } from "../apps/app-config.ts";
import { shutDown } from "../lifecycle.ts";
import { colorStyle, supportsColor } from "./color.ts";
import { CommandError, SystemCheckError } from "./command-error.ts";
import type { BaseCommand, CommandClass } from "./base-command.ts";
import type { ArgumentMap } from "./arguments.ts";
import type { CommandLineContext } from "./execute.ts";
import { builtinCommands, findCommands } from "./find-commands.ts";
import { loadCommand } from "./load-command.ts";
import { OutputWrapper } from "./output.ts";
import { version } from "./version.ts";

/** Runs one command and reports its failure. Gives the exit code. */
export async function runSubcommand(
  name: string,
  args: readonly string[],
  context: CommandLineContext,
): Promise<number> {
  if (name === "version" || name === "--version") {
    context.stdout.write(`${version()}\n`);
    return 0;
  }
  const failed = await failureOf(() => run(name, args, context));
  const endedBadly = await failureOf(shutDown);
  const failure = failed ?? endedBadly;
  return failure ? report(failure.error, args, context) : 0;
}

async function run(name: string, args: readonly string[], context: CommandLineContext): Promise<void> {
  applySettingsOption(args);
  const command = await createCommand(name, args, context);
  await runCommand(command, `${context.program} ${name}`, args);
}

// Anything can be thrown, `undefined` too.
async function failureOf(work: () => Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return { error };
  }
}

async function createCommand(
  name: string,
  args: readonly string[],
  context: CommandLineContext,
): Promise<BaseCommand<ArgumentMap>> {
  const Class = await findClass(name, args, context);
  const command = new Class();
  command.redirect(context.stdout, context.stderr);
  return command;
}

// With the project set up, where the command needs it. Throws CommandError for an unknown name.
async function findClass(
  name: string,
  args: readonly string[],
  { program }: CommandLineContext,
): Promise<CommandClass> {
  const builtin = builtinCommands().get(name);
  const Builtin = builtin && (await loadCommand(builtin));
  if (Builtin && !Builtin.requiresSetup) return Builtin;
  // Without a project there is nothing but the commands of tsgo, and a wrong name is the first thing to say.
  let appConfigs: readonly AppConfig[] = [];
  if (Builtin || process.env["TSGO_SETTINGS_MODULE"]) {
    try {
      appConfigs = await setUpProject();
    } catch (error) {
      // What a command does can be told where it cannot be done.
      if (Builtin && (args.includes("--help") || args.includes("-h"))) return Builtin;
      throw error;
    }
  }
  const commands = findCommands(appConfigs);
  const found = commands.get(name);
  if (found) return Builtin && found.file === builtin.file ? Builtin : loadCommand(found);
  const hint = didYouMean(name, [...commands.keys(), "help", "version"]);
  throw new CommandError(`Unknown command: '${name}'.${hint} Type '${program} help' for the list.`);
}

// Loaded only here, since the server's outer process and `startproject` run without it.
async function setUpProject(): Promise<readonly AppConfig[]> {
  const [{ setup }, { apps }] = await Promise.all([import("../setup.ts"), import("../apps/registry.ts")]);
  await setup();
  return apps.getAppConfigs();
}

async function runCommand(command: BaseCommand<ArgumentMap>, usage: string, args: readonly string[]): Promise<void> {
  const result = await command.createParser(usage).parse(args);
  if ("print" in result) command.stdout.write(result.print);
  else await command.execute(result.values);
}

// The settings are loaded before the command is known, and with it what it takes.
function applySettingsOption(args: readonly string[]): void {
  const end = args.indexOf("--");
  const own = end < 0 ? args : args.slice(0, end);
  for (const [index, arg] of own.entries()) {
    const value = arg === "--settings" ? own[index + 1] : /^--settings=(.*)$/.exec(arg)?.[1];
    if (value !== undefined) process.env["TSGO_SETTINGS_MODULE"] = value;
  }
}

function report(error: unknown, args: readonly string[], context: CommandLineContext): number {
  const stderr = new OutputWrapper(context.stderr);
  const wantsColor = args.includes("--force-color") || (!args.includes("--no-color") && supportsColor(context.stderr));
  const isExplained = error instanceof TsgoError && !args.includes("--traceback");
  if (isExplained) {
    const text = error instanceof SystemCheckError ? error.message : `${error.name}: ${error.message}`;
    stderr.write(text, wantsColor && !(error instanceof SystemCheckError) ? { paint: colorStyle.error } : {});
  } else stderr.write(traceback(error));
  return error instanceof CommandError ? error.returnCode : 1;
}

function traceback(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.stack ?? String(error);
  return error.cause === undefined ? text : `${text}\nCaused by: ${traceback(error.cause)}`;
}
