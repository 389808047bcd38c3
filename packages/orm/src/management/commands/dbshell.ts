import { BaseCommand, type Options, option, positionals } from "@tsgo/core/management";

import { runClient } from "../../backends/base/client-command.ts";
import { connections } from "../../db/connections.ts";

const args = {
  parameters: positionals({ help: "What the program is told besides, behind '--'." }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database to open." }),
};

/** `dbshell`: the database's own program, with what the settings say. */
export default class DbShell extends BaseCommand<typeof args> {
  override readonly help =
    "Opens a database in the program that comes with it (sqlite3, psql, mariadb or mysql), as the settings say.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle({ database, parameters }: Options<typeof args>): Promise<void> {
    await runClient(connections.get(database).clientCommands(parameters));
  }
}
