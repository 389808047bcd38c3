import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% firstof a b "fallback" as name %}`: the first value that counts as true. */
export function firstof(parser: Parser, token: Token): Node {
  const [, ...words] = token.splitContents();
  const target = words.at(-2) === "as" ? words.at(-1) : undefined;
  const values = target === undefined ? words : words.slice(0, -2);
  if (values.length === 0) throw new TemplateSyntaxError("The tag 'firstof' requires at least one argument.");
  return new FirstOfNode(
    values.map((word) => parser.compileFilter(word)),
    target,
  );
}

class FirstOfNode extends Node {
  readonly #values: readonly FilterExpression[];
  readonly #target: string | undefined;

  constructor(values: readonly FilterExpression[], target: string | undefined) {
    super();
    this.#values = values;
    this.#target = target;
  }

  override get assigns(): readonly string[] {
    return this.#target === undefined ? [] : [this.#target];
  }

  override compile(generator: Generator): void {
    const value = generator.temp();
    const tests = this.#values.map((expression) => `T(${value}=${generator.valueOrNull(expression)})`);
    const first = `(${tests.join("||")}?${value}:"")`;
    if (this.#target === undefined) {
      generator.printValue(first);
      return;
    }
    const text = generator.capture(() => {
      generator.printValue(first);
    });
    generator.assign(this.#target, `SAFE(${text})`);
  }
}
