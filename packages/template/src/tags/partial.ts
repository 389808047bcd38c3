import type { Generator } from "../compiler/generator.ts";
import type { Context } from "../context/context.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { Parser } from "../parser/parser.ts";
import type { Rendered } from "../runtime/settle.ts";
import { PARTIALS, type Partials } from "../partials.ts";

function partialsOf(parser: Parser): Map<string, NodeList> {
  const known = parser.extraData.get(PARTIALS) as Map<string, NodeList> | undefined;
  if (known !== undefined) return known;
  const made = new Map<string, NodeList>();
  parser.extraData.set(PARTIALS, made);
  return made;
}

/** `{% partialdef name inline %}...{% endpartialdef %}`: a part that can be put out elsewhere, or by itself. */
export function partialdef(parser: Parser, token: Token): Node {
  const [, name, inline, ...more] = token.splitContents();
  if (name === undefined || more.length > 0 || (inline !== undefined && inline !== "inline")) {
    throw new TemplateSyntaxError("The tag 'partialdef' has the form 'partialdef name' or 'partialdef name inline'.");
  }
  const partials = partialsOf(parser);
  if (partials.has(name)) throw new TemplateSyntaxError(`A partial called '${name}' is defined more than once.`);
  const nodelist = parser.parse(["endpartialdef"]);
  const end = parser.nextToken();
  if (end.contents !== "endpartialdef" && end.contents !== `endpartialdef ${name}`) {
    throw new TemplateSyntaxError(`Expected 'endpartialdef' or 'endpartialdef ${name}', not '${end.contents}'.`);
  }
  partials.set(name, nodelist);
  return new PartialDefNode(nodelist, inline === "inline");
}

class PartialDefNode extends Node {
  readonly nodelist: NodeList;
  readonly #isInline: boolean;

  constructor(nodelist: NodeList, isInline: boolean) {
    super();
    this.nodelist = nodelist;
    this.#isInline = isInline;
  }

  override compile(generator: Generator): void {
    if (this.#isInline) generator.nodes(this.nodelist);
  }
}

/** `{% partial name %}`: puts out a part that `partialdef` made, before this place or behind it. */
export function partial(parser: Parser, token: Token): Node {
  const [, name, ...more] = token.splitContents();
  if (name === undefined || more.length > 0) {
    throw new TemplateSyntaxError("The tag 'partial' takes one argument, the name of the partial.");
  }
  return new PartialUseNode(name, partialsOf(parser));
}

class PartialUseNode extends Node {
  readonly #name: string;
  readonly #partials: Partials;

  constructor(name: string, partials: Partials) {
    super();
    this.#name = name;
    this.#partials = partials;
  }

  // The part runs with the context of this place, and may set variables in it.
  override get contextUse(): ContextUse {
    return "writes";
  }

  override compile(generator: Generator): void {
    generator.writeRendered(`${generator.constant((context: Context) => this.#render(context))}(c)`);
  }

  #render(context: Context): Rendered {
    const nodes = this.#partials.get(this.#name);
    if (nodes !== undefined) return nodes.render(context);
    throw new TemplateSyntaxError(`There is no partial called '${this.#name}' in this template.`);
  }
}
