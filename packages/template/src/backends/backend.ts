// What an engine of TEMPLATES can do, whichever language its templates are written in.

import type { HttpRequest } from "@tsgo/http/request";

import type { ContextValues } from "../context/context.ts";
import type { Origin } from "../origin.ts";
import type { Rendered } from "../runtime/settle.ts";

/** A template of any engine. */
export interface BackendTemplate {
  readonly name: string | undefined;
  readonly origin: Origin;
  /**
   * Renders with variables, and with what the context processors give for the request.
   *
   * @returns The text, or a promise of it where something had to be awaited.
   */
  render(context?: ContextValues, request?: HttpRequest): Rendered;
}

/** One entry of TEMPLATES at work. A backend of your own has this shape. Django: `BaseEngine`. */
export interface TemplateBackend {
  /** The name that `using` chooses it by. */
  readonly name: string;
  /** @throws TemplateDoesNotExist with every place that was tried. */
  getTemplate(name: string): BackendTemplate;
  fromString(source: string): BackendTemplate;
  /** The folders in which templates are looked for, those of the applications included. */
  templateDirectories(): readonly string[];
  /** Forgets templates that were kept. */
  reset(): void;
}

/** One entry of TEMPLATES, read and checked. */
export interface BackendConfig {
  /** `django`, `nunjucks`, or a reference to a class: `"mysite/templates:MyBackend"`. */
  readonly BACKEND: string;
  readonly NAME: string;
  readonly DIRS: readonly string[];
  readonly APP_DIRS: boolean;
  readonly OPTIONS: Readonly<Record<string, unknown>>;
}

/** Makes an engine from its entry in TEMPLATES. The class that BACKEND names has it as a static method `create`. */
export type CreateBackend = (config: BackendConfig) => Promise<TemplateBackend>;
