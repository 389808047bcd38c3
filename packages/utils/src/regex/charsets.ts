// Python's character sets as members of a JavaScript class under the `u` flag.

import type { Category, ClassItem, Flags } from "./nodes.ts";

// What Python's str.isspace says; JavaScript's `\s` differs by U+FEFF, U+0085 and the separators U+001C to U+001F.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const UNICODE: Readonly<Record<"d" | "w" | "s", string>> = { d: "\\p{Nd}", w: "\\p{L}\\p{N}_", s: SPACE };
const ASCII: Readonly<Record<"d" | "w" | "s", string>> = { d: "0-9", w: "a-zA-Z0-9_", s: "\\t-\\r\\x20" };
// A range longer than this has its case variants left out where `i` holds for a part of the expression only.
const LONGEST_FOLDED_RANGE = 1024;

/** The members of a category, without brackets, and whether they are to be taken as what is left out. */
export function categoryMembers(category: Category, flags: Flags): { members: string; negated: boolean } {
  const lower = category.toLowerCase() as "d" | "w" | "s";
  return { members: (flags.ascii ? ASCII : UNICODE)[lower], negated: category !== lower };
}

/** `[...]` for a whole class. */
export function classSource(items: readonly ClassItem[], negated: boolean, flags: Flags): string {
  const members: string[] = [];
  // `[^...]` cannot be nested in a class without the `v` flag, so complements stand beside it.
  const complements: string[] = [];
  for (const item of items) {
    if (item.type === "range") members.push(...rangeMembers(item.from, item.to, flags));
    else {
      const { members: text, negated: isComplement } = categoryMembers(item.category, flags);
      if (isComplement) complements.push(text);
      else members.push(text);
    }
  }
  if (complements.length === 0) return `[${negated ? "^" : ""}${members.join("")}]`;
  const options = complements.map((text) => `[^${text}]`);
  if (members.length > 0) options.push(`[${members.join("")}]`);
  return negated ? `(?:(?!${options.join("|")})[^])` : `(?:${options.join("|")})`;
}

/** One character, with its case variants where case does not count. */
export function literalSource(char: string, flags: Flags): string {
  const variants = flags.ignoreCase ? caseVariants(char, flags) : [char];
  return variants.length === 1 ? escapeChar(char) : `[${variants.map(escapeChar).join("")}]`;
}

function rangeMembers(from: string, to: string, flags: Flags): string[] {
  const start = codeOf(from);
  const end = codeOf(to);
  const written = start === end ? escapeChar(from) : `${escapeChar(from)}-${escapeChar(to)}`;
  if (!flags.ignoreCase) return [written];
  const variants = new Set<string>();
  for (let code = start; code <= Math.min(end, start + LONGEST_FOLDED_RANGE); code += 1) {
    for (const variant of caseVariants(String.fromCodePoint(code), flags)) variants.add(variant);
  }
  return [written, ...[...variants].filter((char) => codeOf(char) < start || codeOf(char) > end).map(escapeChar)];
}

function caseVariants(char: string, flags: Flags): string[] {
  if (flags.ascii && codeOf(char) > 0x7f) return [char];
  // A variant that is longer than one character ("ß" to "SS") is none.
  const others = [char.toLowerCase(), char.toUpperCase()].filter((other) => other.length === char.length);
  return [...new Set([char, ...others])];
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}

/** A character as JavaScript's `u` mode takes it literally, inside and outside of brackets. */
export function escapeChar(char: string): string {
  if (/[\^$\\.*+?()[\]{}|/]/.test(char)) return `\\${char}`;
  if (char === "-") return "\\x2d";
  const code = codeOf(char);
  // Line ends, and halves of a pair that could join with a neighbour.
  if (code < 0x20 || code === 0x20_28 || code === 0x20_29 || (code >= 0xd8_00 && code <= 0xdf_ff)) {
    return `\\u${code.toString(16).padStart(4, "0")}`;
  }
  return char;
}
