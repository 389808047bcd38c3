// Turns tokens into a tree of nodes, with the help of the functions registered for each tag.

import { didYouMean } from "@tsgo/utils/nearest-name";

import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import type { Filter } from "../library/filter.ts";
import type { Library, TagCompiler } from "../library/library.ts";
import type { Node } from "../nodes/node.ts";
import { NodeList } from "../nodes/node-list.ts";
import { TextNode } from "../nodes/text-node.ts";
import { VariableNode } from "../nodes/variable-node.ts";
import type { Origin } from "../origin.ts";
import { FilterExpression } from "./filter-expression.ts";
import { locateError } from "../debug.ts";

// No page is nested so deep, and each level takes its part of the stack.
const DEEPEST = 200;

/** What a parser works with. */
export interface ParserOptions {
  /** The libraries that `{% load %}` can name. */
  readonly libraries: ReadonlyMap<string, Library>;
  /** The libraries that need no loading. */
  readonly builtins: readonly Library[];
  readonly origin: Origin;
  /** What the tokens were cut from, to show it around an error. */
  readonly source: string;
}

/**
 * Reads the tokens of one template. The function of a tag gets it, and asks it for what stands up to the closing tag.
 * Django: `Parser`.
 */
export class Parser {
  readonly origin: Origin;
  readonly libraries: ReadonlyMap<string, Library>;
  /** For tags that must know of others in the same template, each under a key of its own. */
  readonly extraData = new Map<string, unknown>();
  // What is loaded last wins. Looking through a few libraries costs less than a table of all names for each template.
  readonly #loaded: Library[] = [];
  // The next token is the last one of the list.
  readonly #tokens: Token[];
  readonly #source: string;
  readonly #open: { readonly command: string; readonly token: Token }[] = [];

  constructor(tokens: readonly Token[], options: ParserOptions) {
    this.#tokens = tokens.toReversed();
    this.origin = options.origin;
    this.#source = options.source;
    this.libraries = options.libraries;
    this.#loaded.push(...options.builtins);
  }

  /**
   * Reads nodes up to one of the tags named, which is left as the next token, or to the end of the template.
   * Django: `parse`.
   *
   * @throws TemplateSyntaxError with the place of the token that is wrong.
   */
  parse(parseUntil: readonly string[] = []): NodeList {
    const nodes = new NodeList();
    for (let token = this.#tokens.pop(); token !== undefined; token = this.#tokens.pop()) {
      if (token.type === "block" && parseUntil.includes(firstWord(token.contents))) {
        this.prependToken(token);
        return nodes;
      }
      if (token.type !== "comment") this.#append(nodes, this.#parseToken(token, parseUntil), token);
    }
    if (parseUntil.length > 0) this.#unclosedBlockTag(parseUntil);
    return nodes;
  }

  /** Drops everything up to a closing tag, whatever it is. Django: `skip_past`. */
  skipPast(endTag: string): void {
    for (let token = this.#tokens.pop(); token !== undefined; token = this.#tokens.pop()) {
      if (token.type === "block" && token.contents === endTag) return;
    }
    this.#unclosedBlockTag([endTag]);
  }

  /**
   * Takes the next token off.
   *
   * @throws TemplateSyntaxError at the end of the template.
   */
  nextToken(): Token {
    const token = this.#tokens.pop();
    if (token === undefined) throw new TemplateSyntaxError("The template ends in the middle of a tag.");
    return token;
  }

  /** Puts a token back. */
  prependToken(token: Token): void {
    this.#tokens.push(token);
  }

  /** Takes the next token, the closing tag of a block, off without looking at it. */
  deleteFirstToken(): void {
    this.#tokens.pop();
  }

  /** Reads an expression: `article.title|upper`. Django: `compile_filter`. */
  compileFilter(text: string): FilterExpression {
    return new FilterExpression(text, (name) => this.findFilter(name));
  }

  /** The filter of a name. */
  findFilter(name: string): Filter {
    const filter = this.#find((library) => library.filters.get(name));
    if (filter !== undefined) return filter;
    const known = this.#loaded.flatMap((library) => [...library.filters.keys()]);
    throw new TemplateSyntaxError(`Invalid filter: '${name}'.${didYouMean(name, known)}`);
  }

  /** Makes the tags and filters of a library known for the rest of the template. */
  addLibrary(library: Library): void {
    this.#loaded.push(library);
  }

  #find<T>(read: (library: Library) => T | undefined): T | undefined {
    for (let index = this.#loaded.length - 1; index >= 0; index -= 1) {
      const library = this.#loaded[index];
      const found = library === undefined ? undefined : read(library);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #parseToken(token: Token, parseUntil: readonly string[]): Node {
    if (token.type === "text") return new TextNode(token.contents);
    if (token.contents === "") {
      const kind = token.type === "variable" ? "variable" : "block";
      throw this.#error(token, new TemplateSyntaxError(`Empty ${kind} tag on line ${token.line}`));
    }
    try {
      return token.type === "variable"
        ? new VariableNode(this.compileFilter(token.contents))
        : this.#parseTag(token, parseUntil);
    } catch (error) {
      throw this.#error(token, error);
    }
  }

  #parseTag(token: Token, parseUntil: readonly string[]): Node {
    const command = firstWord(token.contents);
    const compile: TagCompiler | undefined = this.#find((library) => library.tags.get(command));
    if (compile === undefined) throw this.#invalidBlockTag(token, command, parseUntil);
    this.#open.push({ command, token });
    if (this.#open.length > DEEPEST) {
      throw new TemplateSyntaxError(`Tags are nested more than ${DEEPEST} deep on line ${token.line}.`);
    }
    const node = compile(this, token);
    this.#open.pop();
    return node;
  }

  #append(nodes: NodeList, node: Node, token: Token): void {
    if (node.mustBeFirst && nodes.containsNontext) {
      throw this.#error(
        token,
        new TemplateSyntaxError(
          `{% ${token.contents} %} must be the first tag in '${this.origin.templateName ?? this.origin.name}'.`,
        ),
      );
    }
    node.token = token;
    node.origin = this.origin;
    nodes.push(node);
  }

  #invalidBlockTag(token: Token, command: string, parseUntil: readonly string[]): TemplateSyntaxError {
    const known = this.#loaded.flatMap((library) => [...library.tags.keys()]);
    const expected = parseUntil.length === 0 ? "" : `, expected ${alternatives(parseUntil)}`;
    return new TemplateSyntaxError(
      `Invalid block tag on line ${token.line}: '${command}'${expected}. ` +
        `Did you forget to register or load this tag?${didYouMean(command, known)}`,
    );
  }

  #unclosedBlockTag(parseUntil: readonly string[]): never {
    const opened = this.#open.at(-1);
    const message = `Looking for one of: ${parseUntil.join(", ")}.`;
    if (opened === undefined) throw new TemplateSyntaxError(`The template ends early. ${message}`);
    throw this.#error(
      opened.token,
      new TemplateSyntaxError(`Unclosed tag on line ${opened.token.line}: '${opened.command}'. ${message}`),
    );
  }

  #error(token: Token, error: unknown): unknown {
    return locateError(error, { origin: this.origin, source: this.#source, start: token.start, end: token.end });
  }
}

function firstWord(contents: string): string {
  const end = contents.search(/\s/);
  return end === -1 ? contents : contents.slice(0, end);
}

function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `'${word}'`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}
