import { AsyncLocalStorage } from "node:async_hooks";

import { gotRequestException } from "@tsgo/core/server-signals";
import { templateRendered } from "@tsgo/template/signals";

/** A template that was rendered, and the variables it was rendered with. */
export interface RenderedTemplate {
  readonly name: string | undefined;
  readonly context: Readonly<Record<string, unknown>>;
}

/** What happened on the way of a request that its response does not show. */
export interface Captured {
  readonly templates: RenderedTemplate[];
  /** Errors that became a 500. */
  readonly errors: unknown[];
}

// Requests of a test may overlap; each is told of its own only.
const storage = new AsyncLocalStorage<Captured>();
let isListening = false;

/** Calls `fn` and notes in `captured` which templates are rendered and what fails in it. */
export function capture<T>(captured: Captured, fn: () => T): T {
  listen();
  return storage.run(captured, fn);
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  templateRendered.connect(({ template, context }) => {
    storage.getStore()?.templates.push({ name: template.name, context: context.flatten() });
  });
  gotRequestException.connect(({ error }) => {
    storage.getStore()?.errors.push(error);
  });
}
