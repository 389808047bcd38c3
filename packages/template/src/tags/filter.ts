import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% filter upper|cut:" " %}...{% endfilter %}`: sends what is inside through filters. */
export function filter(parser: Parser, token: Token): Node {
  const rest = token.contents.replace(/^\S+\s*/, "");
  const expression = parser.compileFilter(`var|${rest}`);
  for (const { filter: used } of expression.filters) {
    if (used.name === "escape" || used.name === "safe") {
      throw new TemplateSyntaxError(`"filter ${used.name}" is not permitted. Use the "autoescape" tag instead.`);
    }
  }
  const nodelist = parser.parse(["endfilter"]);
  parser.deleteFirstToken();
  return new FilterNode(expression, nodelist);
}

class FilterNode extends Node {
  readonly nodelist: NodeList;
  readonly #expression: FilterExpression;

  constructor(expression: FilterExpression, nodelist: NodeList) {
    super();
    this.#expression = expression;
    this.nodelist = nodelist;
  }

  override compile(generator: Generator): void {
    const text = generator.capture(() => {
      generator.nodes(this.nodelist);
    });
    generator.layer([], (layer) => {
      layer.declare("var")(`SAFE(${text})`);
      generator.writeRendered(`P(${generator.value(this.#expression)},c,false)`);
    });
  }
}
