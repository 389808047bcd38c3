import { inspect, isDeepStrictEqual } from "node:util";

import { defaultSettings, givenSettings } from "../../conf/settings.ts";
import { importModule } from "../../loading/import-module.ts";
import { flag, option } from "../arguments.ts";
import { BaseCommand, type Options } from "../base-command.ts";

const args = {
  all: flag("--all", { help: "Show all settings, also those that have their default." }),
  default: option("--default", {
    metavar: "module",
    help: "The settings module to compare with, in place of tsgo's defaults.",
  }),
  output: option("--output", {
    choices: ["hash", "unified"],
    default: "hash",
    metavar: "form",
    help: "hash: what has no default is marked with ###. unified: the default's line with -, the project's with +.",
  }),
};

interface Line {
  readonly name: string;
  readonly value: unknown;
  readonly hasDefault: boolean;
  readonly default: unknown;
}

/** `diffsettings`: what the project sets otherwise than tsgo does. */
export default class DiffSettings extends BaseCommand<typeof args> {
  override readonly help = "Shows where the settings differ from the defaults.";
  override readonly arguments = args;
  override readonly requiresSystemChecks = [];

  override async handle(options: Options<typeof args>): Promise<string> {
    const lines = compare(await this.#defaults(options.default));
    const show = options.output === "unified" ? this.#unified.bind(this) : hash;
    return lines.flatMap((line) => show(line, options.all)).join("\n");
  }

  async #defaults(module: string | undefined): Promise<Readonly<Record<string, unknown>>> {
    if (module === undefined) return { ...defaultSettings() };
    const { default: values } = await importModule(module, { from: "--default" });
    return { ...defaultSettings(), ...(values as object) };
  }

  #unified(line: Line, all: boolean): string[] {
    const added = this.style.success(`+ ${show(line.name, line.value)}`);
    if (!line.hasDefault) return [added];
    if (!isDeepStrictEqual(line.value, line.default))
      return [this.style.error(`- ${show(line.name, line.default)}`), added];
    return all ? [`  ${show(line.name, line.value)}`] : [];
  }
}

function compare(defaults: Readonly<Record<string, unknown>>): Line[] {
  // Not through `settings`, which does not give an empty key.
  const { module, values: given } = givenSettings();
  const place = module === undefined ? {} : { SETTINGS_MODULE: module };
  const values: Record<string, unknown> = { ...defaultSettings(), ...given, ...place };
  return Object.keys(values)
    .sort()
    .map((name) => ({ name, value: values[name], hasDefault: Object.hasOwn(defaults, name), default: defaults[name] }));
}

function hash(line: Line, all: boolean): string[] {
  if (!line.hasDefault) return [`${show(line.name, line.value)}  ###`];
  if (!isDeepStrictEqual(line.value, line.default)) return [show(line.name, line.value)];
  return all ? [`### ${show(line.name, line.value)}`] : [];
}

function show(name: string, value: unknown): string {
  return `${name} = ${inspect(value, { depth: null, breakLength: Infinity, maxArrayLength: null })}`;
}
