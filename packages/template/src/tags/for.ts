import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import { NodeList } from "../nodes/node-list.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% for item in list reversed %}...{% empty %}...{% endfor %}`: once for each item. */
export function forTag(parser: Parser, token: Token): Node {
  const words = token.splitContents();
  if (words.length < 4) {
    throw new TemplateSyntaxError(`A 'for' tag has at least four words, as in 'for x in list': ${token.contents}`);
  }
  const reversed = words.at(-1) === "reversed";
  const inAt = reversed ? words.length - 3 : words.length - 2;
  if (words[inAt] !== "in") {
    throw new TemplateSyntaxError(`A 'for' tag has the form 'for x in list': ${token.contents}`);
  }
  const names = words.slice(1, inAt).join(" ").split(/ *, */);
  for (const name of names) {
    if (name === "" || /[ "'|]/.test(name)) {
      throw new TemplateSyntaxError(`A 'for' tag names its variables as in 'for x, y in list': ${token.contents}`);
    }
  }
  const sequence = parser.compileFilter(words[inAt + 1] ?? "");
  const body = parser.parse(["empty", "endfor"]);
  let empty = new NodeList();
  if (parser.nextToken().contents === "empty") {
    empty = parser.parse(["endfor"]);
    parser.deleteFirstToken();
  }
  return new ForNode({ names, sequence, reversed, body, empty });
}

interface ForParts {
  readonly names: readonly string[];
  readonly sequence: FilterExpression;
  readonly reversed: boolean;
  readonly body: NodeList;
  readonly empty: NodeList;
}

class ForNode extends Node {
  readonly #parts: ForParts;

  constructor(parts: ForParts) {
    super();
    this.#parts = parts;
  }

  override get childNodelists(): readonly NodeList[] {
    return [this.#parts.body, this.#parts.empty];
  }

  override get hasOwnLayer(): boolean {
    return true;
  }

  override compile(generator: Generator): void {
    const { sequence, reversed, empty } = this.#parts;
    const items = generator.temp("s");
    const length = generator.temp("z");
    const order = reversed ? ".toReversed()" : "";
    generator.statement(`${items}=I(${generator.valueOrNull(sequence)})${order};${length}=${items}.length;`);
    if (empty.length > 0) {
      generator.branch(`if(${length}===0)`, () => {
        generator.layer(empty, () => {
          generator.nodes(empty);
        });
      });
    }
    this.#compileLoop(generator, items, length);
  }

  #compileLoop(generator: Generator, items: string, length: string): void {
    const { names, body } = this.#parts;
    const index = generator.temp("i");
    generator.layer(body, (layer) => {
      const setters = names.map((name) => layer.declare(name));
      layer.declareForloop(index, length);
      generator.loop(`for(${index}=0;${index}<${length};${index}++)`, () => {
        generator.advanceForloop(index);
        let item = `${items}[${index}]`;
        if (names.length > 1) {
          const parts = generator.temp("u");
          generator.statement(`${parts}=U(${generator.settled(item)},${names.length});`);
          item = parts;
        }
        for (const [at, set] of setters.entries()) set(names.length > 1 ? `${item}[${at}]` : item);
        generator.nodes(body);
      });
    });
  }
}
