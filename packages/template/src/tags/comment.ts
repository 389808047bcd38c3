import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% comment %}...{% endcomment %}`: puts nothing out, whatever stands between. */
export function comment(parser: Parser, _token: Token): Node {
  parser.skipPast("endcomment");
  return new CommentNode();
}

// Not text: nothing but text may stand before `{% extends %}`, and a comment may not.
class CommentNode extends Node {
  override compile(): void {}
}
