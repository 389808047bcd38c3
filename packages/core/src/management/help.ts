import { findCommands } from "./find-commands.ts";
import type { CommandLineContext } from "./execute.ts";

/** `help`, `help --commands` and `help NAME`. Gives the exit code. */
export async function runHelp(args: readonly string[], context: CommandLineContext): Promise<number> {
  const [name] = args;
  if (name !== undefined && !name.startsWith("-")) {
    const { runSubcommand } = await import("./subcommand.ts");
    return runSubcommand(name, ["--help"], context);
  }
  const problem = await trySetup();
  const text = args.includes("--commands")
    ? [...findCommands().keys()].sort().join("\n")
    : overview(context.program, problem);
  context.stdout.write(`${text}\n`);
  return 0;
}

// The list shall have the applications' commands, and shall be there also where the project is broken.
async function trySetup(): Promise<string | undefined> {
  if (!process.env["TSGO_SETTINGS_MODULE"]) return undefined;
  const { setup, shutDown } = await import("../setup.ts");
  try {
    await setup();
    return undefined;
  } catch (error) {
    await shutDown();
    return error instanceof Error ? error.message : String(error);
  }
}

function overview(program: string, problem: string | undefined): string {
  const groups = new Map<string, string[]>();
  for (const { name, app } of findCommands().values()) groups.set(app, [...(groups.get(app) ?? []), name]);
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
