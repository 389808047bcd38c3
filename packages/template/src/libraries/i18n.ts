// `{% load i18n %}`: texts in the language of the reader.

import { settings } from "@tsgo/core/conf";
import { type LanguageInfo, getLanguage, getLanguageBidi, getLanguageInfo, gettext } from "@tsgo/i18n/translation";
import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Library } from "../library/library.ts";
import { Node } from "../nodes/node.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { toItems } from "../runtime/iterate.ts";
import { requireTarget } from "../tags/assignments.ts";
import { blocktranslate } from "./i18n/blocktranslate.ts";
import { language } from "./i18n/language.ts";
import { translate } from "./i18n/translate.ts";

/** A tag that keeps a value of its own in a variable. */
class AssignNode extends Node {
  readonly #target: string;
  readonly #read: (argument: unknown) => unknown;
  readonly #argument: FilterExpression | undefined;

  constructor(target: string, read: (argument: unknown) => unknown, argument?: FilterExpression) {
    super();
    this.#target = target;
    this.#read = read;
    this.#argument = argument;
  }

  override get assigns(): readonly string[] {
    return [this.#target];
  }

  override compile(generator: Generator): void {
    const argument = this.#argument === undefined ? "" : generator.value(this.#argument);
    generator.assign(this.#target, `${generator.constant(this.#read)}(${argument})`);
  }
}

function assigning(tag: string, read: () => unknown) {
  return (_parser: Parser, token: Token): Node => new AssignNode(requireTarget(tag, token.splitContents(), 1), read);
}

function assigningFor(tag: string, read: (argument: unknown) => unknown) {
  return (parser: Parser, token: Token): Node => {
    const words = token.splitContents();
    const [, preposition, argument = ""] = words;
    if (words.length !== 5 || preposition !== "for" || words[3] !== "as") {
      throw new TemplateSyntaxError(`'${tag}' has the form '${tag} for value as variable', not '${token.contents}'.`);
    }
    return new AssignNode(words[4] ?? "", read, parser.compileFilter(argument));
  };
}

function availableLanguages(): (readonly [string, string])[] {
  return settings.LANGUAGES.map(([code, name]) => [code, gettext(name)] as const);
}

// A list of codes, or of pairs that begin with one.
function infoOf(entry: unknown): LanguageInfo {
  return getLanguageInfo(textForm(Array.isArray(entry) ? entry[0] : entry));
}

/** Makes the library `i18n`. */
export function i18nLibrary(): Library {
  const register = new Library();
  register.tag("get_available_languages", assigning("get_available_languages", availableLanguages));
  register.tag("get_current_language", assigning("get_current_language", getLanguage));
  register.tag("get_current_language_bidi", assigning("get_current_language_bidi", getLanguageBidi));
  register.tag(
    "get_language_info",
    assigningFor("get_language_info", (code) => infoOf(textForm(code))),
  );
  register.tag(
    "get_language_info_list",
    assigningFor("get_language_info_list", (entries) => toItems(entries).map(infoOf)),
  );
  for (const name of ["translate", "trans"]) register.tag(name, translate);
  for (const name of ["blocktranslate", "blocktrans"]) register.tag(name, blocktranslate);
  register.tag("language", language);
  register.filter("language_name", (code: unknown) => infoOf(textForm(code)).name);
  register.filter("language_name_local", (code: unknown) => infoOf(textForm(code)).nameLocal);
  register.filter("language_name_translated", (code: unknown) => gettext(infoOf(textForm(code)).name));
  register.filter("language_bidi", (code: unknown) => infoOf(textForm(code)).bidi);
  return register;
}
