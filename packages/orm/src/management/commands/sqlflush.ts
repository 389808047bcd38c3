import { BaseCommand, type Options, option } from "@tsgo/core/management";

import { connections } from "../../db/connections.ts";
import { flushStatements } from "../../maintenance/flush.ts";

const args = {
  database: option("--database", { default: "default", metavar: "alias", help: "The database whose SQL is wanted." }),
};

/** `sqlflush`: writes the SQL that removes all rows, without running it. */
export default class SqlFlush extends BaseCommand<typeof args> {
  override readonly help = "Writes the SQL that flush would run, without running it.";
  override readonly arguments = args;
  override readonly outputTransaction = true;

  override async handle({ database, verbosity }: Options<typeof args>): Promise<string> {
    const connection = connections.get(database);
    const statements = await flushStatements(connection);
    if (statements.length === 0 && verbosity > 0) this.stderr.write("No tables found.");
    const { scope, begin, end } = connection.operations.deferConstraintsSql;
    const all = scope === "session" && statements.length > 0 ? [begin, ...statements, end] : statements;
    return all.map((sql) => `${sql};`).join("\n");
  }
}
