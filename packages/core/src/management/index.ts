// Management commands: declaring them, calling them, and the command line that finds them.

export {
  type Argument,
  type ArgumentMap,
  type ParseText,
  type ValuesOf,
  constant,
  flag,
  integer,
  option,
  optionalPositional,
  parsed,
  positional,
  positionals,
  repeated,
} from "./arguments.ts";
export { skipChecks } from "./base-arguments.ts";
export {
  BaseCommand,
  type CheckOptions,
  type CommandClass,
  type Options,
  type RequiredChecks,
} from "./base-command.ts";
export { type CallOptions, callCommand } from "./call-command.ts";
export { type Role, type Style, colorStyle, noStyle, supportsColor } from "./color.ts";
export { CommandError, SystemCheckError } from "./command-error.ts";
export { type ExecuteOptions, executeFromCommandLine, runCommandLine } from "./execute.ts";
export { type CommandLocation, builtinCommands, findCommands } from "./find-commands.ts";
export { loadCommand } from "./load-command.ts";
export { type OutputStream, OutputRecorder, OutputWrapper } from "./output.ts";
export { version } from "./version.ts";
