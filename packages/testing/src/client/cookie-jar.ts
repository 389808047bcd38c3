import type { Cookie } from "@tsgo/http/cookies";
import type { HttpResponseBase } from "@tsgo/http/response";

/** The cookies that a client of a test has been given, as a browser keeps them. */
export class CookieJar {
  readonly #values = new Map<string, string>();

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: string): this {
    this.#values.set(name, value);
    return this;
  }

  delete(name: string): boolean {
    return this.#values.delete(name);
  }

  /** Takes over what a response sets, and drops what it takes back. */
  update(response: HttpResponseBase): void {
    for (const [name, cookie] of response.cookies) {
      if (isExpired(cookie)) this.#values.delete(name);
      else this.#values.set(name, cookie.value);
    }
  }

  /** The value of the Cookie header; empty where there are none. */
  toHeader(): string {
    return [...this.#values].map(([name, value]) => `${name}=${quoted(value)}`).join("; ");
  }
}

function isExpired({ attributes: { maxAge, expires } }: Cookie): boolean {
  if (maxAge !== undefined) return maxAge <= 0;
  return expires !== undefined && expires !== "" && Date.parse(expires) <= Date.now();
}

// As a server writes it: what could end a value stands in quotes.
function quoted(value: string): string {
  return /^[\w!#$%&'*+.^`|~:/?@()<>[\]{}=-]*$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
