import { createInterface } from "node:readline/promises";

import { BaseCommand, CommandError, type Options, flag, option } from "@tsgo/core/management";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { connections } from "../../db/connections.ts";
import { DatabaseError } from "../../exceptions.ts";
import { flush } from "../../maintenance/flush.ts";
import { emitMigrateSignal } from "../../migrations/run/emit.ts";
import { projectStateOf } from "../../migrations/state/from-model.ts";
import { modelRegistry } from "../../models/registry.ts";
import { postMigrate } from "../../signals/migrations.ts";

const args = {
  interactive: flag(["--noinput", "--no-input"], { stores: false, help: "Ask nothing." }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database to empty." }),
};

/** `flush`: removes all rows and keeps the tables. */
export default class Flush extends BaseCommand<typeof args> {
  override readonly help =
    "Removes all rows of the database and keeps its tables and what migrations noted. What applications put in after migrate is put in again.";
  override readonly arguments = args;

  override async handle({ interactive, database, verbosity }: Options<typeof args>): Promise<void> {
    const connection = connections.get(database);
    if (interactive && !(await this.#isConfirmed(connection))) {
      this.stdout.write("Nothing was removed.");
      return;
    }
    try {
      await flush(connection);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      throw new CommandError(
        `The database '${connection.settings.NAME}' could not be flushed: ${error.message} ` +
          "Is it running, and are its tables there? 'sqlflush' shows the SQL.",
        { cause: error },
      );
    }
    const event = { verbosity, interactive, using: database, plan: [] };
    await emitMigrateSignal(postMigrate, event, () => projectStateOf(modelRegistry).apps);
  }

  async #isConfirmed({ alias, settings }: BaseWrapper): Promise<boolean> {
    this.stdout.write(
      `This removes every row of the database '${settings.NAME}' ('${alias}'), and nothing brings them back.`,
    );
    const reader = createInterface({ input: process.stdin, output: process.stdout });
    // Without anybody to answer, the input ends and the question with it.
    const nobody = new Promise<string>((resolve) => reader.once("close", () => resolve("")));
    try {
      return (await Promise.race([reader.question("Type 'yes' to go on: "), nobody])).trim() === "yes";
    } finally {
      reader.close();
    }
  }
}
