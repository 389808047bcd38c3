import { settings } from "../../conf/settings.ts";

/** The middleware that the checks know, by the names that projects use. */
export const middleware = {
  security: "tsgo/middleware/security:SecurityMiddleware",
  clickjacking: "tsgo/middleware/clickjacking:XFrameOptionsMiddleware",
  csrf: "tsgo/middleware/csrf:CsrfViewMiddleware",
  sessions: "tsgo/contrib/sessions/middleware:SessionMiddleware",
} as const;

/** Whether MIDDLEWARE has it. */
export function hasMiddleware(name: keyof typeof middleware): boolean {
  return settings.MIDDLEWARE.includes(middleware[name]);
}
