import { relative } from "node:path";

import { BaseCommand, type Options } from "../base-command.ts";
import { validateName } from "../scaffold/names.ts";
import { scaffoldArguments } from "../scaffold/scaffold-arguments.ts";
import { scaffold } from "../scaffold/scaffold.ts";

const args = scaffoldArguments;

/** `startapp`: makes a new application out of `templates/app`. */
export default class StartApp extends BaseCommand<typeof args> {
  static override readonly requiresSetup = false;

  override readonly help = "Makes the folder of a new application, in the current folder or in the one that is given.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override handle(options: Options<typeof args>): void {
    const { name, verbosity } = options;
    validateName(name, "application");
    const camelCase = name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
    const target = scaffold(options, {
      subject: "application",
      builtin: "app",
      values: {
        app_name: name,
        camel_case_app_name: camelCase,
        verbose_app_name: name.replaceAll(/(?:^|_+)(\w)/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim(),
      },
    });
    if (verbosity === 0) return;
    this.stdout.write(this.style.success(`The application is in ${relative(process.cwd(), target) || "."}.`));
    this.stdout.write(`Next: add "${name}" to INSTALLED_APPS.`);
  }
}
