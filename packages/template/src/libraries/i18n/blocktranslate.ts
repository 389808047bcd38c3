import { gettext, ngettext, npgettext, override, pgettext } from "@tsgo/i18n/translation";
import { isDecimal } from "@tsgo/utils/decimal";
import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../../compiler/generator.ts";
import { TemplateSyntaxError } from "../../errors.ts";
import type { Token } from "../../lexer/token.ts";
import { Node } from "../../nodes/node.ts";
import type { FilterExpression } from "../../parser/filter-expression.ts";
import type { Parser } from "../../parser/parser.ts";
import { type BlockOptions, parseBlockOptions } from "./block-options.ts";

/** `{% blocktranslate with name=value count n=total %}...{% plural %}...{% endblocktranslate %}`. */
export function blocktranslate(parser: Parser, token: Token): Node {
  const [tag = "", ...words] = token.splitContents();
  const options = parseBlockOptions(parser, tag, words);
  const singular: Token[] = [];
  const plural: Token[] = [];
  let end = collect(parser, singular);
  if (options.count !== undefined) {
    if (end.contents.trim() !== "plural") {
      throw new TemplateSyntaxError(`'${tag}' with a count needs {% plural %}, and allows no other tags inside it.`);
    }
    end = collect(parser, plural);
  }
  if (end.contents.trim() !== `end${tag}`) {
    throw new TemplateSyntaxError(`'${tag}' allows no other tags inside it, and has '${end.contents}'.`);
  }
  return new BlockTranslateNode(message(singular, options), message(plural, options), options, parser);
}

function collect(parser: Parser, tokens: Token[]): Token {
  let token = parser.nextToken();
  for (; token.type === "text" || token.type === "variable"; token = parser.nextToken()) tokens.push(token);
  return token;
}

/** A text as catalogues have it, `%(name)s` standing for variables. */
interface Message {
  readonly text: string;
  readonly names: readonly string[];
}

function message(tokens: readonly Token[], { trimmed }: BlockOptions): Message {
  const text = tokens
    .map(({ type, contents }) => (type === "text" ? contents.replaceAll("%", "%%") : `%(${contents})s`))
    .join("");
  const names = tokens.filter(({ type }) => type === "variable").map(({ contents }) => contents);
  return { text: trimmed ? trimLines(text) : text, names };
}

function trimLines(text: string): string {
  const lines = text.trim().split("\n");
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");
}

class BlockTranslateNode extends Node {
  readonly #singular: Message;
  readonly #plural: Message;
  readonly #options: BlockOptions;
  readonly #variables: ReadonlyMap<string, FilterExpression | undefined>;

  constructor(singular: Message, plural: Message, options: BlockOptions, parser: Parser) {
    super();
    this.#singular = singular;
    this.#plural = plural;
    this.#options = options;
    // What is no plain name has no value here.
    const names = new Set([...singular.names, ...plural.names]);
    this.#variables = new Map(
      Array.from(names, (name) => [name, /^[\p{L}\p{N}_]+$/u.test(name) ? parser.compileFilter(name) : undefined]),
    );
  }

  override get assigns(): readonly string[] {
    return this.#options.target === undefined ? [] : [this.#options.target];
  }

  override compile(generator: Generator): void {
    const { values, count, context, target } = this.#options;
    const js = generator.temp();
    const within = generator.temp();
    const number = generator.temp();
    const held = Array.from(values, ([name, expression]) => [name, hold(generator, expression)] as const);
    generator.statement(`${within}=${context === undefined ? "undefined" : generator.value(context)};`);
    generator.layer([], (layer) => {
      for (const [name, value] of held) layer.declare(name)(value);
      if (count !== undefined) {
        generator.statement(`${number}=${generator.value(count.expression)};`);
        layer.declare(count.name)(number);
      }
      const texts = Array.from(this.#variables, ([name, expression]) => {
        return `[${JSON.stringify(name)}]:${this.#printed(generator, expression)}`;
      });
      const render = generator.constant((n: unknown, where: unknown, data: Readonly<Record<string, string>>) =>
        this.#render(n, textForm(where), data),
      );
      generator.statement(`${js}=${render}(${number},${within},{__proto__:null,${texts.join(",")}});`);
    });
    if (target === undefined) generator.write(js);
    else generator.assign(target, `SAFE(${js})`);
  }

  #printed(generator: Generator, expression: FilterExpression | undefined): string {
    if (expression === undefined) return '""';
    return generator.capture(() => {
      generator.print(expression);
    });
  }

  #render(count: unknown, context: string, data: Readonly<Record<string, string>>): string {
    const translated = interpolate(this.#translate(count, context), data);
    if (translated !== undefined) return translated;
    // The translation asks for what the template does not have: the text of the template does not.
    const original = interpolate(
      override(null, () => this.#translate(count, context)),
      data,
    );
    if (original !== undefined) return original;
    throw new TemplateSyntaxError("The tag 'blocktranslate' cannot format a text of its own catalogue.");
  }

  #translate(count: unknown, context: string): string {
    const singular = this.#singular.text;
    if (this.#options.count === undefined) return context === "" ? gettext(singular) : pgettext(context, singular);
    const plural = this.#plural.text;
    const number = toCount(count);
    return context === "" ? ngettext(singular, plural, number) : npgettext(context, singular, plural, number);
  }
}

function hold(generator: Generator, expression: FilterExpression): string {
  const value = generator.temp();
  generator.statement(`${value}=${generator.value(expression)};`);
  return value;
}

function toCount(count: unknown): number {
  if (typeof count === "number" || typeof count === "bigint" || typeof count === "boolean") return Number(count);
  if (isDecimal(count)) return count.toNumber();
  throw new TemplateSyntaxError(`The count of 'blocktranslate' must be a number, not '${textForm(count)}'.`);
}

// `%(name)s` as Python's `%` operator fills it; undefined where it would fail.
function interpolate(text: string, data: Readonly<Record<string, string>>): string | undefined {
  let failed = false;
  const result = text.replaceAll(/%(?:%|\(([^)]*)\)s)?/g, (match, name: string | undefined) => {
    if (match === "%%") return "%";
    const value = name === undefined ? undefined : data[name];
    failed ||= value === undefined;
    return value ?? "";
  });
  return failed ? undefined : result;
}
