import type { Context } from "../context/context.ts";
import type { Rendered } from "../runtime/settle.ts";
import { runNodes } from "../compiler/run-nodes.ts";
import type { ContextUse, Node } from "./node.ts";

/**
 * Nodes in the order in which they are printed. Django: `NodeList`.
 */
export class NodeList implements Iterable<Node> {
  /** The strongest use of the context among these nodes, once that was looked for. */
  contextUse: ContextUse | undefined = undefined;
  readonly #nodes: Node[] = [];

  constructor(nodes: Iterable<Node> = []) {
    this.#nodes.push(...nodes);
  }

  get length(): number {
    return this.#nodes.length;
  }

  /** Whether there is anything but text among them. */
  get containsNontext(): boolean {
    return this.#nodes.some((node) => !node.isText);
  }

  push(node: Node): void {
    this.#nodes.push(node);
  }

  at(index: number): Node | undefined {
    return this.#nodes.at(index);
  }

  [Symbol.iterator](): Iterator<Node> {
    return this.#nodes.values();
  }

  /**
   * Prints the nodes. For the `render` of a tag that has nodes inside.
   *
   * @returns The text, safe to print, or a promise of it where a value among them had to be awaited.
   */
  render(context: Context): Rendered {
    return runNodes(this, context);
  }

  /** All nodes of a class among these and inside of them. Django: `get_nodes_by_type`. */
  getNodesByType<T extends Node>(type: abstract new (...args: never[]) => T): T[] {
    return this.#nodes.flatMap((node) => node.getNodesByType(type));
  }
}
