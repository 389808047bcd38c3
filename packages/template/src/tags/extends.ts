import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../compiler/generator.ts";
import type { Context } from "../context/context.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { type ContextUse, Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import { type Origin, UNKNOWN_SOURCE } from "../origin.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { type CompiledBlock, addBlocks } from "../runtime/blocks.ts";
import type { Rendered, Rendering } from "../runtime/settle.ts";
import type { Template } from "../template.ts";
import { awaited } from "../walk/resolve.ts";
import type { Walk } from "../walk/walk-nodes.ts";
import { type BlockNode, blocksOf } from "./block.ts";
import { constantName, engineOf, relativeName, toTemplate } from "./template-name.ts";

const EXTENDS = "extends";
const PARENTS = Symbol("origins of the parents");

/** `{% extends "base.html" %}`: takes everything from another template but the blocks that are given here. */
export function extendsTag(parser: Parser, token: Token): Node {
  const [, name, ...more] = token.splitContents();
  if (name === undefined || more.length > 0) {
    throw new TemplateSyntaxError("The tag 'extends' takes one argument, the name of the template to extend.");
  }
  const parent = parser.compileFilter(relativeName(parser.origin.templateName, name));
  if (parser.extraData.has(EXTENDS)) {
    throw new TemplateSyntaxError("'extends' cannot appear more than once in the same template.");
  }
  parser.extraData.set(EXTENDS, true);
  const nodelist = parser.parse();
  return new ExtendsNode(nodelist, blocksOf(parser.extraData), parent, parser.origin);
}

/** The parent of a template. Django: `ExtendsNode`. */
export class ExtendsNode extends Node {
  readonly nodelist: NodeList;
  /** The expression for the parent. */
  readonly parent: FilterExpression;
  readonly #blocks: readonly BlockNode[];
  readonly #origin: Origin;

  constructor(nodelist: NodeList, blocks: readonly BlockNode[], parent: FilterExpression, origin: Origin) {
    super();
    this.nodelist = nodelist;
    this.#blocks = blocks;
    this.parent = parent;
    this.#origin = origin;
  }

  /** The name of the parent, where the template says it outright. */
  get constantName(): string | undefined {
    return constantName(this.parent);
  }

  override get mustBeFirst(): boolean {
    return true;
  }

  // What stands outside of blocks is never put out.
  override get childNodelists(): readonly NodeList[] {
    return [];
  }

  override getNodesByType<T extends Node>(type: abstract new (...args: never[]) => T): T[] {
    return [...super.getNodesByType(type), ...this.nodelist.getNodesByType(type)];
  }

  override get contextUse(): ContextUse {
    return "reads";
  }

  override *walk(walk: Walk): Rendering {
    const blocks = this.#blocks.map((node) => node.compiled(walk.options));
    const rendered = this.#extend(walk.context, yield* awaited(this.parent, walk), blocks);
    return typeof rendered === "string" ? rendered : ((yield rendered) as string);
  }

  override compile(generator: Generator): void {
    const blocks = this.#blocks.map((node) => node.compiled(generator.options));
    const name = this.constantName;
    if (name !== undefined) {
      generator.writeCall((context) => this.#extend(context, name, blocks));
      return;
    }
    const extend = generator.constant((context: Context, parent: unknown) => this.#extend(context, parent, blocks));
    generator.writeRendered(`${extend}(c,${generator.value(this.parent)})`);
  }

  #extend(context: Context, named: unknown, own: readonly CompiledBlock[]): Rendered {
    const parent = this.#findParent(context, named);
    addBlocks(context, own);
    if (!parent.hasParent) addBlocks(context, parent.blocks);
    return parent.renderAsParent(context);
  }

  #findParent(context: Context, named: unknown): Template {
    const template = toTemplate(named);
    if (template !== undefined) return template;
    const name = textForm(named);
    if (name === "") {
      throw new TemplateSyntaxError(
        `The tag 'extends' got no template name from '${this.parent.text}'. Give it a name or a template.`,
      );
    }
    const parents = context.renderContext.getOrMake<Origin[]>(PARENTS, () => [this.#origin]);
    const found = engineOf(context).findTemplate(relativeName(this.#origin.templateName, name), parents);
    if (found.origin.name !== UNKNOWN_SOURCE) parents.push(found.origin);
    return found;
  }
}
