import type { Category } from "./nodes.ts";

const REPRESENTATIVES: Readonly<Record<Category, string>> = { d: "0", D: "x", s: " ", S: "x", w: "x", W: "!" };

/** A character that a category matches, to stand for all of it. */
export function escapedText(category: Category): string {
  return REPRESENTATIVES[category];
}
