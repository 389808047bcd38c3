import type { URLPattern } from "./url-pattern.ts";
import type { URLResolver } from "./url-resolver.ts";

/** One line of `urlpatterns`: what `path` and `rePath` give. */
export type UrlEntry = URLPattern | URLResolver;

/** Marks entries, so that those of a second copy of this package are known too. */
export const ENTRY = Symbol.for("tsgo.urls.entry");

/** Whether a value can stand in `urlpatterns`. */
export function isUrlEntry(value: unknown): value is UrlEntry {
  return typeof value === "object" && value !== null && ENTRY in value;
}
