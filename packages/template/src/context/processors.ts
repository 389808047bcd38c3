// Functions that give every template of a request some variables.

import { importString } from "@tsgo/core/loading";
import type { HttpRequest } from "@tsgo/http/request";
import { ImproperlyConfigured } from "@tsgo/core/exceptions";

import * as builtin from "../context-processors.ts";
import type { ContextValues } from "./context.ts";

/** Gives the variables that a request brings. It may be asynchronous. */
export type ContextProcessor = (request: HttpRequest) => ContextValues | PromiseLike<ContextValues>;

const BUILTIN_MODULE = "tsgo/template/context-processors";
const BUILTIN: ReadonlyMap<string, unknown> = new Map(
  Object.entries(builtin).map(([name, processor]) => [`${BUILTIN_MODULE}:${name}`, processor]),
);

/**
 * The context processors that an engine's options name.
 *
 * @throws ImproperlyConfigured where one does not exist or is no function.
 */
export async function loadProcessors(references: unknown, place: string): Promise<ContextProcessor[]> {
  if (references === undefined) return [];
  if (!Array.isArray(references)) throw new ImproperlyConfigured(`${place} must be a list of references.`);
  return Promise.all(references.map((reference: unknown, index) => loadProcessor(reference, `${place}[${index}]`)));
}

async function loadProcessor(reference: unknown, from: string): Promise<ContextProcessor> {
  if (typeof reference !== "string")
    throw new ImproperlyConfigured(`${from} must be a reference such as 'polls/context:menu'.`);
  const processor = BUILTIN.get(reference) ?? (await importString(reference, { from }));
  if (typeof processor === "function") return processor as ContextProcessor;
  throw new ImproperlyConfigured(`${from} is '${reference}', which is no function.`);
}
