// URL patterns: how they are written, what a path leads to, and which URL a view has.

// A star, so that an application can add its converters by declaration merging.
export * from "./converters.ts";
export { NoReverseMatch, Resolver404 } from "./exceptions.ts";
export { i18nPatterns, type I18nPatternsOptions, type LanguagePrefixUse, languagePrefixUse } from "./i18n-patterns.ts";
export { include, type IncludeOptions, type WithAppName } from "./include.ts";
export type { RegexArgs, RegexParams, RouteParams } from "./params.ts";
export { path, type PathFunction, type PathOptions, rePath, type RePathFunction, routesUnder } from "./path.ts";
export { LocalePrefixPattern } from "./patterns/locale-prefix-pattern.ts";
export type { PathPattern, PatternMatch } from "./patterns/pattern.ts";
export { RegexPattern } from "./patterns/regex-pattern.ts";
export { RoutePattern } from "./patterns/route-pattern.ts";
export { isValidPath, resolve, translateUrl } from "./resolve.ts";
export type { UrlEntry } from "./resolver/entry.ts";
export { ResolverMatch } from "./resolver/resolver-match.ts";
export { URLPattern } from "./resolver/url-pattern.ts";
export { URLResolver } from "./resolver/url-resolver.ts";
export { reverse, reverseLazy, type ReverseOptions } from "./reverse/reverse.ts";
export type { ErrorStatus } from "./urlconf/error-handlers.ts";
export { Included } from "./urlconf/included.ts";
export {
  clearUrlCaches,
  getResolver,
  getUrlconf,
  preparedResolver,
  prepareUrlconf,
  setUrlconf,
} from "./urlconf/root.ts";
export { clearScriptPrefix, getScriptPrefix, setScriptPrefix } from "./urlconf/script-prefix.ts";
export type { Urlconf, UrlconfModule } from "./urlconf/urlconf.ts";
export type { AnyView, Awaitable, ErrorView, View } from "./view.ts";
