import { boolean, listOf, nullable, pair, pattern, text } from "../kinds.ts";
import { setting } from "../setting.ts";

/** Requests, responses and the address of the site. */
export const http = {
  /** Hosts that the site answers to; `".example.com"` includes subdomains and `"*"` is everything. */
  ALLOWED_HOSTS: setting(listOf(text), []),
  /** Redirects `/about` to `/about/` where only the latter exists. */
  APPEND_SLASH: setting(boolean, true),
  /** Redirects example.com to www.example.com. */
  PREPEND_WWW: setting(boolean, false),
  /** The path under which the application lies, where the server does not tell (`"/app"`). */
  FORCE_SCRIPT_NAME: setting(nullable(text), null),
  /** Takes the host from X-Forwarded-Host. Only behind a proxy that sets it. */
  USE_X_FORWARDED_HOST: setting(boolean, false),
  /** Takes the port from X-Forwarded-Port. Only behind a proxy that sets it. */
  USE_X_FORWARDED_PORT: setting(boolean, false),
  /** The charset of responses. */
  DEFAULT_CHARSET: setting(text, "utf-8"),
  /** Browsers that are turned away. */
  DISALLOWED_USER_AGENTS: setting(listOf(pattern), []),
  /** Where uploaded files are served from; ends with a slash. */
  MEDIA_URL: setting(text, ""),
  /** Where static files are served from; ends with a slash. */
  STATIC_URL: setting(nullable(text), null),
  /** The header and value that mark a request as https (`["HTTP_X_FORWARDED_PROTO", "https"]`). */
  SECURE_PROXY_SSL_HEADER: setting(nullable(pair(text, text)), null),
};
