// What can be wrong with a template, apart from what the code called by it throws.

import { TsgoError } from "@tsgo/core/exceptions";

import type { Origin } from "./origin.ts";

/** A template breaks the rules of its language. Django: `TemplateSyntaxError`. */
export class TemplateSyntaxError extends TsgoError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "template_syntax_error", ...options });
  }
}

/** One place where a template was looked for, and why it was not taken from there. */
export type TriedOrigin = readonly [origin: Origin, reason: string];

/** No loader has a template of this name. Django: `TemplateDoesNotExist`. */
export class TemplateDoesNotExist extends TsgoError {
  /** The name that was asked for. */
  readonly templateName: string;
  /** Every place that was tried, in order. */
  readonly tried: readonly TriedOrigin[];
  /** The failures that led here where several names or engines were tried. */
  readonly chain: readonly TemplateDoesNotExist[];

  constructor(
    templateName: string,
    options: { tried?: readonly TriedOrigin[]; chain?: readonly TemplateDoesNotExist[] } = {},
  ) {
    const tried = options.tried ?? [];
    const places = tried.map(([origin, reason]) => `\n  ${origin.loaderName}: ${origin.name} (${reason})`);
    super(places.length === 0 ? templateName : `${templateName}\nTried:${places.join("")}`, {
      code: "template_does_not_exist",
    });
    this.templateName = templateName;
    this.tried = tried;
    this.chain = options.chain ?? [];
  }
}

/** A variable that had to have a value has none. Django: `VariableDoesNotExist`. */
export class VariableDoesNotExist extends TsgoError {
  /** Templates print nothing for it rather than fail, as for every error that says so. */
  readonly silentVariableFailure = true;

  constructor(variable: string) {
    super(`There is no value for '${variable}' in the context.`, { code: "variable_does_not_exist" });
  }
}

/** A library of tags or filters was put together wrongly. Django: `InvalidTemplateLibrary`. */
export class InvalidTemplateLibrary extends TsgoError {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { code: "invalid_template_library", ...options });
  }
}

/** A context has fewer layers than something tried to take off. Django: `ContextPopException`. */
export class ContextPopException extends TsgoError {
  constructor() {
    super("pop() was called on a context more often than push().", { code: "context_pop" });
  }
}
