import type { Generator } from "../compiler/generator.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import { print } from "../runtime/print.ts";
import type { Rendered } from "../runtime/settle.ts";
import { resolve } from "../walk/resolve.ts";
import type { Walk } from "../walk/walk-nodes.ts";
import { type ContextUse, Node } from "./node.ts";

/** An expression between double braces. Django: `VariableNode`. */
export class VariableNode extends Node {
  readonly expression: FilterExpression;

  constructor(expression: FilterExpression) {
    super();
    this.expression = expression;
  }

  // The block of the parent, which `block.super` puts out here, sees the variables of this place.
  override get contextUse(): ContextUse {
    return this.expression.variable.lookups[0] === "block" ? "reads" : "none";
  }

  override walk(walk: Walk): Rendered {
    const { context } = walk;
    return print(resolve(this.expression, walk, false), context, context.autoescape);
  }

  override compile(generator: Generator): void {
    generator.print(this.expression);
  }
}
