import { existsSync } from "node:fs";
import nodeModule from "node:module";
import { basename, join } from "node:path";

import { setProjectRoot } from "../loading/project-root.ts";
import type { OutputStream } from "./output.ts";

/** Where a command line is run, and where its output goes. */
export interface ExecuteOptions {
  /** The project's folder: `manage.js` passes its own. */
  readonly root?: string;
  readonly stdout?: OutputStream;
  readonly stderr?: OutputStream;
}

/**
 * Runs the command that a command line names: `[node, program, command, ...arguments]`, as in `process.argv`.
 * Sets `process.exitCode`: 0, what a CommandError says, 2 for arguments that cannot be understood, else 1.
 *
 * @example
 * await executeFromCommandLine(process.argv, { root: import.meta.dirname });
 */
export async function executeFromCommandLine(
  argv: readonly string[] = process.argv,
  options: ExecuteOptions = {},
): Promise<void> {
  if (options.root !== undefined) keepCompiledCode(options.root);
  process.exitCode = await runCommandLine(argv, options);
}

// Node 22.1 and later can keep what it compiled, which takes a fifth off the start. Beside the packages, where nobody
// else writes: in a folder that others share, they could put code of theirs.
function keepCompiledCode(root: string): void {
  const packages = join(root, "node_modules");
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  if (existsSync(packages)) enableCompileCache?.(join(packages, ".cache", "tsgo"));
}

/** Like `executeFromCommandLine`, but gives the exit code in place of setting it. */
export async function runCommandLine(argv: readonly string[], options: ExecuteOptions = {}): Promise<number> {
  if (options.root !== undefined) setProjectRoot(options.root);
  const [, program = "tsgo-admin", ...args] = argv;
  const context = {
    program: programName(program),
    stdout: options.stdout ?? process.stdout,
    stderr: options.stderr ?? process.stderr,
  };
  const [first = "help", ...rest] = args;
  // Help is asked for often and must be there at once: nothing else is loaded for it.
  if (first === "help" || first === "--help" || first === "-h") {
    const { runHelp } = await import("./help.ts");
    return runHelp(rest, context);
  }
  const { runSubcommand } = await import("./subcommand.ts");
  return runSubcommand(first, rest, context);
}

/** Who was called, and where output goes. */
export interface CommandLineContext {
  /** As the user types it: `node manage`, `tsgo-admin`. */
  readonly program: string;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

function programName(path: string): string {
  const name = basename(path).replace(/\.m?js$/, "");
  return name === "manage" ? "node manage" : name;
}
