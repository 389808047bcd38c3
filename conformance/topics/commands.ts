// Every management command of Django with its arguments.

import { isDeepStrictEqual } from "node:util";

import { type Argument, builtinCommands, loadCommand } from "@tsgo/core/management";

import { type Outcome, type Topic, passed, skipped } from "../topic.ts";

/** An argument as argparse knows it. */
interface Recorded {
  readonly flags: readonly string[];
  readonly dest: string;
  readonly action: string;
  readonly nargs: string | number | null;
  readonly default: unknown;
  readonly choices?: readonly unknown[] | string;
  readonly const?: unknown;
  readonly type?: string;
  readonly metavar?: string;
  readonly required: boolean;
}

interface Expected {
  readonly arguments: readonly Recorded[];
  readonly requires_system_checks: string | readonly string[];
  readonly output_transaction: boolean;
}

/** Arguments that tsgo does not have, and why. */
const WITHOUT: Readonly<Record<string, readonly string[]>> = {
  // commander brings the first two; the last is for Python's search path.
  "*": ["--help", "--version", "--pythonpath"],
  // Python's own shells and their start-up files.
  shell: ["--no-startup", "--interface"],
  // They come with the staticfiles application, whose runserver serves static files.
  runserver: ["--nostatic", "--insecure"],
};

/** Arguments that tsgo has besides, and why. */
const BESIDES: Readonly<Record<string, readonly string[]>> = {
  // What Django asks at a prompt can be answered beforehand.
  makemigrations: ["renameModel", "renameField", "default"],
};

export const topic: Topic = {
  open() {
    const commands = builtinCommands();
    return async ({ input, expect }) => {
      const name = String(input["command"]);
      const location = commands.get(name);
      if (location === undefined) return skipped("not built yet");
      const Command = await loadCommand(location);
      return compareCommand(name, new Command(), expect as Expected);
    };
  },
};

interface Built {
  readonly allArguments: Readonly<Record<string, Argument<unknown>>>;
  readonly requiresSystemChecks: string | readonly string[];
  readonly outputTransaction: boolean;
}

function compareCommand(name: string, command: Built, expected: Expected): Outcome {
  const left = [...(WITHOUT["*"] ?? []), ...(WITHOUT[name] ?? [])];
  const recorded = expected.arguments.filter(({ flags }) => !flags.some((flag) => left.includes(flag)));
  const faults = [
    ...recorded.flatMap((argument) => faultsOf(argument, command.allArguments[nameOf(argument)])),
    ...surplus(recorded, command, BESIDES[name] ?? []),
    ...orderOfPositionals(recorded, command),
  ];
  if (!isDeepStrictEqual(command.requiresSystemChecks, expected.requires_system_checks))
    faults.push(`requiresSystemChecks is ${JSON.stringify(command.requiresSystemChecks)}`);
  if (command.outputTransaction !== expected.output_transaction) faults.push("outputTransaction differs");
  return faults.length === 0 ? passed : { status: "failed", expected: [], actual: faults };
}

/** The name under which a command of tsgo gets the value. */
function nameOf({ dest, metavar }: Recorded): string {
  // `*args` has no name of its own; it is called by what it is, in the plural.
  if (dest === "args") return `${camelCase((metavar ?? dest).replace(/\W.*$/, ""))}s`;
  return camelCase(dest);
}

function faultsOf(recorded: Recorded, built: Argument<unknown> | undefined): string[] {
  const name = nameOf(recorded);
  if (built === undefined) return [`there is no '${name}'`];
  const faults: string[] = [];
  const expectEqual = (what: string, actual: unknown, wanted: unknown): void => {
    if (!isDeepStrictEqual(actual, wanted)) faults.push(`${name}: ${what} is ${show(actual)} and not ${show(wanted)}`);
  };
  for (const flag of recorded.flags) if (!built.flags.includes(flag)) faults.push(`${name} has no ${flag}`);
  expectEqual("default", built.default, defaultOf(recorded));
  expectEqual("repeat", built.repeat, recorded.action === "append");
  if (recorded.action.startsWith("store_"))
    for (const flag of recorded.flags) expectEqual(`the value of ${flag}`, built.constants?.get(flag), recorded.const);
  else if (recorded.flags.length > 0) {
    expectEqual("constants", built.constants, undefined);
    expectEqual("the implied value", built.implied, recorded.nargs === "?" ? recorded.const : undefined);
    expectEqual("required", built.required, recorded.required);
  } else expectEqual("nargs", built.nargs, recorded.nargs ?? undefined);
  // Aliases of databases are known once settings are; the command itself refuses others.
  if (typeof recorded.choices !== "string") expectEqual("choices", built.choices, recorded.choices);
  if (recorded.type === "int") expectEqual("the value of '12'", built.parse("12"), 12);
  return faults;
}

function defaultOf(recorded: Recorded): unknown {
  const isList = recorded.action === "append" || recorded.nargs === "*" || recorded.nargs === "+";
  if (recorded.default === null || recorded.default === "(suppressed)") {
    if (isList) return [];
    // A positional argument that must be there has no default that could show.
    return recorded.flags.length === 0 && recorded.nargs === null ? "" : undefined;
  }
  // Sources are TypeScript.
  return isDeepStrictEqual(recorded.default, ["py"]) ? ["ts"] : recorded.default;
}

function surplus(recorded: readonly Recorded[], command: Built, besides: readonly string[]): string[] {
  const names = new Set([...recorded.map(nameOf), ...besides]);
  return Object.keys(command.allArguments).flatMap((name) => (names.has(name) ? [] : [`'${name}' is not recorded`]));
}

function orderOfPositionals(recorded: readonly Recorded[], command: Built): string[] {
  const wanted = recorded.filter(({ flags }) => flags.length === 0).map(nameOf);
  const actual = Object.entries(command.allArguments).flatMap(([name, { kind }]) =>
    kind === "positional" ? [name] : [],
  );
  return isDeepStrictEqual(actual, wanted) ? [] : [`the order is ${actual.join(", ")} and not ${wanted.join(", ")}`];
}

function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "undefined";
}
