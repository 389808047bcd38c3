import type { Token } from "../lexer/token.ts";
import type { Node } from "../nodes/node.ts";
import { TextNode } from "../nodes/text-node.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% verbatim %}...{% endverbatim %}`: text in which braces mean nothing. The lexer has seen to that. */
export function verbatim(parser: Parser, _token: Token): Node {
  const parts = [...parser.parse(["endverbatim"])].map((node) => (node instanceof TextNode ? node.text : ""));
  parser.deleteFirstToken();
  return new TextNode(parts.join(""));
}
