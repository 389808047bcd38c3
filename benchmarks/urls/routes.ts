// The URLconf that the measurements use: a route with a parameter behind 29 others.

import { HttpResponse } from "@tsgo/http/response";
import { include, path, rePath, type UrlEntry, type View } from "@tsgo/urls";

const view: View = () => new HttpResponse("");

const others = Array.from({ length: 29 }, (_, index) => index);

/** Routes that differ in their first segment. */
export const flat: UrlEntry[] = [
  ...others.map((index) => path(`section-${index}/<int:id>/`, view, { name: `section-${index}` })),
  path("articles/<int:year>/<slug:title>/", view, { name: "article" }),
];

/** Routes that share their first segment. */
export const shared: UrlEntry[] = [
  ...others.map((index) => path(`api/section-${index}/<int:id>/`, view, { name: `section-${index}` })),
  path("api/articles/<int:year>/<slug:title>/", view, { name: "article" }),
];

/** Routes that all may match anything. */
export const wild: UrlEntry[] = [
  ...others.map((index) => path(`<slug:section>/part-${index}/`, view, { name: `section-${index}` })),
  path("<int:year>/<slug:title>/", view, { name: "article" }),
];

/** Regular expressions. */
export const expressions: UrlEntry[] = [
  ...others.map((index) => rePath(`^section-${index}/(?P<id>[0-9]+)/$`, view, { name: `section-${index}` })),
  rePath("^articles/(?P<year>[0-9]{4})/(?P<title>[-a-z]+)/$", view, { name: "article" }),
];

/** Behind two includes. */
export const nested: UrlEntry[] = [
  ...others.map((index) => path(`section-${index}/`, include([path("<int:id>/", view)]))),
  path("blog/", include([path("articles/", include([path("<int:year>/<slug:title>/", view, { name: "article" })]))])),
];
