// `{% load cache %}`: parts of a page that are kept for a while.

import { createHash } from "node:crypto";

import { caches } from "@tsgo/cache";
import { settings } from "@tsgo/core/conf";
import { textForm } from "@tsgo/utils/text-form";

import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Library } from "../library/library.ts";
import { Node } from "../nodes/node.ts";
import type { NodeList } from "../nodes/node-list.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { toInteger } from "../runtime/number.ts";
import type { Rendered } from "../runtime/settle.ts";

/**
 * The key under which a part is kept, to delete it before its time. Django: `make_template_fragment_key`.
 *
 * @example
 * await caches.get("default").delete(makeTemplateFragmentKey("sidebar", [user.name]));
 */
export function makeTemplateFragmentKey(name: string, varyOn: readonly unknown[] = []): string {
  const hash = createHash("md5");
  for (const value of varyOn) hash.update(`${textForm(value)}:`);
  return `template.cache.${name}.${hash.digest("hex")}`;
}

interface CacheParts {
  readonly nodelist: NodeList;
  readonly timeout: FilterExpression;
  readonly name: string;
  readonly varyOn: readonly FilterExpression[];
  readonly alias: FilterExpression | undefined;
}

function compileCache(parser: Parser, token: Token): Node {
  const nodelist = parser.parse(["endcache"]);
  parser.deleteFirstToken();
  const [, timeout, name, ...rest] = token.splitContents();
  if (timeout === undefined || name === undefined) {
    throw new TemplateSyntaxError(
      "The tag 'cache' takes at least two arguments: how many seconds to keep the part, and its name.",
    );
  }
  const using = /^using=(.+)$/.exec(rest.at(-1) ?? "")?.[1];
  const varyOn = (using === undefined ? rest : rest.slice(0, -1)).map((word) => parser.compileFilter(word));
  return new CacheNode({
    nodelist,
    timeout: parser.compileFilter(timeout),
    name,
    varyOn,
    alias: using === undefined ? undefined : parser.compileFilter(using),
  });
}

class CacheNode extends Node {
  readonly #parts: CacheParts;

  constructor(parts: CacheParts) {
    super();
    this.#parts = parts;
  }

  override get childNodelists(): readonly NodeList[] {
    return [this.#parts.nodelist];
  }

  override compile(generator: Generator): void {
    const { nodelist, timeout, name, varyOn, alias } = this.#parts;
    const values = generator.temp();
    const list = [timeout, ...(alias === undefined ? [] : [alias]), ...varyOn].map((one) => generator.value(one));
    generator.statement(`${values}=[${list.join(",")}];`);
    const rendering = generator.inner(() => {
      generator.nodes(nodelist);
    });
    const keep = generator.constant((given: readonly unknown[], render: () => Rendered) => {
      const [seconds, ...others] = given;
      const cacheName = alias === undefined ? usualCache() : textForm(others.shift());
      return fromCache(cacheName, makeTemplateFragmentKey(name, others), toTimeout(seconds), render);
    });
    generator.writeRendered(`${keep}(${values},()=>${rendering})`);
  }
}

function usualCache(): string {
  return "template_fragments" in settings.CACHES ? "template_fragments" : "default";
}

function toTimeout(seconds: unknown): number | null {
  if (seconds === null) return null;
  const timeout = toInteger(seconds);
  if (timeout === undefined)
    throw new TemplateSyntaxError(`The seconds of 'cache' must be a whole number, not '${textForm(seconds)}'.`);
  return timeout;
}

async function fromCache(alias: string, key: string, timeout: number | null, render: () => Rendered): Promise<string> {
  const cache = caches.get(alias);
  const kept: unknown = await cache.get(key);
  if (typeof kept === "string") return kept;
  const text = await render();
  await cache.set(key, text, { timeout });
  return text;
}

/** Makes the library `cache`. */
export function cacheLibrary(): Library {
  const register = new Library();
  register.tag("cache", compileCache);
  return register;
}
