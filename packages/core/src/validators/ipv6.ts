import { type Ipv6Options, normalizeIpv6Address } from "@tsgo/utils/ipv6";

import { ValidationError } from "../exceptions/validation.ts";

/**
 * The shortest form of an address of IPv6. Django: `clean_ipv6_address`.
 *
 * @throws ValidationError where the text is none.
 */
export function cleanIpv6Address(address: string, options?: Ipv6Options & { readonly message?: string }): string {
  const clean = normalizeIpv6Address(address, options);
  if (clean !== undefined) return clean;
  const message = options?.message ?? "This is not a valid %(protocol)s address.";
  throw new ValidationError(message, { code: "invalid", params: { protocol: "IPv6" } });
}
