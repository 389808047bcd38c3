import { relative } from "node:path";

import { getRandomString } from "@tsgo/utils/crypto";

import { quoteForDotenv } from "../../conf/dotenv.ts";
import { BaseCommand, type Options } from "../base-command.ts";
import { installedVersion, linkPackages } from "../scaffold/link-packages.ts";
import { validateName } from "../scaffold/names.ts";
import { scaffoldArguments } from "../scaffold/scaffold-arguments.ts";
import { scaffold } from "../scaffold/scaffold.ts";
import { version } from "../version.ts";

const args = scaffoldArguments;

// 50 of these 50 make 282 bits.
const KEY_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";

/** `startproject`: makes a new project out of `templates/project`. */
export default class StartProject extends BaseCommand<typeof args> {
  static override readonly requiresSetup = false;

  override readonly help = "Makes the folder of a new project, in the current folder or in the one that is given.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override handle(options: Options<typeof args>): void {
    const { name } = options;
    validateName(name, "project");
    const target = scaffold(options, {
      subject: "project",
      builtin: "project",
      values: {
        project_name: name,
        camel_case_project_name: camelCase(name),
        package_name: name.toLowerCase().replace(/^_+/, "") || "project",
        secret_key: quoteForDotenv(getRandomString(50, KEY_CHARACTERS)),
        tsgo_version: version(),
        typescript_version: installedVersion("typescript") ?? "7.0.0",
        types_node_version: installedVersion("@types/node") ?? "20.19.0",
      },
    });
    this.#tellWhatNext(target, linkPackages(target), options.verbosity);
  }

  #tellWhatNext(target: string, checkout: string | undefined, verbosity: number): void {
    if (verbosity === 0) return;
    const folder = relative(process.cwd(), target) || ".";
    this.stdout.write(this.style.success(`The project is in ${folder}.`));
    if (checkout !== undefined) this.stdout.write(`Its node_modules are links to the checkout of tsgo in ${checkout}.`);
    const steps = [
      folder === "." ? "" : `cd ${folder}`,
      checkout === undefined ? "npm install" : "",
      "node manage runserver",
    ];
    this.stdout.write(`Next: ${steps.filter(Boolean).join(" && ")}`);
  }
}

function camelCase(name: string): string {
  return name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
