// Addresses of mail.

import { isValidIpv4Address, isValidIpv6Address } from "@tsgo/utils/ipv6";
import { punycode } from "@tsgo/utils/urls";

import { type Validator, type ValidatorOptions, lazy, refusal } from "./validator.ts";

const ATOMS = /^[-!#$%&'*+/=?^_`{}|~\w]+(?:\.[-!#$%&'*+/=?^_`{}|~\w]+)*$/;
// oxlint-disable-next-line no-control-regex -- quoted parts may hold them
const QUOTED = /^"(?:[\x01-\x08\v\f\x0e-\x1f!#-[\]-\x7f]|\\[\x01-\t\v\f\x0e-\x7f])*"$/;
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const LAST_LABEL = /^[a-z\d-]{1,62}[a-z\d]$/i;
const LITERAL = /^\[([A-F\d:.]+)\]$/i;

/** The longest address there can be: 64 characters, an @ and 255 characters. */
const LONGEST = 320;

/** What an EmailValidator accepts. */
export interface EmailOptions extends ValidatorOptions {
  /** Domains that count whatever they look like: `localhost` unless given. */
  readonly allowlist?: readonly string[];
}

/** Refuses what is no address of mail. Django: `EmailValidator`. */
export function EmailValidator({ allowlist = ["localhost"], ...options }: EmailOptions = {}): Validator {
  const fallback = { message: lazy("Enter a valid email address."), code: "invalid" };
  return (value) => {
    if (typeof value !== "string" || !isAddress(value, allowlist)) throw refusal(options, fallback, { value });
  };
}

function isAddress(text: string, allowlist: readonly string[]): boolean {
  const at = text.lastIndexOf("@");
  if (at === -1 || text.length > LONGEST) return false;
  const [user, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (!ATOMS.test(user) && !QUOTED.test(user)) return false;
  return allowlist.includes(domain) || isDomain(domain) || isLiteral(domain) || isDomain(inAscii(domain));
}

// Mail servers exist under names that no registry has: the last label may be a number.
function isDomain(domain: string): boolean {
  const labels = domain.split(".");
  const last = labels.pop() ?? "";
  return labels.length > 0 && LAST_LABEL.test(last) && labels.every((label) => LABEL.test(label));
}

function inAscii(domain: string): string {
  try {
    return punycode(domain);
  } catch {
    return "";
  }
}

function isLiteral(domain: string): boolean {
  const address = LITERAL.exec(domain)?.[1];
  return address !== undefined && (isValidIpv4Address(address) || isValidIpv6Address(address));
}

/** Refuses what is no address of mail. Django: `validate_email`. */
export const validateEmail: Validator = EmailValidator();
