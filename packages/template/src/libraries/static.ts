// `{% load static %}`: the addresses of static and media files.

import { settings } from "@tsgo/core/conf";
import { filepathToUri, iriToUri } from "@tsgo/utils/encoding";
import { textForm } from "@tsgo/utils/text-form";
import { joinUrl } from "@tsgo/utils/urls";

import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Library } from "../library/library.ts";
import { Node } from "../nodes/node.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

let storageUrl: ((path: string) => string) | undefined;

/** Lets a storage say where static files are, in place of STATIC_URL; undefined takes that back. */
export function useStaticStorage(url: ((path: string) => string) | undefined): void {
  storageUrl = url;
}

/** The address of a static file. Django: `static`. */
export function staticUrl(path: string): string {
  return storageUrl === undefined
    ? joinUrl(prefix("STATIC_URL"), filepathToUri(path).replace(/^\/+/, ""))
    : storageUrl(path);
}

function prefix(setting: "STATIC_URL" | "MEDIA_URL"): string {
  return textForm(iriToUri(textForm(settings[setting])));
}

function compileStatic(parser: Parser, token: Token): Node {
  const [, path, ...rest] = token.splitContents();
  if (path === undefined)
    throw new TemplateSyntaxError("The tag 'static' takes at least one argument, the path of a file.");
  const target = rest[0] === "as" ? rest[1] : undefined;
  return new StaticNode(parser.compileFilter(path), target);
}

class StaticNode extends Node {
  readonly #path: FilterExpression;
  readonly #target: string | undefined;

  constructor(path: FilterExpression, target: string | undefined) {
    super();
    this.#path = path;
    this.#target = target;
  }

  override get assigns(): readonly string[] {
    return this.#target === undefined ? [] : [this.#target];
  }

  override compile(generator: Generator): void {
    const find = generator.constant((path: unknown) => staticUrl(textForm(path)));
    const url = generator.temp();
    generator.statement(`${url}=${find}(${generator.value(this.#path)});`);
    const escaped = generator.escaped(url);
    if (this.#target === undefined) generator.write(escaped);
    else generator.assign(this.#target, `SAFE(${escaped})`);
  }
}

function compilePrefix(setting: "STATIC_URL" | "MEDIA_URL") {
  return (_parser: Parser, token: Token): Node => {
    const [tag, as, name] = token.contents.split(/\s+/);
    if (as !== undefined && as !== "as")
      throw new TemplateSyntaxError(`The first argument of '${tag ?? ""}' must be 'as'.`);
    if (as !== undefined && name === undefined)
      throw new TemplateSyntaxError(`'${tag ?? ""}' needs a name behind 'as'.`);
    return new PrefixNode(setting, name);
  };
}

class PrefixNode extends Node {
  readonly #setting: "STATIC_URL" | "MEDIA_URL";
  readonly #target: string | undefined;

  constructor(setting: "STATIC_URL" | "MEDIA_URL", target: string | undefined) {
    super();
    this.#setting = setting;
    this.#target = target;
  }

  override get assigns(): readonly string[] {
    return this.#target === undefined ? [] : [this.#target];
  }

  override compile(generator: Generator): void {
    const js = `${generator.constant(() => prefix(this.#setting))}()`;
    if (this.#target === undefined) generator.write(js);
    else generator.assign(this.#target, js);
  }
}

/** Makes the library `static`. */
export function staticLibrary(): Library {
  const register = new Library();
  register.tag("static", compileStatic);
  register.tag("get_static_prefix", compilePrefix("STATIC_URL"));
  register.tag("get_media_prefix", compilePrefix("MEDIA_URL"));
  return register;
}
