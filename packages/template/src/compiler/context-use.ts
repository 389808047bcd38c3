// Looks through nodes for what they do with the context, before they are compiled.

import type { ContextUse, Node } from "../nodes/node.ts";

const RANK: Readonly<Record<ContextUse, number>> = { none: 0, reads: 1, writes: 2 };

/** Nodes, and what has been found out of them. */
interface NodeSequence extends Iterable<Node> {
  contextUse?: ContextUse | undefined;
}

/** The strongest use of the context among nodes and all inside of them. */
export function contextUse(nodes: NodeSequence): ContextUse {
  nodes.contextUse ??= findUse(nodes);
  return nodes.contextUse;
}

function findUse(nodes: Iterable<Node>): ContextUse {
  let strongest: ContextUse = "none";
  for (const node of nodes) {
    for (const use of [node.contextUse, ...node.childNodelists.map(contextUse)]) {
      if (RANK[use] > RANK[strongest]) strongest = use;
    }
    if (strongest === "writes") break;
  }
  return strongest;
}

/** The names that nodes set in the layer in which they stand. */
export function assignedNames(nodes: Iterable<Node>): Set<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    for (const name of node.assigns) names.add(name);
    if (node.hasOwnLayer) continue;
    for (const list of node.childNodelists) for (const name of assignedNames(list)) names.add(name);
  }
  return names;
}
