import type { Generator } from "../compiler/generator.ts";
import { runNodes } from "../compiler/run-nodes.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import { NodeList } from "../nodes/node-list.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { ForLoop } from "../runtime/for-loop.ts";
import { toItems, unpack } from "../runtime/iterate.ts";
import { type Rendering, isPending, settle } from "../runtime/settle.ts";
import { awaited } from "../walk/resolve.ts";
import { type Walk, walkNodes } from "../walk/walk-nodes.ts";

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

// The body of a longer loop is worth compiling even when the template is put out for the first time.
const LONG = 100;

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

  override *walk(walk: Walk): Rendering {
    const { sequence, reversed, empty } = this.#parts;
    const { context } = walk;
    const given = toItems(yield* awaited(sequence, walk, true));
    const items = reversed ? given.toReversed() : given;
    const outer = context.lookup("forloop");
    const layer = context.push();
    const text = items.length === 0 ? yield* walkNodes(empty, walk) : yield* this.#walkItems(items, outer, layer, walk);
    context.pop();
    return text;
  }

  *#walkItems(items: readonly unknown[], outer: unknown, layer: Record<string, unknown>, walk: Walk): Rendering {
    const { names, body } = this.#parts;
    const [single] = names;
    const loop = new ForLoop(items.length, outer);
    layer["forloop"] = loop;
    let text = "";
    for (const [index, item] of items.entries()) {
      loop.at(index);
      if (names.length === 1 && single !== undefined) layer[single] = item;
      else {
        const parts = unpack(isPending(item) ? yield settle(item) : item, names.length);
        for (const [at, name] of names.entries()) layer[name] = parts[at];
      }
      if (items.length > LONG) {
        const rendered = runNodes(body, walk.context, walk.options);
        text += typeof rendered === "string" ? rendered : yield rendered;
      } else text += yield* walkNodes(body, walk);
    }
    return text;
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
