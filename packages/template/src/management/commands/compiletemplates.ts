import { BaseCommand, type Options, option } from "@tsgo/core/management";

import { templateDebug } from "../../debug.ts";
import { engines } from "../../engines.ts";
import { compileTemplates } from "../../precompile/collect.ts";
import { writePrecompiled } from "../../precompile/module-file.ts";

const args = {
  output: option("--output", { metavar: "folder", default: "dist", help: "The folder of the built project." }),
};

/** `compiletemplates`: writes the code of all templates into a built project. `build` does it. */
export default class CompileTemplates extends BaseCommand<typeof args> {
  override readonly help =
    "Writes all templates as JavaScript into a built project, so that it starts without compiling them; `build` runs it.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle({ output, verbosity }: Options<typeof args>): Promise<void> {
    await engines.prepare();
    const { record, count, failures } = compileTemplates();
    for (const [name, error] of failures) {
      const { line, column } = templateDebug(error) ?? {};
      const place = line === undefined ? name : `${name}:${line}:${column}`;
      const message = error instanceof Error ? error.message : String(error);
      this.stderr.write(`${place} is not compiled: ${message.split("\n", 1)[0]}`);
    }
    // A project without templates needs no file.
    if (record.codes.size > 0) writePrecompiled(output, record);
    if (verbosity > 0) this.stdout.write(`${count} templates compiled.`);
  }
}
