// Templates: the engine of Django's language, and what extends it.

export { Context } from "./context/context.ts";
export { Engine } from "./engine.ts";
export { TemplateDoesNotExist, TemplateSyntaxError } from "./errors.ts";
export { Library } from "./library/library.ts";
export { Template } from "./template.ts";
