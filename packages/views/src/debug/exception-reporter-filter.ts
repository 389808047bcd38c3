import { isConfigured, settings } from "@tsgo/core/conf";
import type { HttpRequest } from "@tsgo/http/request";

const HIDDEN =
  /api|auth|token|key|secret|pass|signature|credential|private|dsn|sessionid|^(?:http_)?(?:set-?)?cookie$/i;
// DATABASE_URL and its like: only the password is nobody's business.
const PASSWORD_IN_URL = /(\w[\w+.-]*:\/\/[^\s/:@]*:)[^\s@]+(?=@)/g;
// A URL or a query in it: the values of parameters whose names tell to hide them.
const PARAMETER = /(^|[?&])([\w.%[\]-]+)=([^&#\s]+)/g;
const MAX_DEPTH = 6;
const MAX_ENTRIES = 200;

/**
 * Hides what a report about an error must not show. Answers to Django's `SafeExceptionReporterFilter`;
 * DEFAULT_EXCEPTION_REPORTER_FILTER names another.
 */
export class SafeExceptionReporterFilter {
  /** What stands in the place of a hidden value. */
  readonly cleansedSubstitute: string = "********************";
  /** Names whose values are hidden. */
  readonly hiddenSettings: RegExp = HIDDEN;

  /** The settings that can be shown, by name. Empty where there are none yet. */
  getSafeSettings(): Record<string, unknown> {
    if (!isConfigured()) return {};
    const all: Record<string, unknown> = { ...settings };
    return Object.fromEntries(
      Object.keys(all)
        .sort()
        .map((name) => [name, this.cleanseSetting(name, all[name])]),
    );
  }

  /** The CGI variables and headers of a request that can be shown. */
  getSafeRequestMeta(request: HttpRequest): Record<string, unknown> {
    return this.#cleanseEntries(Object.entries(request.META), 0);
  }

  /** The cookies of a request: their names, and the values of those that prove nothing. */
  getSafeCookies(request: HttpRequest): Record<string, unknown> {
    const proving = isConfigured() ? [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME] : [];
    return Object.fromEntries(
      Object.entries(request.COOKIES).map(([name, value]) => [
        name,
        proving.includes(name) ? this.cleansedSubstitute : this.cleanseSetting(name, value),
      ]),
    );
  }

  /** The fields of a form by name, hidden where the name says that nobody should read them. */
  getPostParameters(fields: Iterable<readonly [string, unknown]>): [string, unknown][] {
    return Array.from(fields, ([name, value]) => [name, this.cleanseSetting(name, value)]);
  }

  /** A text without the passwords and secret parameters of URLs in it. */
  cleanseUrls(text: string): string {
    return text
      .replaceAll(PASSWORD_IN_URL, `$1${this.cleansedSubstitute}`)
      .replaceAll(PARAMETER, (pair: string, before: string, name: string) =>
        this.hiddenSettings.test(name) ? `${before}${name}=${this.cleansedSubstitute}` : pair,
      );
  }

  /** A value as it can be shown: hidden if its name tells to, else with what is hidden in its depths. */
  cleanseSetting(name: string, value: unknown): unknown {
    return this.#cleanse(name, value, 0);
  }

  #cleanse(name: string, value: unknown, depth: number): unknown {
    if (
      this.hiddenSettings.test(name) &&
      value !== null &&
      value !== undefined &&
      value !== "" &&
      typeof value !== "boolean"
    )
      return this.cleansedSubstitute;
    if (typeof value === "string") return this.cleanseUrls(value);
    if (typeof value !== "object" || value === null) return value;
    if (depth >= MAX_DEPTH) return "…";
    if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((item) => this.#cleanse("", item, depth + 1));
    if (value instanceof Map) return new Map(this.#pairs([...value], depth));
    if (value instanceof Set)
      return new Set([...value].slice(0, MAX_ENTRIES).map((item) => this.#cleanse("", item, depth + 1)));
    if (value instanceof Error)
      return this.#cleanseEntries(
        [["name", value.name], ["message", value.message], ...Object.entries(value)],
        depth + 1,
      );
    if (isPlain(value)) return this.#cleanseEntries(Object.entries(value), depth + 1);
    return value;
  }

  #cleanseEntries(entries: readonly (readonly [string, unknown])[], depth: number): Record<string, unknown> {
    return Object.fromEntries(this.#pairs(entries, depth));
  }

  #pairs<K>(entries: readonly (readonly [K, unknown])[], depth: number): [K, unknown][] {
    return entries.slice(0, MAX_ENTRIES).map(([key, value]) => [key, this.#cleanse(String(key), value, depth + 1)]);
  }
}

// Whoever has a class of its own may do anything when its properties are read.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
