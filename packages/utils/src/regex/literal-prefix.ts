import type { RegexNode, RegexTree } from "./nodes.ts";

/** The text with which everything that matches has to begin; empty where the expression is not tied to the start. */
export function literalPrefix(tree: RegexTree): string {
  const items = tree.root.type === "sequence" ? tree.root.items : [tree.root];
  const [anchor, ...rest] = items;
  if (anchor?.type !== "anchor" || (anchor.anchor !== "^" && anchor.anchor !== "A") || anchor.flags.multiLine)
    return "";
  const end = rest.findIndex((item) => textOf(item) === undefined);
  return rest
    .slice(0, end === -1 ? undefined : end)
    .map(textOf)
    .join("");
}

function textOf(node: RegexNode): string | undefined {
  return node.type === "literal" && !node.flags.ignoreCase ? node.char : undefined;
}
