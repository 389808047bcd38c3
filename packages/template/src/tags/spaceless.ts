import { stripSpacesBetweenTags } from "@tsgo/utils/html";

import type { Generator } from "../compiler/generator.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% spaceless %}...{% endspaceless %}`: drops white space between HTML tags. */
export function spaceless(parser: Parser, _token: Token): Node {
  const nodelist = parser.parse(["endspaceless"]);
  parser.deleteFirstToken();
  return new SpacelessNode(nodelist);
}

class SpacelessNode extends Node {
  readonly nodelist: NodeList;

  constructor(nodelist: NodeList) {
    super();
    this.nodelist = nodelist;
  }

  override compile(generator: Generator): void {
    const text = generator.capture(() => {
      generator.nodes(this.nodelist);
    });
    generator.write(`${generator.constant(strip)}(${text})`);
  }
}

function strip(text: string): string {
  return stripSpacesBetweenTags(text.trim());
}
