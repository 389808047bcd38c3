// `{% load l10n %}`: whether numbers and dates follow the formats of the active language.

import { localize } from "@tsgo/i18n/formats";
import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../compiler/generator.ts";
import type { Token } from "../lexer/token.ts";
import { Library } from "../library/library.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { Parser } from "../parser/parser.ts";
import { parseSwitch } from "./switch.ts";

function compileLocalize(parser: Parser, token: Token): Node {
  const on = parseSwitch(token);
  const nodelist = parser.parse(["endlocalize"]);
  parser.deleteFirstToken();
  return new LocalizeNode(nodelist, on);
}

class LocalizeNode extends Node {
  readonly nodelist: NodeList;
  readonly #on: boolean;

  constructor(nodelist: NodeList, on: boolean) {
    super();
    this.nodelist = nodelist;
    this.#on = on;
  }

  override compile(generator: Generator): void {
    generator.withContextOption("useL10n", String(this.#on), this.nodelist);
  }
}

/** Makes the library `l10n`. */
export function l10nLibrary(): Library {
  const register = new Library();
  register.filter("localize", (value: unknown) => textForm(localize(value, true)));
  register.filter("unlocalize", (value: unknown) => textForm(localize(value, false)));
  register.tag("localize", compileLocalize);
  return register;
}
