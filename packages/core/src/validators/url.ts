// URLs, checked piece by piece in the text as it was given: nothing is repaired first.

import { isValidIpv4Address, isValidIpv6Address } from "@tsgo/utils/ipv6";
import { splitUrl } from "@tsgo/utils/urls";

import { isDomainName } from "./domain-name.ts";
import { type Validator, type ValidatorOptions, lazy, refusal } from "./validator.ts";

const LONGEST_URL = 2048;
const LONGEST_HOST = 253;
const LOGIN = /^[^\s:@/]+(?::[^\s:@/]*)?@/;
const HOST = /^(?:\[[\da-f:.]+\]|[^\s:/?#@[\]]+)/i;
const REST = /^(?::\d{1,5})?(?:[/?#]\S*)?$/;

/** What a URLValidator accepts. */
export interface UrlOptions extends ValidatorOptions {
  /** In lower case: `http`, `https`, `ftp` and `ftps` unless given. */
  readonly schemes?: readonly string[];
}

/** Refuses what is no absolute URL with a host. Django: `URLValidator`. */
export function URLValidator({ schemes = ["http", "https", "ftp", "ftps"], ...options }: UrlOptions = {}): Validator {
  const fallback = { message: lazy("Enter a valid URL."), code: "invalid" };
  return (value) => {
    if (typeof value !== "string" || !isUrl(value, schemes)) throw refusal(options, fallback, { value });
  };
}

function isUrl(url: string, schemes: readonly string[]): boolean {
  if (url.length > LONGEST_URL) return false;
  const colon = url.indexOf("://");
  if (colon === -1 || !schemes.includes(url.slice(0, colon).toLowerCase())) return false;
  const rest = url.slice(colon + 3);
  const login = LOGIN.exec(rest)?.[0] ?? "";
  return (isHostAndRest(rest.slice(login.length)) || isHostAndRest(rest)) && hasPlausibleHost(url);
}

function isHostAndRest(text: string): boolean {
  const host = HOST.exec(text)?.[0];
  return host !== undefined && isHost(host) && REST.test(text.slice(host.length));
}

function isHost(host: string): boolean {
  if (host.startsWith("[")) return isValidIpv6Address(host.slice(1, -1));
  return isValidIpv4Address(host) || host.toLowerCase() === "localhost" || isDomainName(host);
}

// As the rest of the program will take it apart.
function hasPlausibleHost(url: string): boolean {
  try {
    const { netloc } = splitUrl(url);
    const host = netloc.slice(netloc.lastIndexOf("@") + 1).replace(/:\d*$/, "");
    return host !== "" && host.length <= LONGEST_HOST;
  } catch {
    return false;
  }
}
