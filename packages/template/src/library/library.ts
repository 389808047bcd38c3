// Where tags and filters are registered, the built-in ones and a user's alike.

import type { SafeString } from "@tsgo/utils/safestring";

import { InvalidTemplateLibrary } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import type { Node } from "../nodes/node.ts";
import type { Parser } from "../parser/parser.ts";
import type { Filter, FilterArgument, FilterOptions, FilterState } from "./filter.ts";
import { compileInclusionTag, type InclusionTagOptions, type TemplateChoice } from "./inclusion-tag.ts";
import { compileSimpleBlockTag, type SimpleBlockTagOptions } from "./simple-block-tag.ts";
import { compileSimpleTag, type SimpleTagOptions } from "./simple-tag.ts";
import type { TagFunction } from "./tag-arguments.ts";

/** Makes a node of a tag. It may ask the parser for what stands up to the closing tag. */
export type TagCompiler = (parser: Parser, token: Token) => Node;

/** A filter: what it makes of a value, with its argument and, if it asked for it, the state of the place. */
export type FilterFunction<V = never, A = never> = (value: V, argument: A, state: FilterState) => unknown;

// A parameter with a question mark can be left out, which a template must be told.
type TakesOptionalArgument<F extends (...args: never[]) => unknown> =
  Parameters<F> extends [unknown, unknown, ...unknown[]] ? false : Parameters<F> extends [unknown] ? false : true;

type ArgumentOption<F extends (...args: never[]) => unknown> =
  TakesOptionalArgument<F> extends true ? { readonly argument: "optional" } : { readonly argument?: FilterArgument };

/**
 * A set of tags and filters. A module in `<app>/templatetags/` exports one as `register`. Django: `Library`.
 *
 * @example
 * export const register = new Library();
 *
 * register.filter("cut", (text: string, part: string) => text.replaceAll(part, ""));
 * register.simpleTag("current_year", () => new Date().getFullYear());
 */
export class Library {
  readonly tags = new Map<string, TagCompiler>();
  readonly filters = new Map<string, Filter>();

  /**
   * Registers a tag by the function that reads it.
   *
   * @throws InvalidTemplateLibrary where the name is no name.
   */
  tag(name: string, compile: TagCompiler): void {
    checkName("tag", name);
    this.tags.set(name, compile);
  }

  /**
   * Registers a filter. It is given an argument where its function has a second parameter; a filter whose argument
   * can be left out says `argument: "optional"`.
   *
   * @example
   * register.filter("lower", (text: string) => text.toLowerCase(), { isSafe: true });
   */
  filter<F extends FilterFunction>(
    name: string,
    apply: F,
    ...[options]: TakesOptionalArgument<F> extends true
      ? [options: FilterOptions & ArgumentOption<F>]
      : [options?: FilterOptions & ArgumentOption<F>]
  ): void {
    checkName("filter", name);
    const needsAutoescape = options?.needsAutoescape ?? false;
    this.filters.set(name, {
      name,
      apply,
      argument: options?.argument ?? (!needsAutoescape && apply.length >= 2 ? "required" : "none"),
      isSafe: options?.isSafe ?? false,
      needsAutoescape,
      expectsLocaltime: options?.expectsLocaltime ?? false,
    });
  }

  /**
   * Registers a tag that puts out what a function returns, escaped where escaping is on. In the template `as name`
   * behind it keeps the value in a variable instead.
   *
   * @example
   * register.simpleTag("greet", (name: string, { loud = false }) => (loud ? name.toUpperCase() : name), {
   *   parameters: ["name"],
   *   keywords: true,
   * });
   */
  simpleTag(name: string, fn: TagFunction, options: SimpleTagOptions = {}): void {
    this.tag(name, compileSimpleTag(name, fn, options));
  }

  /**
   * Registers a tag that is closed by `end<name>` and gives what stands between to a function, as safe text.
   *
   * @example
   * register.simpleBlockTag("box", (content: SafeString) => formatHtml("<div>{}</div>", content));
   */
  simpleBlockTag(
    name: string,
    fn: (content: SafeString, ...args: never[]) => unknown,
    options: SimpleBlockTagOptions = {},
  ): void {
    this.tag(name, compileSimpleBlockTag(name, fn, options));
  }

  /**
   * Registers a tag that puts out another template, with the variables that a function returns.
   *
   * @example
   * register.inclusionTag("show_results", "polls/results.html", (poll: Poll) => ({ choices: poll.choices }));
   */
  inclusionTag(name: string, template: TemplateChoice, fn: TagFunction, options: InclusionTagOptions = {}): void {
    this.tag(name, compileInclusionTag(name, template, fn, options));
  }
}

function checkName(kind: string, name: string): void {
  if (/^[^\s|:]+$/.test(name)) return;
  throw new InvalidTemplateLibrary(
    `'${name}' cannot be the name of a ${kind}: it must have a character, and none of them white space, '|' or ':'.`,
  );
}
