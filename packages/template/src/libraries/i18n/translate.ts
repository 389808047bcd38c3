import { gettext, pgettext } from "@tsgo/i18n/translation";
import { isSafe, markSafe } from "@tsgo/utils/safestring";
import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../../compiler/generator.ts";
import { TemplateSyntaxError } from "../../errors.ts";
import type { Token } from "../../lexer/token.ts";
import { Node } from "../../nodes/node.ts";
import type { FilterExpression } from "../../parser/filter-expression.ts";
import type { Parser } from "../../parser/parser.ts";

interface Options {
  noop: boolean;
  target: string | undefined;
  context: FilterExpression | undefined;
}

/** `{% translate "Yes" context "answer" as name noop %}`: a text in the active language. */
export function translate(parser: Parser, token: Token): Node {
  const [tag = "", message, ...words] = token.splitContents();
  if (message === undefined) throw new TemplateSyntaxError(`'${tag}' takes at least one argument, the text.`);
  return new TranslateNode(parser.compileFilter(message), parseOptions(parser, tag, words));
}

function parseOptions(parser: Parser, tag: string, words: readonly string[]): Options {
  const options: Options = { noop: false, target: undefined, context: undefined };
  const seen = new Set<string>();
  for (let at = 0; at < words.length; at += 1) {
    const option = words[at] ?? "";
    if (seen.has(option)) throw new TemplateSyntaxError(`The option '${option}' was given more than once.`);
    seen.add(option);
    if (option === "noop") options.noop = true;
    else if (option === "context" || option === "as") {
      at += 1;
      const value = words[at];
      if (value === undefined || (option === "context" && (value === "as" || value === "noop"))) {
        throw new TemplateSyntaxError(`'${tag}' needs a value behind '${option}', and got ${value ?? "nothing"}.`);
      }
      if (option === "context") options.context = parser.compileFilter(value);
      else options.target = value;
    } else {
      throw new TemplateSyntaxError(
        `'${option}' is no option of '${tag}'; there are 'noop', 'context "xxx"' and 'as VAR'.`,
      );
    }
  }
  return options;
}

class TranslateNode extends Node {
  readonly #message: FilterExpression;
  readonly #options: Options;

  constructor(message: FilterExpression, options: Options) {
    super();
    this.#message = message;
    this.#options = options;
  }

  override get assigns(): readonly string[] {
    return this.#options.target === undefined ? [] : [this.#options.target];
  }

  override compile(generator: Generator): void {
    const { noop, target, context } = this.#options;
    const within = generator.temp();
    generator.statement(`${within}=${context === undefined ? "undefined" : generator.value(context)};`);
    const fn = generator.constant(noop ? unchanged : translated);
    const value = generator.value(this.#message, (js) => `${fn}(${js},${within})`);
    // Per cent signs were doubled on the way through the catalogue.
    const text = generator.capture(() => {
      generator.printValue(value);
    });
    const single = `${text}.replaceAll("%%","%")`;
    if (target === undefined) generator.write(single);
    else generator.assign(target, `SAFE(${single})`);
  }
}

function unchanged(value: unknown): unknown {
  return value;
}

function translated(value: unknown, context: unknown): unknown {
  const message = textForm(value).replaceAll("%", "%%");
  const within = textForm(context);
  const text = within === "" ? gettext(message) : pgettext(within, message);
  return isSafe(value) ? markSafe(text) : text;
}
