export { Cookie, type CookieAttributes } from "./cookie.ts";
export { parseCookie } from "./parse.ts";
export type { DurationLike, SetCookieOptions } from "./set-cookie.ts";
export type { CookieSalt, GetSignedCookieOptions, SetSignedCookieOptions } from "./signed.ts";
