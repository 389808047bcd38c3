// How the program that comes with a database is started, for `dbshell`.

import { spawn } from "node:child_process";

import { CommandError } from "@tsgo/core/management";

/** A program with what it is told. Names and passwords go by the environment, or behind `--option=`, where nothing can take them for an option. */
export interface ClientCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs the first of some programs that is installed, in the terminal that this process has, and waits for its end. No shell reads
 * the arguments.
 *
 * @throws CommandError where none is installed, or where the program fails, with its exit code.
 */
export async function runClient(commands: readonly ClientCommand[]): Promise<void> {
  for (const command of commands) {
    const ended = await started(command);
    if (ended === undefined) continue;
    if (ended.code === 0) return;
    throw new CommandError(
      ended.code === null
        ? `${command.program} was ended by the signal ${String(ended.signal)}.`
        : `${command.program} ended with the code ${ended.code}.`,
      { returnCode: ended.code ?? 1 },
    );
  }
  const names = commands.map(({ program }) => `'${program}'`).join(" or ");
  throw new CommandError(`The program ${names} is not installed, or not in a folder of PATH.`);
}

function ignore(): void {
  // The program hears the signal, too.
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How the program ended; undefined where there is no such program. */
async function started({ program, args, env }: ClientCommand): Promise<Ending | undefined> {
  // Ctrl-C is for the program: it ends a statement there, and must not end this process under it.
  process.on("SIGINT", ignore);
  try {
    return await new Promise<Ending | undefined>((resolve, reject) => {
      const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, ...env } });
      child.once("close", (code, signal) => {
        resolve({ code, signal });
      });
      child.once("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") resolve(undefined);
        else reject(new CommandError(`${program} could not be started: ${error.message}.`, { cause: error }));
      });
    });
  } finally {
    process.off("SIGINT", ignore);
  }
}

/** Those of some texts that are set: environments and options have no place for the others. */
export function given(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const set = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
}
