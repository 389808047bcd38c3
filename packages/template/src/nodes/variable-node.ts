import type { Generator } from "../compiler/generator.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import { Node } from "./node.ts";

/** An expression between double braces. Django: `VariableNode`. */
export class VariableNode extends Node {
  readonly expression: FilterExpression;

  constructor(expression: FilterExpression) {
    super();
    this.expression = expression;
  }

  override compile(generator: Generator): void {
    generator.print(this.expression);
  }
}
