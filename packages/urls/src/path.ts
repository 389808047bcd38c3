// How a URLconf is written.

import { ImproperlyConfigured } from "@tsgo/core/exceptions";

import type { CheckRoute, LazyRoute, RegexArgs, RegexParams, RouteParams, ViewKwargs } from "./params.ts";
import { NO_KWARGS, type PathPattern } from "./patterns/pattern.ts";
import { RegexPattern } from "./patterns/regex-pattern.ts";
import { RoutePattern } from "./patterns/route-pattern.ts";
import { TranslatedPattern } from "./patterns/translated-pattern.ts";
import type { UrlEntry } from "./resolver/entry.ts";
import { URLPattern } from "./resolver/url-pattern.ts";
import { URLResolver } from "./resolver/url-resolver.ts";
import { type Included, isIncluded } from "./urlconf/included.ts";
import { describe } from "./urlconf/urlconf.ts";
import type { AnyView, View } from "./view.ts";

/** What a pattern may be given besides its path and its view. */
export interface PathOptions<Kwargs extends object = {}> {
  /** The name by which `reverse` finds it. */
  readonly name?: string;
  /** Further keyword arguments for the view, or for all views of an include. */
  readonly kwargs?: Kwargs;
}

/** The signature of `path`. `Inherited` are the parameters that the includes around it bring. */
export interface PathFunction<Inherited extends object = {}> {
  <const R extends string | LazyRoute, const Kwargs extends object = {}>(
    route: R & CheckRoute<R>,
    target: View<ViewKwargs<Inherited & RouteParams<R>, NoInfer<Kwargs>>, string[]> | Included,
    options?: PathOptions<Kwargs>,
  ): UrlEntry;
}

/** The signature of `rePath`. */
export interface RePathFunction<Inherited extends object = {}> {
  <const R extends string | LazyRoute, const Kwargs extends object = {}>(
    regex: R,
    target: View<ViewKwargs<Inherited & RegexParams<R>, NoInfer<Kwargs>>, RegexArgs<R>> | Included,
    options?: PathOptions<Kwargs>,
  ): UrlEntry;
}

type MakePattern = (text: string, isEndpoint: boolean) => PathPattern;

/**
 * A URL pattern with parameters in angle brackets, for a view or an include. Django: `path`.
 *
 * @example
 * path("<int:questionId>/", views.detail, { name: "detail" }); // detail(request, { questionId: 5 })
 * path("polls/", include("polls/urls"));
 *
 * @throws ImproperlyConfigured for a route that cannot be read, and for a view that is none.
 */
export const path: PathFunction = (route: string | LazyRoute, target: unknown, options: PathOptions = {}) =>
  makeEntry("path", (text, isEndpoint) => new RoutePattern(text, isEndpoint), route, target, options);

/**
 * A URL pattern written as a regular expression in Python's syntax. Django: `re_path`.
 *
 * `^` and `$` are the two ends of the path, whatever its flags: nothing may hide behind a line feed.
 *
 * @example
 * rePath("^articles/(?P<year>[0-9]{4})/$", views.year); // year(request, { year: "2024" })
 */
export const rePath: RePathFunction = (regex: string | LazyRoute, target: unknown, options: PathOptions = {}) =>
  makeEntry("rePath", (text, isEndpoint) => new RegexPattern(text, isEndpoint), regex, target, options);

/**
 * `path` and `rePath` for a module that is included below a route with parameters, so that its views may take these.
 *
 * @example
 * // included as path("<slug:tenant>/", include("shop/urls"))
 * const { path } = routesUnder<"<slug:tenant>/">();
 * export const urlpatterns = [path("item/<int:id>/", (request, { tenant, id }) => ...)];
 */
export function routesUnder<Outer extends string>(): {
  path: PathFunction<RouteParams<Outer>>;
  rePath: RePathFunction<RouteParams<Outer>>;
} {
  return { path, rePath };
}

function makeEntry(
  caller: string,
  make: MakePattern,
  text: string | LazyRoute,
  target: unknown,
  { name, kwargs = NO_KWARGS }: PathOptions,
): UrlEntry {
  const isEndpoint = !isIncluded(target);
  const pattern =
    typeof text === "string"
      ? make(text, isEndpoint)
      : new TranslatedPattern(text, (translated) => make(translated, isEndpoint));
  if (!isEndpoint) return new URLResolver(pattern, target, kwargs);
  return new URLPattern(pattern, checkView(target, `${caller}('${String(text)}')`), kwargs, name);
}

function checkView(view: unknown, where: string): AnyView {
  if (typeof view === "function" && !isClass(view)) return view as AnyView;
  const hint =
    typeof view === "function" && "asView" in view
      ? `Pass ${view.name}.asView().`
      : "Pass a function that takes the request and gives the response, or include().";
  throw new ImproperlyConfigured(`${where}: the view is ${describe(view)}, which cannot be called. ${hint}`);
}

// The prototype of a class cannot be replaced, that of a plain function can, and an arrow function has none.
function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}
