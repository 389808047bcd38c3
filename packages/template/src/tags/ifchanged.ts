import type { Generator } from "../compiler/generator.ts";
import type { Token } from "../lexer/token.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import { NodeList } from "../nodes/node-list.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { equals } from "../runtime/compare.ts";

/** `{% ifchanged %}` or `{% ifchanged a b %}`: puts something out where it differs from the last time in the loop. */
export function ifchanged(parser: Parser, token: Token): Node {
  const values = token
    .splitContents()
    .slice(1)
    .map((word) => parser.compileFilter(word));
  const changed = parser.parse(["else", "endifchanged"]);
  let same = new NodeList();
  if (parser.nextToken().contents === "else") {
    same = parser.parse(["endifchanged"]);
    parser.deleteFirstToken();
  }
  return new IfChangedNode(changed, same, values);
}

class IfChangedNode extends Node {
  readonly #changed: NodeList;
  readonly #same: NodeList;
  readonly #values: readonly FilterExpression[];

  constructor(changed: NodeList, same: NodeList, values: readonly FilterExpression[]) {
    super();
    this.#changed = changed;
    this.#same = same;
    this.#values = values;
  }

  override get childNodelists(): readonly NodeList[] {
    return [this.#changed, this.#same];
  }

  // The loop whose state counts may be one around the template that includes this one.
  override get contextUse(): ContextUse {
    return "reads";
  }

  override compile(generator: Generator): void {
    const key = generator.constant(this);
    const isNew = generator.constant((state: Map<unknown, unknown>, self: unknown, now: unknown) => {
      if (state.has(self) && equals(state.get(self), now)) return false;
      state.set(self, now);
      return true;
    });
    if (this.#values.length > 0) {
      const now = this.#values.map((expression) => generator.valueOrNull(expression));
      generator.branch(`if(${isNew}(${generator.loopState()},${key},[${now.join(",")}]))`, () => {
        generator.nodes(this.#changed);
      });
    } else {
      const text = generator.capture(() => {
        generator.nodes(this.#changed);
      });
      generator.branch(`if(${isNew}(${generator.loopState()},${key},${text}))`, () => {
        generator.write(text);
      });
    }
    if (this.#same.length === 0) return;
    generator.otherwise(() => {
      generator.nodes(this.#same);
    });
  }
}
