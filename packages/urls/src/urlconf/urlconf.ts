import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

import { isUrlEntry, type UrlEntry } from "../resolver/entry.ts";
import type { ErrorView } from "../view.ts";

/** What a module of URL patterns exports. */
export interface UrlconfModule {
  readonly urlpatterns: readonly UrlEntry[];
  /** The application namespace. Django: `app_name`. */
  readonly appName?: string;
  /** For the root URLconf: what answers in place of a view that failed, or a reference to it (`"mysite/views:notFound"`). */
  readonly handler400?: ErrorView | string;
  readonly handler403?: ErrorView | string;
  readonly handler404?: ErrorView | string;
  readonly handler500?: ErrorView | string;
}

/** Where patterns come from: a reference to a module (`"mysite/urls"`), the module itself, or a list. */
export type Urlconf = string | UrlconfModule | readonly UrlEntry[];

/** Whether a URLconf is a plain list of patterns. */
export function isPatternList(urlconf: Urlconf): urlconf is readonly UrlEntry[] {
  return Array.isArray(urlconf);
}

/**
 * Takes the exports of a module for a URLconf.
 *
 * @throws ImproperlyConfigured where they are none; `label` says which module it is.
 */
export function asUrlconfModule(exports: object, label: string): UrlconfModule {
  const { urlpatterns, appName } = exports as Readonly<Record<string, unknown>>;
  if (urlpatterns === undefined) {
    throw new ImproperlyConfigured(
      `${label} does not export 'urlpatterns'.${didYouMean("urlpatterns", Object.keys(exports))} ` +
        "If it does, look for modules that import each other.",
    );
  }
  checkPatterns(urlpatterns, label);
  if (appName !== undefined && typeof appName !== "string") {
    throw new ImproperlyConfigured(`${label} exports an 'appName' that is no string but ${describe(appName)}.`);
  }
  return exports as UrlconfModule;
}

/** @throws ImproperlyConfigured for anything but a list of what `path` and `rePath` give. */
export function checkPatterns(patterns: unknown, label: string): void {
  if (!Array.isArray(patterns)) throw new ImproperlyConfigured(`The 'urlpatterns' of ${label} are not a list.`);
  const wrong = patterns.findIndex((entry) => !isUrlEntry(entry));
  if (wrong === -1) return;
  throw new ImproperlyConfigured(
    `urlpatterns[${wrong}] of ${label} is not a URL pattern but ${describe(patterns[wrong])}. Use path() or rePath().`,
  );
}

/** A value in a message: its text if it is short, else what kind of thing it is. */
export function describe(value: unknown): string {
  if (typeof value === "string") return `'${value}'`;
  if (typeof value === "function") return `the function '${value.name}'`;
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? `an object of ${value.constructor.name}` : String(value);
}
