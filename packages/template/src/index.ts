// Templates: the engine of Django's language, and what extends it.

export { Context, type ContextOptions, type ContextValues } from "./context/context.ts";
export { Engine, type EngineOptions } from "./engine.ts";
export { engines, getTemplate, prepareEngines, renderToString, selectTemplate } from "./engines.ts";
export { InvalidTemplateLibrary, TemplateDoesNotExist, TemplateSyntaxError, VariableDoesNotExist } from "./errors.ts";
export type { Token } from "./lexer/token.ts";
export type { FilterOptions, FilterState } from "./library/filter.ts";
export { Library, type TagCompiler } from "./library/library.ts";
export { stringfilter } from "./library/stringfilter.ts";
export { CachedLoader } from "./loaders/cached-loader.ts";
export { FilesystemLoader } from "./loaders/filesystem-loader.ts";
export type { Loader } from "./loaders/loader.ts";
export { LocmemLoader } from "./loaders/locmem-loader.ts";
export { SourceLoader } from "./loaders/source-loader.ts";
export { Node } from "./nodes/node.ts";
export { NodeList } from "./nodes/node-list.ts";
export { Origin } from "./origin.ts";
export type { FilterExpression } from "./parser/filter-expression.ts";
export type { Parser } from "./parser/parser.ts";
export type { Rendered } from "./runtime/settle.ts";
export { Template } from "./template.ts";
