// What a tag becomes when it is parsed.

import type { Generator } from "../compiler/generator.ts";
import type { Context } from "../context/context.ts";
import type { Token } from "../lexer/token.ts";
import type { Walk, Walked } from "../walk/walk-nodes.ts";
import type { Origin } from "../origin.ts";
import type { SafeString } from "@tsgo/utils/safestring";
import { NodeList } from "./node-list.ts";

/**
 * What a node does with the context, its children left aside: `none` for nodes that ask the code generator for all
 * that they read, `reads` for nodes that look at the context itself, `writes` for nodes that may change it.
 */
export type ContextUse = "none" | "reads" | "writes";

/**
 * A part of a template. A tag of your own extends this class and has a `render`. Django: `Node`.
 *
 * @example
 * class UpperNode extends Node {
 *   readonly nodelist: NodeList;
 *   constructor(nodelist: NodeList) {
 *     super();
 *     this.nodelist = nodelist;
 *   }
 *   override async render(context: Context): Promise<string> {
 *     return (await this.nodelist.render(context)).toUpperCase();
 *   }
 * }
 */
export abstract class Node {
  /** The token that this was made from; the parser sets it. */
  declare token: Token | undefined;
  /** The template that this stands in; the parser sets it. */
  declare origin: Origin | undefined;

  constructor() {
    // Set here rather than as fields: nodes are made by the hundred, and this is several times as fast.
    this.token = undefined;
    this.origin = undefined;
  }

  /**
   * The text that stands in place of this node, put out as it is: escape what must be escaped. A promise is awaited.
   */
  render?(context: Context): string | SafeString | PromiseLike<string | SafeString>;

  /** Writes the code that puts this node out. A node that has it needs no `render`. */
  compile?(generator: Generator): void;

  /**
   * Puts this node out in a template that is not compiled yet, as the code of `compile` would. Nodes that stand in most
   * templates have it; others are compiled by themselves.
   */
  walk?(walk: Walk): Walked;

  /** Whether only text may stand before this node. */
  get mustBeFirst(): boolean {
    return false;
  }

  get isText(): boolean {
    return false;
  }

  /** The lists of nodes inside this one. A property called `nodelist` is found by itself. */
  get childNodelists(): readonly NodeList[] {
    const { nodelist } = this as { nodelist?: unknown };
    return nodelist instanceof NodeList ? [nodelist] : [];
  }

  /** What this node does with the context. Nodes with a `render` get it whole, and may do anything. */
  get contextUse(): ContextUse {
    return this.compile === undefined ? "writes" : "none";
  }

  /** The variables that this node sets in the layer of the context in which it stands. */
  get assigns(): readonly string[] {
    return [];
  }

  /** Whether what children set is gone after this node. */
  get hasOwnLayer(): boolean {
    return false;
  }

  /** This node, if it is of that class, and all inside of it that are. Django: `get_nodes_by_type`. */
  getNodesByType<T extends Node>(type: abstract new (...args: never[]) => T): T[] {
    const inside = this.childNodelists.flatMap((list) => list.getNodesByType(type));
    return this instanceof type ? [this, ...inside] : inside;
  }
}
