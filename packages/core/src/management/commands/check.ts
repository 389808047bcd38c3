import { apps } from "../../apps/registry.ts";
import { levels } from "../../checks/messages.ts";
import { checkRegistry } from "../../checks/registry.ts";
import { flag, option, positionals, repeated } from "../arguments.ts";
import { BaseCommand, type Options } from "../base-command.ts";
import { loadBuiltinChecks } from "../builtin-checks.ts";
import { CommandError } from "../command-error.ts";

const args = {
  appLabels: positionals({ metavar: "app_label", help: "Only these applications." }),
  tags: repeated(["-t", "--tag"], { metavar: "tag", help: "Only checks with this tag; can be given several times." }),
  listTags: flag("--list-tags", { help: "List the tags there are." }),
  deploy: flag("--deploy", { help: "Check what matters in production, too." }),
  failLevel: option("--fail-level", {
    choices: ["CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG"],
    default: "ERROR",
    metavar: "level",
    help: "The least level that makes the command end with 1.",
  }),
  databases: repeated("--database", {
    metavar: "alias",
    help: "Check against this database; can be given several times.",
  }),
};

/** `check`: looks for what is wrong with the project. */
export default class Check extends BaseCommand<typeof args> {
  override readonly help = "Looks for what is wrong with the whole project.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle(options: Options<typeof args>): Promise<void> {
    await loadBuiltinChecks();
    if (options.listTags) {
      this.stdout.write(checkRegistry.tagsAvailable(options.deploy).join("\n"));
      return;
    }
    this.#requireTags(options);
    await this.check({
      ...(options.appLabels.length > 0
        ? { appConfigs: options.appLabels.map((label) => apps.getAppConfig(label)) }
        : {}),
      ...(options.tags.length > 0 ? { tags: options.tags } : {}),
      ...(options.databases.length > 0 ? { databases: options.databases } : {}),
      includeDeploymentChecks: options.deploy,
      asked: true,
      failLevel: levels[options.failLevel],
      displayNumErrors: true,
    });
  }

  #requireTags({ tags, deploy }: Options<typeof args>): void {
    const known = checkRegistry.tagsAvailable(deploy);
    const unknown = tags.filter((tag) => !known.includes(tag));
    if (unknown.length > 0)
      throw new CommandError(`There is no system check with the tag '${unknown.join("', '")}'. See --list-tags.`);
  }
}
