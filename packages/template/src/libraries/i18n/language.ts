import { override } from "@tsgo/i18n/translation";
import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../../compiler/generator.ts";
import { TemplateSyntaxError } from "../../errors.ts";
import type { Token } from "../../lexer/token.ts";
import { Node } from "../../nodes/node.ts";
import type { NodeList } from "../../nodes/node-list.ts";
import type { FilterExpression } from "../../parser/filter-expression.ts";
import type { Parser } from "../../parser/parser.ts";

/** `{% language "de" %}...{% endlanguage %}`: what is inside in another language. */
export function language(parser: Parser, token: Token): Node {
  const [, code, ...more] = token.splitContents();
  if (code === undefined || more.length > 0) {
    throw new TemplateSyntaxError("The tag 'language' takes one argument, the code of a language.");
  }
  const expression = parser.compileFilter(code);
  const nodelist = parser.parse(["endlanguage"]);
  parser.deleteFirstToken();
  return new LanguageNode(nodelist, expression);
}

class LanguageNode extends Node {
  readonly nodelist: NodeList;
  readonly #code: FilterExpression;

  constructor(nodelist: NodeList, code: FilterExpression) {
    super();
    this.nodelist = nodelist;
    this.#code = code;
  }

  override compile(generator: Generator): void {
    const code = generator.temp();
    generator.statement(`${code}=${generator.value(this.#code)};`);
    const rendering = generator.inner(() => {
      generator.nodes(this.nodelist);
    });
    const within = generator.constant((named: unknown, render: () => unknown) =>
      override(named === null ? null : textForm(named), render),
    );
    generator.writeRendered(`${within}(${code},()=>${rendering})`);
  }
}
