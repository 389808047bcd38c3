import { settings } from "@tsgo/core/conf";
import { BaseCommand, CommandError, type Options, flag, option, positionals } from "@tsgo/core/management";

import { connections } from "../../db/connections.ts";
import { DatabaseError } from "../../exceptions.ts";
import { type Inspection, type InspectionOptions, inspectDatabase } from "../../inspection/inspect-database.ts";
import { planModels } from "../../inspection/plan-models.ts";
import { writeModels } from "../../inspection/write-models.ts";

const args = {
  table: positionals({ help: "Only these tables or views." }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database to look at." }),
  includePartitions: flag("--include-partitions", { help: "The partitions of tables, too." }),
  includeViews: flag("--include-views", { help: "Views, too." }),
};

/** `inspectdb`: writes models for the tables of a database. */
export default class InspectDb extends BaseCommand<typeof args> {
  override readonly help = "Writes models, as TypeScript, for the tables that a database has.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle({ table, database, ...options }: Options<typeof args>): Promise<void> {
    const { tables, unreadable } = await this.#inspect(database, { tables: table, ...options });
    const defaultAutoField = settings.DEFAULT_AUTO_FIELD.split(/[.:]/).at(-1) ?? "";
    this.stdout.write(writeModels(planModels(tables, defaultAutoField), unreadable));
    for (const { name, problem } of unreadable) this.stderr.write(`The table '${name}' was left out: ${problem}`);
  }

  async #inspect(database: string, options: InspectionOptions): Promise<Inspection> {
    try {
      return await inspectDatabase(connections.get(database), options);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      throw new CommandError(`The tables of the database '${database}' cannot be listed: ${error.message}`, {
        cause: error,
      });
    }
  }
}
