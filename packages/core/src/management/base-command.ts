import type { AppConfig } from "../apps/app-config.ts";
import type { ArgumentMap, ValuesOf } from "./arguments.ts";
import { type BaseValues, baseArguments, skipChecks } from "./base-arguments.ts";
import { type Style, colorStyle, noStyle, supportsColor } from "./color.ts";
import { type OutputStream, OutputWrapper } from "./output.ts";
import { ArgumentParser } from "./parser.ts";
import { version } from "./version.ts";

/** What `handle` gets: the command's own values and those that every command takes. */
export type Options<A extends ArgumentMap> = ValuesOf<A> & BaseValues;

/** Which system checks a command wants passed before it runs. */
export type RequiredChecks = "__all__" | readonly string[];

/** Narrows the checks that a command runs. */
export interface CheckOptions {
  readonly appConfigs?: readonly AppConfig[];
  readonly tags?: readonly string[];
  readonly databases?: readonly string[];
  readonly includeDeploymentChecks?: boolean;
  /** Also checks that run before no command. */
  readonly asked?: boolean;
  /** The least level that is an error for the command. */
  readonly failLevel?: number;
  /** Says so where there is nothing to report. */
  readonly displayNumErrors?: boolean;
}

/**
 * A management command: the default export of `<app>/management/commands/<name>.ts`.
 *
 * @example
 * const args = { pollIds: positionals({ atLeastOne: true }), delete: flag("--delete", { help: "Remove it." }) };
 *
 * export default class ClosePoll extends BaseCommand<typeof args> {
 *   override readonly help = "Closes polls.";
 *   override readonly arguments = args;
 *
 *   override async handle({ pollIds, delete: remove }: Options<typeof args>) {
 *     for (const id of pollIds) this.stdout.write(this.style.success(`Closed poll ${id}`));
 *   }
 * }
 */
export abstract class BaseCommand<A extends ArgumentMap> {
  /**
   * Whether the project must be set up first. A command for which it is not may run without a project, and must
   * call `setup()` itself where it needs one.
   */
  static readonly requiresSetup: boolean = true;

  /** One sentence or two. */
  readonly help: string = "";
  /** What the command takes besides the options that all have. */
  abstract readonly arguments: A;
  /** The system checks that must pass first: all, those with some tags, or none. */
  readonly requiresSystemChecks: RequiredChecks = "__all__";
  /** Puts what `handle` returns, which is SQL then, between BEGIN and COMMIT. */
  readonly outputTransaction: boolean = false;

  stdout: OutputWrapper = new OutputWrapper(process.stdout);
  stderr: OutputWrapper = new OutputWrapper(process.stderr);
  style: Style = noStyle;

  /** Does the work. A text that it returns is written to stdout. Throw CommandError for what the user got wrong. */
  abstract handle(options: Options<A>): string | undefined | void | Promise<string | undefined | void>;

  /** All that the command takes. */
  get allArguments(): ArgumentMap {
    const checks = this.requiresSystemChecks.length > 0 ? { skipChecks } : {};
    return { ...this.arguments, ...checks, ...baseArguments };
  }

  /** The reader of this command's command line. `usage` is what the user types before the arguments. */
  createParser(usage: string): ArgumentParser {
    const columns = this.stdout.isTTY ? process.stdout.columns : undefined;
    return new ArgumentParser(this.allArguments, { usage, help: this.help, version: version(), columns });
  }

  /** Runs the checks and then the command, with values that `createParser` or `callCommand` made. */
  async execute(values: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const options = { skipChecks: false, ...values } as Options<A>;
    this.#choosePaint(options);
    if (this.requiresSystemChecks.length > 0 && !options.skipChecks) await this.check(this.#requiredTags());
    const output = await this.handle(options);
    if (typeof output !== "string" || output === "") return undefined;
    const text = this.outputTransaction ? this.#inTransaction(output) : output;
    this.stdout.write(text);
    return text;
  }

  /** Runs system checks and reports them on stderr. Throws SystemCheckError where one is serious. */
  async check(options: CheckOptions = {}): Promise<void> {
    const { runSystemChecks } = await import("./system-checks.ts");
    await runSystemChecks(this, options);
  }

  /** Sends the output elsewhere, as `callCommand` does. */
  redirect(stdout: OutputStream | undefined, stderr: OutputStream | undefined): void {
    if (stdout) this.stdout = new OutputWrapper(stdout);
    if (stderr) this.stderr = new OutputWrapper(stderr);
  }

  #requiredTags(): CheckOptions {
    return this.requiresSystemChecks === "__all__" ? {} : { tags: this.requiresSystemChecks };
  }

  #choosePaint({ noColor, forceColor }: Options<A>): void {
    const wants = (stream: OutputStream): boolean => forceColor || (!noColor && supportsColor(stream));
    this.style = wants(this.stdout.stream) ? colorStyle : noStyle;
    if (wants(this.stderr.stream)) this.stderr.paint = colorStyle.error;
  }

  #inTransaction(sql: string): string {
    return `${this.style.sqlKeyword("BEGIN;")}\n${sql}\n${this.style.sqlKeyword("COMMIT;")}`;
  }
}

/** A class of commands, as the modules of commands export it. */
export type CommandClass = (new () => BaseCommand<ArgumentMap>) & Pick<typeof BaseCommand, "requiresSetup">;
