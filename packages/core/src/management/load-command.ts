import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { importFile } from "../loading/import-module.ts";
import { BaseCommand, type CommandClass } from "./base-command.ts";
import type { CommandLocation } from "./find-commands.ts";

/** Loads the class of a command. Throws ImproperlyConfigured where the module has none. */
export async function loadCommand({ name, file }: CommandLocation): Promise<CommandClass> {
  const { default: Class } = await importFile(file);
  if (typeof Class === "function" && Class.prototype instanceof BaseCommand) return Class as unknown as CommandClass;
  throw new ImproperlyConfigured(
    `${file}: the command '${name}' needs a default export, a class that extends BaseCommand.`,
  );
}
