import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { parseAssignments } from "./assignments.ts";

/** `{% with total=business.employees.count %}...{% endwith %}`: gives names to values. */
export function withTag(parser: Parser, token: Token): Node {
  const words = token.splitContents().slice(1);
  const { values, taken } = parseAssignments(parser, words, true);
  if (values.size === 0) {
    throw new TemplateSyntaxError(`'with' expects at least one assignment, as in 'with name=value': ${token.contents}`);
  }
  const rest = words[taken];
  if (rest !== undefined) throw new TemplateSyntaxError(`'with' cannot make sense of '${rest}'.`);
  const nodelist = parser.parse(["endwith"]);
  parser.deleteFirstToken();
  return new WithNode(values, nodelist);
}

class WithNode extends Node {
  readonly nodelist: NodeList;
  readonly #values: ReadonlyMap<string, FilterExpression>;

  constructor(values: ReadonlyMap<string, FilterExpression>, nodelist: NodeList) {
    super();
    this.#values = values;
    this.nodelist = nodelist;
  }

  override get hasOwnLayer(): boolean {
    return true;
  }

  override compile(generator: Generator): void {
    // Each value is worked out as it is outside, before any of the names means something else.
    const held = Array.from(this.#values, ([name, expression]) => {
      const value = generator.temp();
      generator.statement(`${value}=${generator.value(expression)};`);
      return [name, value] as const;
    });
    generator.layer(this.nodelist, (layer) => {
      for (const [name, value] of held) layer.declare(name)(value);
      generator.nodes(this.nodelist);
    });
  }
}
