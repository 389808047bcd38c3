import { setup } from "../../setup.ts";
import { callCommand } from "../call-command.ts";
import { builtinCommands } from "../find-commands.ts";
import type { OutputWrapper } from "../output.ts";

// Commands of other packages that add to what was built. Each takes the folder as `--output`.
const STEPS = ["compiletemplates"];

/**
 * Adds to a built project what other packages can prepare for production. That needs the project's settings, and
 * a machine that builds may lack what they are made of: the project is whole without it.
 */
export async function takeFurtherSteps(output: string, stderr: OutputWrapper): Promise<void> {
  // A folder that is no project, only modules.
  if (process.env["TSGO_SETTINGS_MODULE"] === undefined) return;
  const known = builtinCommands();
  for (const step of STEPS.filter((name) => known.has(name))) {
    try {
      await setup();
      await callCommand(step, { output, verbosity: 0, stderr });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      stderr.write(`Without '${step}', which could not run: ${message}`);
    }
  }
}
