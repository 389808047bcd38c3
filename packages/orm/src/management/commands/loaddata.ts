import { BaseCommand, type Options, flag, option, positionals, repeated } from "@tsgo/core/management";

import { connections } from "../../db/connections.ts";
import { type FixtureFile, findFixtures } from "../../fixtures/find-fixtures.ts";
import { loadFixtures } from "../../fixtures/load-fixtures.ts";
import { modelsByLabels } from "../../fixtures/model-labels.ts";
import { ProgressLine } from "../progress.ts";

const args = {
  fixtures: positionals({
    metavar: "fixture",
    atLeastOne: true,
    help: "Names of fixtures, or files; - for stdin.",
  }),
  database: option("--database", { default: "default", metavar: "alias", help: "The database to load into." }),
  appLabel: option("--app", { metavar: "app_label", help: "Look for fixtures in this application only." }),
  ignore: flag(["--ignorenonexistent", "-i"], { help: "Pass over models and fields that are not there any more." }),
  exclude: repeated(["-e", "--exclude"], {
    metavar: "app_label[.ModelName]",
    help: "Leave this application or model out; can be repeated.",
  }),
  format: option("--format", { help: "The format of stdin: json, jsonl or yaml." }),
};

/** `loaddata`: puts the rows of fixtures into the database. */
export default class LoadData extends BaseCommand<typeof args> {
  override readonly help =
    "Puts the rows of fixtures into the database: all of them, or none where something is wrong.";
  override readonly arguments = args;

  override async handle(options: Options<typeof args>): Promise<void> {
    const { database, verbosity } = options;
    const connection = connections.get(database);
    const exclude = modelsByLabels(options.exclude);
    const files = options.fixtures.flatMap((label) => findFixtures(label, { ...options, using: database }));
    const progress = new ProgressLine(this.stderr, "objects");
    const result = await loadFixtures(connection, files, {
      ignoreNonexistent: options.ignore,
      exclude,
      onFile: (file) => this.#announce(file, verbosity),
      ...(verbosity > 0 && { onObject: (loaded) => progress.show(loaded) }),
    }).finally(() => progress.end());
    for (const path of result.empty)
      this.stderr.write(`No fixture data in ${path === "-" ? "stdin" : `'${path}'`}: there is no object in it.`);
    if (verbosity === 0) return;
    const of = result.loaded === result.seen ? "" : ` (of ${result.seen})`;
    this.stdout.write(`Installed ${result.loaded} object(s)${of} from ${files.length} fixture(s)`);
  }

  #announce(file: FixtureFile, verbosity: number): void {
    if (verbosity >= 2) this.stdout.write(`Installing ${file.format} fixture '${file.path}'.`);
  }
}
