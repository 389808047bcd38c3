// Reads a regular expression in Python's syntax.

import { parseClass } from "./parse-class.ts";
import { isCategory, readEscapedChar } from "./escapes.ts";
import type { Flags, RegexNode, RegexTree } from "./nodes.ts";
import { Scanner } from "./scanner.ts";

const NO_FLAGS: Flags = { ignoreCase: false, multiLine: false, dotAll: false, verbose: false, ascii: false };
const FLAG_LETTERS: Readonly<Record<string, keyof Flags>> = {
  i: "ignoreCase",
  m: "multiLine",
  s: "dotAll",
  x: "verbose",
  a: "ascii",
};
// A parser that calls itself for each parenthesis must not run out of stack on a hostile pattern.
const DEEPEST_NESTING = 200;
const MOST_REPEATS = 0xff_ff_ff_ff;

/**
 * Parses a regular expression written in Python's syntax. Named groups may be written JavaScript's way, `(?<name>...)`, too.
 *
 * @throws {RegexError} for what Python refuses, and for conditional groups, which have no counterpart in JavaScript.
 */
export function parseRegex(pattern: string): RegexTree {
  return new Parser(pattern).parse();
}

class Parser {
  readonly #scanner: Scanner;
  readonly #names = new Map<string, number>();
  readonly #open = new Set<number>();
  #groups = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#scanner = new Scanner(pattern);
  }

  parse(): RegexTree {
    const { root, hadFlags } = this.#parseWhole();
    if (!this.#scanner.atEnd) this.#scanner.fail("unbalanced parenthesis");
    return {
      pattern: this.#scanner.pattern,
      root: hadFlags ? { type: "group", syntax: "flags", body: root } : root,
      groups: this.#groups,
      names: this.#names,
    };
  }

  #parseWhole(): { root: RegexNode; hadFlags: boolean } {
    let flags = NO_FLAGS;
    let hadFlags = false;
    for (;;) {
      const found = this.#scanner.match(/\(\?([aiLmsux]+)\)/y);
      if (found === undefined) return { root: this.#parseAlternation(flags), hadFlags };
      flags = this.#withFlags(flags, found[1] ?? "", true);
      hadFlags = true;
    }
  }

  #parseAlternation(flags: Flags): RegexNode {
    const options = [this.#parseSequence(flags)];
    while (this.#scanner.take("|")) options.push(this.#parseSequence(flags));
    const [only] = options;
    return only !== undefined && options.length === 1 ? only : { type: "alternation", options };
  }

  #parseSequence(flags: Flags): RegexNode {
    const items: RegexNode[] = [];
    for (;;) {
      if (flags.verbose) this.#scanner.match(/(?:\s|#[^\n]*)+/y);
      if (this.#scanner.atEnd || this.#scanner.ahead === "|" || this.#scanner.ahead === ")") break;
      const start = this.#scanner.position;
      const item = this.#parseAtom(flags);
      items.push(this.#parseQuantifier(item, start, flags));
    }
    const [only] = items;
    return only !== undefined && items.length === 1 ? only : { type: "sequence", items };
  }

  #parseAtom(flags: Flags): RegexNode {
    const char = this.#scanner.next();
    switch (char) {
      case ".":
        return { type: "any", flags };
      case "^":
      case "$":
        return { type: "anchor", anchor: char, flags };
      case "(":
        return this.#parseParenthesis(flags);
      case "[":
        return parseClass(this.#scanner, flags);
      case "\\":
        return this.#parseEscape(flags);
      case "*":
      case "+":
      case "?":
        return this.#scanner.fail("nothing to repeat", this.#scanner.position - 1);
      default:
        return { type: "literal", char, source: char, flags };
    }
  }

  #parseQuantifier(item: RegexNode, start: number, flags: Flags): RegexNode {
    if (flags.verbose) this.#scanner.match(/(?:\s|#[^\n]*)+/y);
    const at = this.#scanner.position;
    const bounds = this.#readBounds();
    if (bounds === undefined) return item;
    if (item.type === "anchor" || (item.type === "sequence" && start === at))
      this.#scanner.fail("nothing to repeat", at);
    if (bounds.min > bounds.max) this.#scanner.fail("min repeat greater than max repeat", at);
    const mode = this.#scanner.take("?") ? "lazy" : this.#scanner.take("+") ? "possessive" : "greedy";
    const again = this.#scanner.position;
    if (this.#readBounds() !== undefined) this.#scanner.fail("multiple repeat", again);
    return { type: "repeat", body: item, min: bounds.min, max: bounds.max, mode };
  }

  #readBounds(): { min: number; max: number } | undefined {
    if (this.#scanner.take("*")) return { min: 0, max: Infinity };
    if (this.#scanner.take("+")) return { min: 1, max: Infinity };
    if (this.#scanner.take("?")) return { min: 0, max: 1 };
    const at = this.#scanner.position;
    // Anything else in braces is text to Python, `{}` and `{a}` as well as a lone `{`.
    const found = this.#scanner.match(/\{(?:(\d+)|(\d*),(\d*))\}/y);
    if (found === undefined) return undefined;
    const min = Number(found[1] ?? (found[2] === "" ? 0 : found[2]));
    const max = found[1] === undefined ? (found[3] === "" ? Infinity : Number(found[3])) : min;
    if (min >= MOST_REPEATS || (max >= MOST_REPEATS && max !== Infinity)) {
      this.#scanner.fail("the repetition number is too large", at);
    }
    return { min, max };
  }

  #parseEscape(flags: Flags): RegexNode {
    const letter = this.#scanner.ahead;
    if (isCategory(letter)) {
      this.#scanner.next();
      return { type: "category", category: letter, flags };
    }
    if (letter === "A" || letter === "Z" || letter === "b" || letter === "B") {
      this.#scanner.next();
      return { type: "anchor", anchor: letter, flags };
    }
    const start = this.#scanner.position - 1;
    // Three octal digits are a character; one or two digits that begin with 1 to 9 are a group.
    const number = this.#scanner.match(/(?![0-3][0-7]{2})[1-9][0-9]?/y);
    if (number !== undefined) return this.#backreference(Number(number[0]), undefined, start, flags);
    return { type: "literal", ...readEscapedChar(this.#scanner), flags };
  }

  #backreference(index: number, name: string | undefined, start: number, flags: Flags): RegexNode {
    if (index > this.#groups) this.#scanner.fail(`invalid group reference ${index}`, start + 1);
    if (this.#open.has(index)) this.#scanner.fail("cannot refer to an open group", start);
    return { type: "backreference", index, name, flags };
  }

  #parseParenthesis(flags: Flags): RegexNode {
    const start = this.#scanner.position - 1;
    this.#depth += 1;
    if (this.#depth > DEEPEST_NESTING) this.#scanner.fail(`more than ${DEEPEST_NESTING} nested groups`, start);
    const node = this.#scanner.take("?")
      ? this.#parseExtension(flags, start)
      : this.#parseCapture(undefined, flags, start);
    this.#depth -= 1;
    return node;
  }

  #parseExtension(flags: Flags, start: number): RegexNode {
    const scanner = this.#scanner;
    if (scanner.take(":")) return { type: "group", syntax: ":", body: this.#parseBody(flags, start) };
    if (scanner.take("P=")) return this.#parseNamedReference(flags, start);
    if (scanner.take("P<")) return this.#parseCapture(this.#readName(">"), flags, start);
    for (const behind of [false, true]) {
      if (scanner.take(behind ? "<=" : "=")) return this.#look(behind, false, flags, start);
      if (scanner.take(behind ? "<!" : "!")) return this.#look(behind, true, flags, start);
    }
    if (scanner.take("<")) return this.#parseCapture(this.#readName(">"), flags, start);
    if (scanner.take(">")) return { type: "atomic", body: this.#parseBody(flags, start) };
    if (scanner.take("#")) {
      scanner.until(")", "comment");
      return { type: "group", syntax: "#", body: { type: "sequence", items: [] } };
    }
    if (scanner.take("(")) scanner.fail("conditional groups are not supported", start);
    return this.#parseScopedFlags(flags, start);
  }

  #parseScopedFlags(flags: Flags, start: number): RegexNode {
    const found = this.#scanner.match(/([aiLmsux]*)(?:-([imsx]+))?([:)])/y);
    if (found === undefined || (found[1] === "" && found[2] === undefined)) {
      return this.#scanner.fail(`unknown extension ?${this.#scanner.ahead}`, start + 1);
    }
    if (found[3] === ")") this.#scanner.fail("global flags not at the start of the expression", start);
    const [, on = "", off = ""] = found;
    const inside = this.#withFlags(this.#withFlags(flags, on, true), off, false);
    return { type: "group", syntax: on === "" ? "-" : on, body: this.#parseBody(inside, start) };
  }

  #withFlags(flags: Flags, letters: string, value: boolean): Flags {
    const changed = { ...flags };
    for (const letter of letters) {
      if (letter === "L") this.#scanner.fail("bad inline flags: cannot use 'L' flag with a str pattern");
      const flag = FLAG_LETTERS[letter];
      if (flag !== undefined) changed[flag] = value;
    }
    return changed;
  }

  #look(behind: boolean, negative: boolean, flags: Flags, start: number): RegexNode {
    return { type: "look", behind, negative, body: this.#parseBody(flags, start) };
  }

  #parseNamedReference(flags: Flags, start: number): RegexNode {
    const name = this.#readName(")");
    const index = this.#names.get(name);
    if (index === undefined) return this.#scanner.fail(`unknown group name '${name}'`, start);
    return this.#backreference(index, name, start, flags);
  }

  #readName(end: string): string {
    const start = this.#scanner.position;
    const name = this.#scanner.until(end, "name");
    if (!/^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(name)) {
      this.#scanner.fail(name === "" ? "missing group name" : `bad character in group name '${name}'`, start);
    }
    return name;
  }

  #parseCapture(name: string | undefined, flags: Flags, start: number): RegexNode {
    this.#groups += 1;
    const index = this.#groups;
    if (name !== undefined) {
      const earlier = this.#names.get(name);
      if (earlier !== undefined) {
        this.#scanner.fail(`redefinition of group name '${name}' as group ${index}; was group ${earlier}`, start);
      }
      this.#names.set(name, index);
    }
    this.#open.add(index);
    const body = this.#parseBody(flags, start);
    this.#open.delete(index);
    return { type: "capture", index, name, body };
  }

  #parseBody(flags: Flags, start: number): RegexNode {
    const body = this.#parseAlternation(flags);
    if (!this.#scanner.take(")")) this.#scanner.fail("missing ), unterminated subpattern", start);
    return body;
  }
}
