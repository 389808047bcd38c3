import type { AppConfig } from "../apps/app-config.ts";
import type { CommandLineContext } from "./execute.ts";
import { type CommandLocation, findCommands } from "./find-commands.ts";

/** `help`, `help --commands` and `help NAME`. Gives the exit code. */
export async function runHelp(args: readonly string[], context: CommandLineContext): Promise<number> {
  const [name] = args;
  if (name !== undefined && !name.startsWith("-")) {
    const { runSubcommand } = await import("./subcommand.ts");
    return runSubcommand(name, ["--help"], context);
  }
  const { appConfigs, problem } = await inspectProject();
  const commands = findCommands(appConfigs);
  const text = args.includes("--commands")
    ? [...commands.keys()].sort().join("\n")
    : overview(context.program, [...commands.values()], problem);
  context.stdout.write(`${text}\n`);
  return 0;
}

interface Inspection {
  readonly appConfigs: readonly AppConfig[];
  readonly problem?: string;
}

// The list shall have the applications' commands, and shall be there also where the project is broken.
async function inspectProject(): Promise<Inspection> {
  if (!process.env["TSGO_SETTINGS_MODULE"]) return { appConfigs: [] };
  const [{ setup, shutDown }, { apps }] = await Promise.all([import("../setup.ts"), import("../apps/registry.ts")]);
  try {
    await setup();
    return { appConfigs: apps.getAppConfigs() };
  } catch (error) {
    return { appConfigs: [], problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await shutDown();
  }
}

function overview(program: string, commands: readonly CommandLocation[], problem: string | undefined): string {
  const groups = new Map<string, string[]>();
  for (const { name, app } of commands) groups.set(app, [...(groups.get(app) ?? []), name]);
  const lines = [`Type '${program} help <command>' for help on a command.`, "", "Available commands:"];
  for (const [app, names] of [...groups].sort(([a], [b]) => rank(a) - rank(b)))
    lines.push("", `[${app}]`, ...names.sort().map((name) => `    ${name}`));
  if (problem !== undefined)
    lines.push("", `Only the commands of tsgo are listed, since the project could not be set up: ${problem}`);
  return lines.join("\n");
}

function rank(app: string): number {
  return app === "tsgo" ? 0 : 1;
}
