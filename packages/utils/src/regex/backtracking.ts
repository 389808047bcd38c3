// Finds expressions that try exponentially many ways to match before they give up, such as `(a+)+`.

import { classSource, categoryMembers, literalSource } from "./charsets.ts";
import type { RegexNode, RegexTree } from "./nodes.ts";

/** What a part may begin with, as far as the sample goes, and whether it may match nothing. */
interface Start {
  readonly chars: ReadonlySet<string>;
  readonly nullable: boolean;
}

// Enough to tell the sets apart that occur in URLs.
const SAMPLE = [...Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)), "é", "ж", "\u2028"];
const NOTHING: Start = { chars: new Set(), nullable: true };
const MANY = 10;

/**
 * Whether matching may take time exponential in the length of a text: something that repeats without end stands in
 * something else that does, and where one round of the inner ends and the next begins is open. An estimate: it looks at
 * first characters only, and at some of those.
 */
export function mayBacktrackExponentially(tree: RegexTree): boolean {
  return isRisky(tree.root);
}

function isRisky(node: RegexNode): boolean {
  if (node.type === "repeat" && isEndless(node) && repeatsAmbiguously(node.body)) return true;
  return childrenOf(node).some(isRisky);
}

// What stands behind an inner repetition in one round is followed by the start of the next round.
function repeatsAmbiguously(body: RegexNode): boolean {
  return hasOpenEnd(body, startOf(body)) || hasEqualOptions(body);
}

function hasOpenEnd(node: RegexNode, after: Start): boolean {
  if (node.type === "sequence") {
    return node.items.some((item, index) => hasOpenEnd(item, follow(node.items.slice(index + 1), after)));
  }
  if (node.type === "alternation") return node.options.some((option) => hasOpenEnd(option, after));
  if (node.type === "capture" || node.type === "group") return hasOpenEnd(node.body, after);
  return node.type === "repeat" && isEndless(node) && overlap(startOf(node.body), after);
}

/** `(a|a)*`: the same character by two ways in each round. */
function hasEqualOptions(node: RegexNode): boolean {
  if (node.type === "capture" || node.type === "group") return hasEqualOptions(node.body);
  if (node.type !== "alternation") return false;
  const starts = node.options.filter(isSingle).map(startOf);
  return starts.some((start, index) => starts.slice(index + 1).some((other) => overlap(start, other)));
}

function follow(items: readonly RegexNode[], after: Start): Start {
  return joined([...items.map(startOf), after]);
}

function startOf(node: RegexNode): Start {
  switch (node.type) {
    case "literal":
      return matching(literalSource(node.char, node.flags));
    case "any":
      return matching(node.flags.dotAll ? "[^]" : "[^\\n]");
    case "category": {
      const { members, negated } = categoryMembers(node.category, node.flags);
      return matching(`[${negated ? "^" : ""}${members}]`);
    }
    case "class":
      return matching(classSource(node.items, node.negated, node.flags));
    case "sequence":
      return joined(node.items.map(startOf));
    case "alternation":
      return either(node.options.map(startOf));
    case "capture":
    case "group":
    case "atomic":
      return startOf(node.body);
    case "repeat":
      return node.min === 0 ? { ...startOf(node.body), nullable: true } : startOf(node.body);
    case "anchor":
    case "look":
    case "backreference":
      return NOTHING;
    default:
      return node satisfies never;
  }
}

function joined(starts: readonly Start[]): Start {
  const chars = new Set<string>();
  for (const start of starts) {
    for (const char of start.chars) chars.add(char);
    if (!start.nullable) return { chars, nullable: false };
  }
  return { chars, nullable: true };
}

function either(starts: readonly Start[]): Start {
  return {
    chars: new Set(starts.flatMap(({ chars }) => [...chars])),
    nullable: starts.some(({ nullable }) => nullable),
  };
}

function matching(source: string): Start {
  const pattern = new RegExp(`^(?:${source})$`, "u");
  return { chars: new Set(SAMPLE.filter((char) => pattern.test(char))), nullable: false };
}

function overlap(one: Start, other: Start): boolean {
  for (const char of one.chars) if (other.chars.has(char)) return true;
  return false;
}

function isEndless({ max, mode }: RegexNode & { type: "repeat" }): boolean {
  return max > MANY && mode !== "possessive";
}

function isSingle({ type }: RegexNode): boolean {
  return type === "literal" || type === "any" || type === "category" || type === "class";
}

function childrenOf(node: RegexNode): readonly RegexNode[] {
  if (node.type === "sequence") return node.items;
  if (node.type === "alternation") return node.options;
  return "body" in node ? [node.body] : [];
}
