import { QueryDict } from "@tsgo/http/querydict";
import { textForm } from "@tsgo/utils/text-form";

import type { Context } from "../context/context.ts";
import { TemplateSyntaxError } from "../errors.ts";
import { mappingKeys, toItems } from "../runtime/iterate.ts";
import { lookup } from "../runtime/lookup.ts";

/**
 * `{% querystring page=2 sort=None %}`: the query of the request, or of the QueryDict given first, with some parameters
 * changed. Null takes one out, a list gives it several values.
 */
export function querystring(
  context: Context,
  given: unknown = null,
  more: readonly unknown[] = [],
  changes: Readonly<Record<string, unknown>> = {},
): string {
  const query = new QueryDict("", { mutable: true });
  for (const mapping of [given ?? requestQuery(context), ...more, changes]) apply(query, mapping);
  return query.size === 0 ? "" : `?${query.urlencode()}`;
}

function requestQuery(context: Context): unknown {
  const query = lookup(context.lookup("request") ?? context.request, "GET");
  if (query !== undefined) return query;
  throw new TemplateSyntaxError(
    "'querystring' needs the variable 'request' (the context processor of that name gives it), or a QueryDict as its first argument.",
  );
}

function apply(query: QueryDict, mapping: unknown): void {
  const keys = mappingKeys(mapping);
  if (keys === undefined) {
    throw new TemplateSyntaxError(`'querystring' takes mappings such as a QueryDict, not '${textForm(mapping)}'.`);
  }
  for (const key of keys) set(query, textForm(key), valueOf(mapping, key));
}

function valueOf(mapping: unknown, key: unknown): unknown {
  if (mapping instanceof QueryDict) return mapping.getList(textForm(key));
  if (mapping instanceof Map) return mapping.get(key);
  return (mapping as Record<string, unknown>)[textForm(key)];
}

function set(query: QueryDict, key: string, value: unknown): void {
  if (value === null || value === undefined) query.delete(key);
  else if (typeof value === "object" && Symbol.iterator in value) query.setList(key, toItems(value).map(textForm));
  else query.setList(key, [textForm(value)]);
}
