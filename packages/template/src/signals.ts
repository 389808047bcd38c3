import { Signal } from "@tsgo/core/signals";

import type { Context } from "./context/context.ts";

/** What is told of a rendering. */
export interface TemplateRendered {
  readonly sender: unknown;
  readonly template: { readonly name: string | undefined };
  readonly context: Context;
}

/**
 * Sent before a template is rendered, be it by itself, included or extended. The test client listens, to tell which
 * templates made a page. Django: `template_rendered`.
 */
export const templateRendered = new Signal<TemplateRendered>();
