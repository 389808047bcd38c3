// What the compiler knows of a command's options.

import { expectTypeOf } from "vitest";

import {
  BaseCommand,
  type Options,
  constant,
  flag,
  integer,
  option,
  optionalPositional,
  parsed,
  positional,
  positionals,
  repeated,
} from "./index.ts";

const args = {
  name: positional(),
  directory: optionalPositional(),
  others: positionals(),
  deep: flag("--deep"),
  output: option("--output", { choices: ["json", "xml"], default: "json" }),
  level: option("--level", { choices: ["low", "high"] }),
  title: option("--title"),
  database: option("--database", { default: "default" }),
  count: parsed("--count", integer),
  indent: parsed("--indent", integer, { default: 2 }),
  tags: repeated("--tag"),
  format: constant<"list" | "plan">({ "--list": "list", "--plan": "plan" }, { default: "list" }),
};

export class Command extends BaseCommand<typeof args> {
  override readonly arguments = args;

  override handle(options: Options<typeof args>): void {
    expectTypeOf(options.name).toEqualTypeOf<string>();
    expectTypeOf(options.directory).toEqualTypeOf<string | undefined>();
    expectTypeOf(options.others).toEqualTypeOf<readonly string[]>();
    expectTypeOf(options.deep).toEqualTypeOf<boolean>();
    expectTypeOf(options.output).toEqualTypeOf<"json" | "xml">();
    expectTypeOf(options.level).toEqualTypeOf<"low" | "high" | undefined>();
    expectTypeOf(options.title).toEqualTypeOf<string | undefined>();
    expectTypeOf(options.count).toEqualTypeOf<number | undefined>();
    expectTypeOf(options.indent).toEqualTypeOf<number>();
    expectTypeOf(options.tags).toEqualTypeOf<readonly string[]>();
    expectTypeOf(options.format).toEqualTypeOf<"list" | "plan">();
    expectTypeOf(options.verbosity).toEqualTypeOf<number>();
    expectTypeOf(options.database).toExtend<string>();
    // @ts-expect-error -- there is no such option
    void options.outptu;
  }
}

// @ts-expect-error -- a default must be one of the choices
void option("--output", { choices: ["json", "xml"], default: "yaml" });
