import { contextUse } from "../compiler/context-use.ts";
import type { Generator, GeneratorOptions } from "../compiler/generator.ts";
import { NodeFunction } from "../compiler/node-function.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { Parser } from "../parser/parser.ts";
import { type CompiledBlock, renderBlock } from "../runtime/blocks.ts";
import type { Rendered } from "../runtime/settle.ts";
import type { Walk } from "../walk/walk-nodes.ts";

const LOADED_BLOCKS = "blocks";

/** The blocks of the template being read, in order; undefined for those not read to their end. */
export function loadedBlocks(parser: Parser): Map<string, BlockNode | undefined> {
  const known = parser.extraData.get(LOADED_BLOCKS) as Map<string, BlockNode | undefined> | undefined;
  if (known !== undefined) return known;
  const made = new Map<string, BlockNode | undefined>();
  parser.extraData.set(LOADED_BLOCKS, made);
  return made;
}

/** The blocks of a template that was read. */
export function blocksOf(extraData: ReadonlyMap<string, unknown>): readonly BlockNode[] {
  const blocks = extraData.get(LOADED_BLOCKS) as Map<string, BlockNode | undefined> | undefined;
  return [...(blocks?.values() ?? [])].filter((node) => node !== undefined);
}

/** `{% block name %}...{% endblock %}`: a part that a template which extends this one can replace. */
export function block(parser: Parser, token: Token): Node {
  const [, name, ...more] = token.contents.split(/\s+/);
  if (name === undefined || more.length > 0) {
    throw new TemplateSyntaxError("The tag 'block' takes exactly one argument, the name of the block.");
  }
  const blocks = loadedBlocks(parser);
  if (blocks.has(name)) throw new TemplateSyntaxError(`A block called '${name}' appears more than once.`);
  blocks.set(name, undefined);
  const nodelist = parser.parse(["endblock"]);
  const end = parser.nextToken();
  if (end.contents !== "endblock" && end.contents !== `endblock ${name}`) {
    throw new TemplateSyntaxError(
      `Invalid block tag on line ${end.line}: '${end.contents}', expected 'endblock' or 'endblock ${name}'.`,
    );
  }
  const node = new BlockNode(name, nodelist);
  blocks.set(name, node);
  return node;
}

/** A block. Django: `BlockNode`. */
export class BlockNode extends Node {
  readonly name: string;
  readonly nodelist: NodeList;
  #compiled: CompiledBlock | undefined;

  constructor(name: string, nodelist: NodeList) {
    super();
    this.name = name;
    this.nodelist = nodelist;
  }

  // A block that replaces this one may read whatever the context has where this stands.
  override get contextUse(): ContextUse {
    return "reads";
  }

  // What is inside runs as a function of its own, in a layer of its own.
  override get childNodelists(): readonly NodeList[] {
    return [];
  }

  override getNodesByType<T extends Node>(type: abstract new (...args: never[]) => T): T[] {
    return [...super.getNodesByType(type), ...this.nodelist.getNodesByType(type)];
  }

  override walk({ context, options }: Walk): Rendered {
    return renderBlock(context, this.compiled(options));
  }

  override compile(generator: Generator): void {
    generator.writeRendered(`BK(c,${generator.constant(this.compiled(generator.options))})`);
  }

  /** The block as it is put out, and as a child may replace it. */
  compiled(options: GeneratorOptions): CompiledBlock {
    this.#compiled ??= {
      name: this.name,
      isSeen: contextUse(this.nodelist) !== "none",
      body: new NodeFunction(this.nodelist, { ...options, isBlock: true }),
    };
    return this.#compiled;
  }
}
