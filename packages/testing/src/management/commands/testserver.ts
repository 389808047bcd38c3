import { createInterface } from "node:readline/promises";

import { BaseCommand, callCommand, flag, option, type Options, positionals } from "@tsgo/core/management";

const args = {
  fixtures: positionals({ metavar: "fixture", help: "What to load into the databases first." }),
  interactive: flag(["--noinput", "--no-input"], { stores: false, help: "Replace a database that is in the way." }),
  addrport: option("--addrport", { default: "", help: "Where to listen; 127.0.0.1:8080 where nothing is said." }),
  useIpv6: flag(["--ipv6", "-6"], { help: "Listen on an IPv6 address." }),
};

/** Serves the project on databases of their own, which are gone when it ends. Answers to Django's `testserver`. */
export default class Testserver extends BaseCommand<typeof args> {
  override readonly help = "Serves the project on fresh test databases, with fixtures loaded.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle({ fixtures, interactive, addrport, useIpv6 }: Options<typeof args>): Promise<void> {
    const { createTestDatabases } = await import("../../databases/test-databases.ts");
    await using databases = await createTestDatabases(interactive ? { replace: mayReplace } : {});
    for (const [alias, name] of Object.entries(databases.names)) this.stdout.write(`Test database '${alias}': ${name}`);
    if (fixtures.length > 0) await callCommand("loaddata", ...fixtures);
    await callCommand("runserver", ...(addrport === "" ? [] : [addrport]), {
      useIpv6,
      useReloader: false,
      stdout: this.stdout,
      stderr: this.stderr,
    });
  }
}

async function mayReplace(name: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(`There is a database '${name}'. Type 'yes' to replace it: `)) === "yes";
  } finally {
    terminal.close();
  }
}
