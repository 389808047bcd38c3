import { didYouMean } from "@tsgo/utils/nearest-name";

import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Library } from "../library/library.ts";
import { Node } from "../nodes/node.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% load library other %}` or `{% load tag filter from library %}`. */
export function load(parser: Parser, token: Token): Node {
  const words = token.contents.split(/\s+/).slice(1);
  if (words.length >= 3 && words.at(-2) === "from") {
    const name = words.at(-1) ?? "";
    parser.addLibrary(part(findLibrary(parser, name), name, words.slice(0, -2)));
  } else {
    for (const name of words) parser.addLibrary(findLibrary(parser, name));
  }
  return new LoadNode();
}

function findLibrary(parser: Parser, name: string): Library {
  const library = parser.libraries.get(name);
  if (library !== undefined) return library;
  const known = [...parser.libraries.keys()].toSorted();
  throw new TemplateSyntaxError(
    `'${name}' is not a registered tag library.${didYouMean(name, known)} Must be one of:\n${known.join("\n")}`,
  );
}

function part(library: Library, libraryName: string, names: readonly string[]): Library {
  const chosen = new Library();
  for (const name of names) {
    const tag = library.tags.get(name);
    const filter = library.filters.get(name);
    if (tag !== undefined) chosen.tags.set(name, tag);
    if (filter !== undefined) chosen.filters.set(name, filter);
    if (tag === undefined && filter === undefined) {
      throw new TemplateSyntaxError(`'${name}' is not a valid tag or filter in tag library '${libraryName}'.`);
    }
  }
  return chosen;
}

class LoadNode extends Node {
  override compile(): void {}
}
