// Cookies whose value the client can read and not change.

import { fromSettings } from "@tsgo/core/conf";
import { type MaxAge, TimestampSigner } from "@tsgo/core/signing";

import type { SetCookieOptions } from "./set-cookie.ts";

/** How the signature of a cookie is tied to what the cookie is for. */
export interface CookieSalt {
  /** Names the use of the cookie, so that a value signed for another use does not fit. Beside it, the cookie's name counts. */
  readonly salt?: string;
  /**
   * Joins name and salt without anything between them, as Django does: for cookies that Django shall read, or has written.
   * A value signed for `user` with the salt `admin` then fits `useradmin` without one. Default false.
   */
  readonly djangoSalt?: boolean;
}

/** How a signed cookie is set. */
export type SetSignedCookieOptions = SetCookieOptions & CookieSalt;

/** How a signed cookie is read. */
export interface GetSignedCookieOptions<F = never> extends CookieSalt, MaxAge {
  /** The answer for a signature that does not fit, or is too old, in place of an error; and for a missing cookie. */
  readonly fallback?: F;
}

const keys = fromSettings(({ SECRET_KEY, SECRET_KEY_FALLBACKS }) => ({
  key: cookieKey(SECRET_KEY),
  fallbackKeys: SECRET_KEY_FALLBACKS.map(cookieKey),
}));

// Apart from all else that SECRET_KEY signs, as Django has it.
function cookieKey(secret: string): string {
  return `django.http.cookies${secret}`;
}

/** The value with time and signature, for a cookie of this name. */
export function signCookie(name: string, value: string, salt: CookieSalt): string {
  return signerFor(name, salt).sign(value);
}

/**
 * The value that was signed.
 *
 * @throws BadSignature where the signature does not fit, SignatureExpired where it is too old.
 */
export function unsignCookie(name: string, signed: string, { maxAge, ...salt }: CookieSalt & MaxAge): string {
  return signerFor(name, salt).unsign(signed, { maxAge });
}

function signerFor(name: string, { salt = "", djangoSalt = false }: CookieSalt): TimestampSigner {
  // No name of a cookie holds a semicolon, so no two pairs of a name and a salt give the same text.
  const purpose = djangoSalt || salt === "" ? name + salt : `${name};${salt}`;
  return new TimestampSigner({ ...keys(), salt: purpose });
}
