import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% autoescape off %}...{% endautoescape %}`: turns escaping off or on. */
export function autoescape(parser: Parser, token: Token): Node {
  const [, setting, ...more] = token.contents.split(/\s+/);
  if (setting === undefined || more.length > 0) {
    throw new TemplateSyntaxError("The tag 'autoescape' requires exactly one argument, 'on' or 'off'.");
  }
  if (setting !== "on" && setting !== "off") {
    throw new TemplateSyntaxError(`The argument of 'autoescape' is 'on' or 'off', not '${setting}'.`);
  }
  const nodelist = parser.parse(["endautoescape"]);
  parser.deleteFirstToken();
  return new AutoEscapeNode(setting === "on", nodelist);
}

class AutoEscapeNode extends Node {
  readonly nodelist: NodeList;
  readonly #on: boolean;

  constructor(on: boolean, nodelist: NodeList) {
    super();
    this.#on = on;
    this.nodelist = nodelist;
  }

  override compile(generator: Generator): void {
    generator.withAutoescape(this.#on, this.nodelist);
  }
}
