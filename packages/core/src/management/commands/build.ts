import { randomBytes } from "node:crypto";
import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../loading/project-root.ts";
import { flag } from "../arguments.ts";
import { BaseCommand, type Options } from "../base-command.ts";
import { compile } from "../build/compile.ts";
import { copyAssets } from "../build/copy-assets.ts";
import { takeFurtherSteps } from "../build/further-steps.ts";
import { keepDatabases } from "../build/keep-databases.ts";
import { CommandError } from "../command-error.ts";

const args = {
  sourceMaps: flag("--source-maps", { help: "Write source maps, which hold the sources, beside the modules." }),
};

/** `build`: makes plain JavaScript of the project, in `dist`. */
export default class Build extends BaseCommand<typeof args> {
  static override readonly requiresSetup = false;

  override readonly help = "Checks the types and writes the project as plain JavaScript into dist, for production.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle({ sourceMaps, verbosity }: Options<typeof args>): Promise<void> {
    const root = projectRoot();
    // The running program is replaced by a whole one or not at all.
    const scratch = join(root, `.tsgo-${randomBytes(6).toString("hex")}`);
    try {
      const { ok, output } = await compile(root, scratch, sourceMaps);
      if (!ok) throw new CommandError(`The project does not compile; dist is as it was.\n${output.trimEnd()}`);
      removeTests(scratch);
      copyAssets(root, scratch);
      await takeFurtherSteps(scratch, this.stderr);
      keepDatabases(join(root, "dist"), scratch);
      rmSync(join(root, "dist"), { recursive: true, force: true });
      renameSync(scratch, join(root, "dist"));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
    if (verbosity > 0)
      this.stdout.write(this.style.success("The project is built: run it with `node dist/manage.js`."));
  }
}

function removeTests(folder: string): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }))
    if (/\.test\.m?js(\.map)?$/.test(file)) rmSync(join(folder, file));
}
