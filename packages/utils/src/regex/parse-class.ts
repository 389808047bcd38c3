// Reads `[...]` in Python's syntax.

import { isCategory, readEscapedChar } from "./escapes.ts";
import type { ClassItem, Flags, RegexNode } from "./nodes.ts";
import { escapedText } from "./representative.ts";
import type { Scanner } from "./scanner.ts";

/** Parses a character class; the opening bracket has been taken. */
export function parseClass(scanner: Scanner, flags: Flags): RegexNode {
  const open = scanner.position - 1;
  const negated = scanner.take("^");
  const items: ClassItem[] = [];
  let first = negated ? "^" : "";
  while (items.length === 0 || !scanner.take("]")) {
    if (scanner.atEnd) scanner.fail("unterminated character set", open);
    const start = scanner.position;
    const member = readMember(scanner);
    if (first === "") first = member.source.charAt(0);
    items.push(readRange(scanner, member.item, start, open));
  }
  return { type: "class", negated, items, first, flags };
}

function readRange(scanner: Scanner, from: ClassItem, start: number, open: number): ClassItem {
  // A hyphen before the closing bracket is a member itself.
  if (!/^-(?!\])/.test(scanner.pattern.slice(scanner.position, scanner.position + 2))) return from;
  scanner.next();
  if (scanner.atEnd) scanner.fail("unterminated character set", open);
  const { item: to } = readMember(scanner);
  const written = scanner.pattern.slice(start, scanner.position);
  if (from.type === "category" || to.type === "category" || code(from.from) > code(to.to)) {
    return scanner.fail(`bad character range ${written}`, start);
  }
  return { type: "range", from: from.from, to: to.to };
}

function readMember(scanner: Scanner): { item: ClassItem; source: string } {
  const char = scanner.next();
  if (char !== "\\") return { item: single(char), source: char };
  const letter = scanner.ahead;
  if (isCategory(letter)) {
    scanner.next();
    return { item: { type: "category", category: letter }, source: escapedText(letter) };
  }
  // Inside brackets `\b` is a backspace, and no number is a group's.
  if (scanner.take("b")) return { item: single("\b"), source: "b" };
  const escaped = readEscapedChar(scanner);
  return { item: single(escaped.char), source: escaped.source };
}

function single(char: string): ClassItem {
  return { type: "range", from: char, to: char };
}

function code(char: string): number {
  return char.codePointAt(0) ?? 0;
}
