import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { start } from "node:repl";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

import { projectRoot } from "../../loading/project-root.ts";
import { enableTypeScript } from "../../loading/typescript.ts";
import { option } from "../arguments.ts";
import { BaseCommand, type Options } from "../base-command.ts";
import { defineGlobals, shellNames } from "../shell-names.ts";

const args = {
  command: option(["-c", "--command"], {
    metavar: "code",
    help: "Run this TypeScript and end. It may await and import.",
  }),
};

/** `shell`: code with the project set up: typed in, from `-c`, or from stdin. */
export default class Shell extends BaseCommand<typeof args> {
  override readonly help = "Runs code in the project: what you type, what --command gives, or what stdin holds.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle({ command, verbosity }: Options<typeof args>): Promise<void> {
    await enableTypeScript();
    const known = defineGlobals(shellNames());
    if (command !== undefined) await runModule(command);
    else if (!process.stdin.isTTY) await runModule(await text(process.stdin));
    else {
      if (verbosity > 0) this.stdout.write(`Known without an import: ${known.join(", ")}.`);
      await once(start({ prompt: "> ", useGlobal: true }), "exit");
    }
  }
}

// Only a file is a module like any other: its imports are resolved from where it stands, the project's folder.
async function runModule(code: string): Promise<void> {
  const file = join(projectRoot(), `.tsgo-shell-${randomBytes(6).toString("hex")}.ts`);
  try {
    writeFileSync(file, code, { flag: "wx", mode: 0o600 });
    await import(pathToFileURL(file).href);
  } finally {
    rmSync(file, { force: true });
  }
}
