import { boolean, count, either, listOf, nullable, oneOf, pattern, text } from "../kinds.ts";
import { setting } from "../setting.ts";

const sameSite = nullable(oneOf("Lax", "Strict", "None", false));

/** Headers that browsers obey, and protection against requests from other sites. */
export const security = {
  /** Forbids browsers to guess content types. */
  SECURE_CONTENT_TYPE_NOSNIFF: setting(boolean, true),
  /** Cross-Origin-Opener-Policy; null for none. */
  SECURE_CROSS_ORIGIN_OPENER_POLICY: setting(nullable(text), "same-origin"),
  /** HSTS for subdomains too. */
  SECURE_HSTS_INCLUDE_SUBDOMAINS: setting(boolean, false),
  /** Consent to be put on the browsers' HSTS lists. */
  SECURE_HSTS_PRELOAD: setting(boolean, false),
  /** For how long, in seconds, browsers shall come by https only; 0 for no such promise. */
  SECURE_HSTS_SECONDS: setting(count, 0),
  /** Paths that may stay on http. */
  SECURE_REDIRECT_EXEMPT: setting(listOf(either(pattern, text)), []),
  /** Referrer-Policy: one policy, several with commas, or a list; null for none. */
  SECURE_REFERRER_POLICY: setting(nullable(either(text, listOf(text))), "same-origin"),
  /** The host to which http is redirected; null for the one asked for. */
  SECURE_SSL_HOST: setting(nullable(text), null),
  /** Redirects http to https. */
  SECURE_SSL_REDIRECT: setting(boolean, false),
  /** Who may show the site in a frame: `"DENY"` or `"SAMEORIGIN"`. */
  X_FRAME_OPTIONS: setting(text, "DENY"),

  /** Seconds that the CSRF cookie lives; null for the browser's session. */
  CSRF_COOKIE_AGE: setting(nullable(count), 60 * 60 * 24 * 7 * 52),
  /** Domain of the CSRF cookie. */
  CSRF_COOKIE_DOMAIN: setting(nullable(text), null),
  /** Hides the CSRF cookie from scripts. */
  CSRF_COOKIE_HTTPONLY: setting(boolean, false),
  /** Name of the CSRF cookie. */
  CSRF_COOKIE_NAME: setting(text, "csrftoken"),
  /** Path of the CSRF cookie. */
  CSRF_COOKIE_PATH: setting(text, "/"),
  /** SameSite of the CSRF cookie; false for none. */
  CSRF_COOKIE_SAMESITE: setting(sameSite, "Lax"),
  /** Sends the CSRF cookie over https only. */
  CSRF_COOKIE_SECURE: setting(boolean, false),
  /** The view for requests that fail the CSRF check. */
  CSRF_FAILURE_VIEW: setting(text, "tsgo/views/csrf:csrfFailure"),
  /** The header that carries the token, as in `request.META`. */
  CSRF_HEADER_NAME: setting(text, "HTTP_X_CSRFTOKEN"),
  /** Other origins whose forms are trusted (`"https://*.example.com"`). */
  CSRF_TRUSTED_ORIGINS: setting(listOf(text), []),
  /** Keeps the token in the session and not in a cookie. */
  CSRF_USE_SESSIONS: setting(boolean, false),
};
