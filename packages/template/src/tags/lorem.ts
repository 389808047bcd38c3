import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { toInteger } from "../runtime/number.ts";
import { loremParagraphs, loremWords } from "./lorem-text.ts";

type Method = "w" | "p" | "b";

/** `{% lorem 3 p random %}`: text to fill a page with; `w` words, `p` paragraphs of HTML, `b` plain ones. */
export function lorem(parser: Parser, token: Token): Node {
  const words = token.splitContents().slice(1);
  const isFixed = words.at(-1) !== "random";
  if (!isFixed) words.pop();
  const last = words.at(-1);
  const method: Method = last === "w" || last === "p" || last === "b" ? last : "b";
  if (last === method) words.pop();
  const [count = "1", ...more] = words;
  if (more.length > 0) throw new TemplateSyntaxError("The tag 'lorem' has the form 'lorem count method random'.");
  return new LoremNode(parser.compileFilter(count), method, isFixed);
}

class LoremNode extends Node {
  readonly #count: FilterExpression;
  readonly #method: Method;
  readonly #isFixed: boolean;

  constructor(count: FilterExpression, method: Method, isFixed: boolean) {
    super();
    this.#count = count;
    this.#method = method;
    this.#isFixed = isFixed;
  }

  override compile(generator: Generator): void {
    const write = generator.constant((count: unknown) => this.#write(toInteger(count) ?? 1));
    generator.write(`${write}(${generator.value(this.#count)})`);
  }

  #write(count: number): string {
    // A page has room for so many; a number from a user cannot ask for more.
    const amount = Math.min(Math.max(count, 0), 10_000);
    if (this.#method === "w") return loremWords(amount, this.#isFixed);
    const paragraphs = loremParagraphs(amount, this.#isFixed);
    return (this.#method === "p" ? paragraphs.map((text) => `<p>${text}</p>`) : paragraphs).join("\n\n");
  }
}
