// Addresses of the internet protocol.

import { type Ipv6Options, isValidIpv4Address, isValidIpv6Address, normalizeIpv6Address } from "@tsgo/utils/ipv6";

import { ValidationError } from "../exceptions/validation.ts";
import { type Validator, lazy } from "./validator.ts";

const INVALID = lazy("Enter a valid %(protocol)s address.");

function addressValidator(protocol: string, isValid: (text: string) => boolean): Validator {
  return (value) => {
    if (typeof value === "string" && isValid(value)) return;
    const name = protocol === "both" ? lazy("IPv4 or IPv6") : protocol;
    throw new ValidationError(INVALID, { code: "invalid", params: { protocol: name, value } });
  };
}

/** Refuses what is no address of IPv4 in plain decimal. Django: `validate_ipv4_address`. */
export const validateIpv4Address: Validator = addressValidator("IPv4", isValidIpv4Address);

/** Refuses what is no address of IPv6. Django: `validate_ipv6_address`. */
export const validateIpv6Address: Validator = addressValidator("IPv6", isValidIpv6Address);

/** Refuses what is no address of either kind. Django: `validate_ipv46_address`. */
export const validateIpv46Address: Validator = addressValidator(
  "both",
  (text) => isValidIpv4Address(text) || isValidIpv6Address(text),
);

/**
 * The shortest form of an address of IPv6. Django: `clean_ipv6_address`.
 *
 * @throws ValidationError where the text is none.
 */
export function cleanIpv6Address(address: string, options?: Ipv6Options & { readonly message?: string }): string {
  const clean = normalizeIpv6Address(address, options);
  if (clean !== undefined) return clean;
  const message = options?.message ?? lazy("This is not a valid %(protocol)s address.");
  throw new ValidationError(message, { code: "invalid", params: { protocol: "IPv6" } });
}
