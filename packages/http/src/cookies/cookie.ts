// One cookie that a response sets.

import { BadHeaderError, CookieError } from "../exceptions.ts";

const LEGAL_NAME = /^[\w!#$%&'*+\-.^`|~:]+$/;
const RESERVED_NAMES = new Set([
  "expires",
  "path",
  "comment",
  "domain",
  "max-age",
  "secure",
  "httponly",
  "version",
  "samesite",
]);
const ESCAPED = /["\\]|[^\w!#$%&'*+\-.^`|~: ()/<=>?@[\]{}\u0100-\uffff]/g;
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const NOT_IN_ATTRIBUTE = /[\0-\x1f\x7f;\p{Surrogate}]/u;

/** Says when a cookie ends and where and how it is sent back. */
export interface CookieAttributes {
  /** An HTTP date; empty for a cookie that ends with the browser's session. */
  expires?: string;
  /** Seconds from now. */
  maxAge?: number;
  path?: string;
  domain?: string;
  secure?: boolean;
  httponly?: boolean;
  samesite?: string;
  partitioned?: boolean;
}

/**
 * A cookie with its attributes, as `Set-Cookie` will say it. Python: `http.cookies.Morsel`.
 *
 * @throws CookieError for a name that is none.
 */
export class Cookie {
  readonly name: string;
  readonly value: string;
  readonly attributes: Readonly<CookieAttributes>;

  constructor(name: string, value: string, attributes: CookieAttributes = {}) {
    this.name = checkName(name);
    this.value = checkValue(value);
    this.attributes = attributes;
    for (const text of [attributes.path, attributes.domain, attributes.samesite, attributes.expires])
      if (text !== undefined && NOT_IN_ATTRIBUTE.test(text))
        throw new BadHeaderError(
          `${JSON.stringify(text)} cannot stand in a cookie: control characters and ";" would break it apart.`,
        );
  }

  /** The value of the `Set-Cookie` header, attributes in the order of their names. */
  toString(): string {
    const { domain, expires, httponly, maxAge, partitioned, path, samesite, secure } = this.attributes;
    let text = `${this.name}=${quote(this.value)}`;
    if (domain) text += `; Domain=${domain}`;
    if (expires) text += `; expires=${expires}`;
    if (httponly) text += "; HttpOnly";
    if (maxAge !== undefined) text += `; Max-Age=${maxAge}`;
    if (partitioned) text += "; Partitioned";
    if (path) text += `; Path=${path}`;
    if (samesite) text += `; SameSite=${samesite}`;
    if (secure) text += "; Secure";
    return text;
  }

  /** The same for the socket: what is beyond ASCII as the bytes of its UTF-8, which is how it comes back. */
  toWire(): string {
    return Buffer.from(this.toString(), "utf8").toString("latin1");
  }
}

function checkName(name: string): string {
  if (!LEGAL_NAME.test(name)) throw new CookieError(`${JSON.stringify(name)} cannot be the name of a cookie.`);
  if (RESERVED_NAMES.has(name.toLowerCase()))
    throw new CookieError(`${JSON.stringify(name)} is the name of a cookie's attribute: choose another.`);
  return name;
}

function checkValue(value: string): string {
  if (/\p{Surrogate}/u.test(value))
    throw new BadHeaderError(`${JSON.stringify(value)} is no text: it has half a character.`);
  return value;
}

function quote(value: string): string {
  if (LEGAL_NAME.test(value)) return value;
  const escaped = value.replaceAll(ESCAPED, (character) =>
    character === '"' || character === "\\"
      ? `\\${character}`
      : `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return `"${escaped}"`;
}
