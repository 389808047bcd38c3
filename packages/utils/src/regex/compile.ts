// Turns a parsed expression into one of JavaScript's.

import { categoryMembers, classSource, literalSource } from "./charsets.ts";
import type { Flags, RegexNode, RegexTree } from "./nodes.ts";
import { parseRegex } from "./parse.ts";

/** A JavaScript expression that matches what Python's would, and where its groups are. */
export interface CompiledRegex {
  /** Without state: neither global nor sticky. */
  readonly regexp: RegExp;
  /** For each capturing group of the pattern, in order, its number in `regexp`. */
  readonly groups: readonly number[];
  /** The number in `regexp` of each named group. */
  readonly names: ReadonlyMap<string, number>;
}

export interface CompileOptions {
  /**
   * `^` and `$` always mean the two ends of the text, whatever the flags. Python lets `$` match before a line feed at the
   * end too, which has let paths with `%0A` through checks.
   */
  readonly strictAnchors?: boolean;
  /** The text has to match from its start. */
  readonly anchored?: boolean;
  /** The text has to match up to its end. */
  readonly full?: boolean;
}

/**
 * Compiles a regular expression in Python's syntax. Django: `re.compile`.
 *
 * What differs from Python: a group inside a repeated one is empty when the last round did not enter it, and a
 * reference to a group that did not match matches nothing instead of failing.
 *
 * @throws {RegexError}
 */
export function compileRegex(pattern: string, options: CompileOptions = {}): CompiledRegex {
  return compileTree(parseRegex(pattern), options);
}

/** Compiles what was parsed before. */
export function compileTree(tree: RegexTree, options: CompileOptions = {}): CompiledRegex {
  const writer = new Writer(options.strictAnchors ?? false);
  let source = writer.write(tree.root);
  if (options.anchored === true || options.full === true) source = `^(?:${source})`;
  if (options.full === true) source += "$";
  const { groups } = writer;
  const names = new Map([...tree.names].map(([name, index]) => [name, groups[index - 1] ?? index]));
  return { regexp: new RegExp(source, "u"), groups, names };
}

class Writer {
  /** For each group of the pattern its number in what was written: atomic parts need groups of their own. */
  readonly groups: number[] = [];
  readonly #strictAnchors: boolean;
  #count = 0;

  constructor(strictAnchors: boolean) {
    this.#strictAnchors = strictAnchors;
  }

  // oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive, as the compiler checks
  write(node: RegexNode): string {
    switch (node.type) {
      case "literal":
        return literalSource(node.char, node.flags);
      case "any":
        return node.flags.dotAll ? "[^]" : "[^\\n]";
      case "category": {
        const { members, negated } = categoryMembers(node.category, node.flags);
        return `[${negated ? "^" : ""}${members}]`;
      }
      case "class":
        return classSource(node.items, node.negated, node.flags);
      case "anchor":
        return this.#anchor(node.anchor, node.flags);
      case "sequence":
        return node.items
          .map((item) => (item.type === "alternation" ? `(?:${this.write(item)})` : this.write(item)))
          .join("");
      case "alternation":
        return node.options.map((option) => this.write(option)).join("|");
      case "capture":
        this.#count += 1;
        this.groups[node.index - 1] = this.#count;
        return `(${this.write(node.body)})`;
      case "group":
        return `(?:${this.write(node.body)})`;
      case "look":
        return `(?${node.behind ? "<" : ""}${node.negative ? "!" : "="}${this.write(node.body)})`;
      case "atomic":
        return this.#atomic(() => this.write(node.body));
      case "repeat":
        return this.#repeat(node);
      case "backreference":
        // The brackets keep a digit that follows from being read as part of the number.
        return `(?:\\${this.groups[node.index - 1] ?? node.index})`;
    }
  }

  // oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive, as the compiler checks
  #anchor(anchor: "^" | "$" | "A" | "Z" | "b" | "B", flags: Flags): string {
    const everyLine = flags.multiLine && !this.#strictAnchors;
    switch (anchor) {
      case "^":
        return everyLine ? "(?<![^\\n])" : "^";
      case "$":
        if (everyLine) return "(?![^\\n])";
        return this.#strictAnchors ? "$" : "(?=\\n?$)";
      case "A":
        return "^";
      case "Z":
        return "$";
      case "b":
      case "B":
        return boundary(anchor === "B", flags);
    }
  }

  #repeat(node: RegexNode & { type: "repeat" }): string {
    if (node.mode === "possessive") return this.#atomic(() => this.#quantified(node, ""));
    return this.#quantified(node, node.mode === "lazy" ? "?" : "");
  }

  #quantified(node: RegexNode & { type: "repeat" }, suffix: string): string {
    const body = this.write(node.body);
    const closed = node.body.type === "capture" || node.body.type === "group" || isSingle(node.body);
    return `${closed ? body : `(?:${body})`}${quantifier(node.min, node.max)}${suffix}`;
  }

  // A lookahead is not entered again, so what it captured cannot be given back.
  #atomic(write: () => string): string {
    this.#count += 1;
    const index = this.#count;
    return `(?=(${write()}))(?:\\${index})`;
  }
}

function isSingle(node: RegexNode): boolean {
  return node.type === "literal" || node.type === "any" || node.type === "category" || node.type === "class";
}

function quantifier(min: number, max: number): string {
  if (min === 0 && max === Infinity) return "*";
  if (min === 1 && max === Infinity) return "+";
  if (min === 0 && max === 1) return "?";
  if (min === max) return `{${min}}`;
  return `{${min},${max === Infinity ? "" : max}}`;
}

// JavaScript's `\b` knows ASCII letters only.
function boundary(negated: boolean, flags: Flags): string {
  const word = `[${categoryMembers("w", flags).members}]`;
  return negated
    ? `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`
    : `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
}
