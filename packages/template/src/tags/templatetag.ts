import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import type { Generator } from "../compiler/generator.ts";
import { Node } from "../nodes/node.ts";
import type { Parser } from "../parser/parser.ts";

const MARKS: ReadonlyMap<string, string> = new Map([
  ["openblock", "{%"],
  ["closeblock", "%}"],
  ["openvariable", "{{"],
  ["closevariable", "}}"],
  ["openbrace", "{"],
  ["closebrace", "}"],
  ["opencomment", "{#"],
  ["closecomment", "#}"],
]);

/** `{% templatetag openblock %}`: one of the marks that tags are made of. */
export function templatetag(_parser: Parser, token: Token): Node {
  const [, name, ...more] = token.contents.split(/\s+/);
  if (name === undefined || more.length > 0) {
    throw new TemplateSyntaxError("The tag 'templatetag' takes one argument.");
  }
  const mark = MARKS.get(name);
  if (mark === undefined) {
    throw new TemplateSyntaxError(
      `'${name}' is no argument of 'templatetag'. Must be one of: ${[...MARKS.keys()].join(", ")}.`,
    );
  }
  return new TemplateTagNode(mark);
}

class TemplateTagNode extends Node {
  readonly #mark: string;

  constructor(mark: string) {
    super();
    this.#mark = mark;
  }

  override compile(generator: Generator): void {
    generator.text(this.#mark);
  }
}
