import { BaseCommand, type Options, option, positionals } from "@tsgo/core/management";
import { apps } from "@tsgo/core/apps";

import { connections } from "../../db/connections.ts";
import { sequencesOf } from "../../maintenance/tables.ts";
import { modelRegistry } from "../../models/registry.ts";

const args = {
  appLabels: positionals({ metavar: "app_label", atLeastOne: true, help: "The applications of the tables." }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database whose SQL is wanted." }),
};

/** `sqlsequencereset`: writes the SQL that puts the counters of keys past the keys that are there. */
export default class SqlSequenceReset extends BaseCommand<typeof args> {
  override readonly help =
    "Writes the SQL that puts the counters of automatic keys past the greatest key, which rows put in by hand may need.";
  override readonly arguments = args;
  override readonly outputTransaction = true;

  override handle({ appLabels, database, verbosity }: Options<typeof args>): string {
    const { operations } = connections.get(database);
    const labels = [...new Set(appLabels)].map((label) => apps.getAppConfig(label).label);
    const models = labels.flatMap((label) => modelRegistry.getModels(label)).filter(({ _meta }) => _meta.canMigrate);
    const statements = operations.sequenceResetSql(sequencesOf(models));
    if (statements.length === 0 && verbosity > 0) this.stderr.write("No sequences found.");
    return statements.map((sql) => `${sql};`).join("\n");
  }
}
