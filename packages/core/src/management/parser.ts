import type { Command } from "commander";

import { didYouMean } from "@tsgo/utils/nearest-name";

import type { Argument, ArgumentMap } from "./arguments.ts";
import { CommandError } from "./command-error.ts";

/** What is said about a command in its help. */
export interface ParserInfo {
  /** As typed: `node manage migrate`. */
  readonly usage: string;
  readonly help: string;
  readonly version: string;
  /** Columns of the terminal. */
  readonly columns?: number | undefined;
}

/** The values of a command line, or a text to print in its place (`--help`, `--version`). */
export type ParseResult = { readonly values: Record<string, unknown> } | { readonly print: string };

// A command line that cannot be understood ends with 2, as everywhere on Unix.
const BAD_USAGE = 2;

/** Reads command lines. commander takes them apart and writes the help; values are made of its events. */
export class ArgumentParser {
  readonly #arguments: ArgumentMap;
  readonly #info: ParserInfo;

  constructor(args: ArgumentMap, info: ParserInfo) {
    this.#arguments = args;
    this.#info = info;
  }

  /**
   * Reads what follows the command's name. `preset` are values that the caller gives by name, as `callCommand`
   * does. Throws CommandError for what cannot be understood.
   */
  async parse(args: readonly string[], preset: Readonly<Record<string, unknown>> = {}): Promise<ParseResult> {
    const values = this.#defaults();
    const given = new Set<string>();
    const command = await this.#build(values, given);
    let print = "";
    command.configureOutput({ writeOut: (text) => (print += text), writeErr: () => undefined }).exitOverride();
    try {
      command.parse([...args], { from: "user" });
    } catch (error) {
      if (print !== "") return { print };
      throw error instanceof CommandError ? error : this.#badUsage(reasonOf(error));
    }
    this.#assignPositionals(command.args, values, preset);
    this.#applyPreset(values, preset);
    for (const [name, argument] of this.#options())
      if (argument.required && !given.has(name) && !Object.hasOwn(preset, name))
        throw this.#badUsage(`${labelOf(argument)} is required`);
    return { values };
  }

  /** The text of `--help`. */
  async help(): Promise<string> {
    return (await this.#build({}, new Set())).helpInformation();
  }

  #defaults(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this.#arguments).map(([name, argument]) => [name, argument.default]));
  }

  #options(): [string, Argument<unknown>][] {
    return Object.entries(this.#arguments).filter(([, argument]) => argument.kind !== "positional");
  }

  #positionals(): [string, Argument<unknown>][] {
    return Object.entries(this.#arguments).filter(([, argument]) => argument.kind === "positional");
  }

  async #build(values: Record<string, unknown>, given: Set<string>): Promise<Command> {
    const { Command, Option } = await import("commander");
    const command = new Command(this.#info.usage)
      .usage(this.#usage())
      .description(this.#info.help)
      .helpOption("-h, --help", "Show this help.")
      .version(this.#info.version, "--version", "Show the version of tsgo.")
      .configureHelp({ helpWidth: this.#info.columns ?? 100 })
      .allowExcessArguments();
    for (const [name, argument] of this.#positionals())
      command.argument(`[${argument.metavar ?? snake(name)}]`, argument.help);
    for (const [name, argument] of this.#options())
      for (const { flags, hidden } of spellings(argument)) {
        const option = new Option(flags, argument.help).hideHelp(hidden);
        command.addOption(option);
        command.on(`option:${option.name()}`, (text: string | null) => {
          given.add(name);
          this.#store(values, name, argument, option.long ?? option.short ?? "", text);
        });
      }
    return command;
  }

  #usage(): string {
    const names = this.#positionals().map(([name, argument]) => {
      const label = argument.metavar ?? snake(name);
      if (argument.nargs === "*") return `[${label}...]`;
      if (argument.nargs === "+") return `<${label}...>`;
      return argument.nargs === "?" ? `[${label}]` : `<${label}>`;
    });
    return ["[options]", ...names].join(" ");
  }

  #store(
    values: Record<string, unknown>,
    name: string,
    argument: Argument<unknown>,
    flag: string,
    text: string | null,
  ): void {
    if (argument.constants) values[name] = argument.constants.get(flag);
    else {
      const value = this.#read(argument, text ?? argument.implied ?? "");
      values[name] = argument.repeat ? [...(values[name] as readonly unknown[]), value] : value;
    }
  }

  #read(argument: Argument<unknown>, text: string): unknown {
    const label = labelOf(argument);
    let value: unknown;
    try {
      value = argument.parse(text);
    } catch (error) {
      throw this.#badUsage(
        `${label}: invalid value '${text}': ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    this.#requireChoice(argument, value);
    return value;
  }

  #requireChoice(argument: Argument<unknown>, value: unknown): void {
    const { choices } = argument;
    if (choices === undefined || choices.includes(value)) return;
    const hint = didYouMean(String(value), choices.map(String));
    throw this.#badUsage(
      `${labelOf(argument)}: invalid choice '${String(value)}' (choose from ${choices.join(", ")}).${hint}`,
    );
  }

  // As argparse does: each takes what it must, and those further left take what remains.
  #assignPositionals(
    args: readonly string[],
    values: Record<string, unknown>,
    preset: Readonly<Record<string, unknown>>,
  ): void {
    const wanted = this.#positionals().filter(([name]) => !Object.hasOwn(preset, name));
    let spare = args.length - wanted.filter(([, argument]) => argument.required).length;
    let next = 0;
    for (const [name, argument] of wanted) {
      const extra = Math.max(0, spare);
      const least = argument.required ? 1 : 0;
      const most = argument.nargs === "*" || argument.nargs === "+" ? least + extra : Math.min(1, least + extra);
      const taken = args
        .slice(next, next + most)
        .map((text) => this.#read({ ...argument, metavar: argument.metavar ?? snake(name) }, text));
      if (taken.length < least) throw this.#badUsage(`the argument '${argument.metavar ?? snake(name)}' is required`);
      spare -= taken.length - least;
      next += taken.length;
      if (argument.nargs === "*" || argument.nargs === "+") values[name] = taken;
      else if (taken.length > 0) [values[name]] = taken;
    }
    if (next < args.length) throw this.#badUsage(`unexpected argument '${args[next]}'`);
  }

  #applyPreset(values: Record<string, unknown>, preset: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(preset)) {
      const argument = Object.hasOwn(this.#arguments, name) ? this.#arguments[name] : undefined;
      if (argument === undefined)
        throw new TypeError(
          `'${this.#info.usage}' has no option '${name}'.${didYouMean(name, Object.keys(this.#arguments))}`,
        );
      for (const item of argument.repeat && Array.isArray(value) ? (value as unknown[]) : [value])
        if (item !== undefined) this.#requireChoice(argument, item);
      values[name] = value;
    }
  }

  #badUsage(reason: string): CommandError {
    return new CommandError(`${reason}. See '${this.#info.usage} --help'.`.replace("..", "."), {
      returnCode: BAD_USAGE,
    });
  }
}

// commander holds one short and one long spelling in an option: more make options of their own, left out of the help.
function spellings({
  flags,
  metavar,
  constants,
  implied,
  help,
}: Argument<unknown>): { flags: string; hidden: boolean }[] {
  const label = metavar ?? "value";
  const value = constants ? "" : implied === undefined ? ` <${label}>` : ` [${label}]`;
  const long = flags.filter((name) => name.startsWith("--"));
  const short = flags.filter((name) => !name.startsWith("--"));
  const meanings = new Set(constants?.values());
  if (meanings.size > 1) return flags.map((name) => ({ flags: name, hidden: help === "" }));
  const first = [...short.slice(0, 1), ...long.slice(0, 1)].join(", ");
  return [first, ...short.slice(1), ...long.slice(1)].map((names, index) => ({
    flags: names + value,
    hidden: index > 0,
  }));
}

function labelOf(argument: Argument<unknown>): string {
  return argument.flags.length > 0 ? argument.flags.join("/") : `argument '${argument.metavar ?? ""}'`;
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^error: /, "").replaceAll("\n", " ");
}
