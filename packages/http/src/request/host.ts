// The host that a request names, and whether this site answers to it.

import { DisallowedHost } from "@tsgo/core/exceptions";
import { isSameDomain } from "@tsgo/utils/http";

const HOST = /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::([0-9]+))?$/;
const LOCAL_HOSTS = [".localhost", "127.0.0.1", "[::1]"];

/**
 * Takes a host apart into its name, in lower case and without a dot at the end, and its port. Both are empty for what is
 * no host. Django: `split_domain_port`.
 */
export function splitDomainPort(host: string): [domain: string, port: string] {
  const match = HOST.exec(host.toLowerCase());
  if (match === null) return ["", ""];
  const domain = match[1] ?? "";
  return [domain.endsWith(".") ? domain.slice(0, -1) : domain, match[2] ?? ""];
}

/** Whether a name is one of the allowed ones: exactly, as a subdomain of `.example.com`, or by `*`. Django: `validate_host`. */
export function validateHost(domain: string, allowedHosts: readonly string[]): boolean {
  return allowedHosts.some((pattern) => pattern === "*" || isSameDomain(domain, pattern));
}

/**
 * Gives the host back if this site answers to it.
 *
 * @throws DisallowedHost otherwise.
 */
export function checkHost(host: string, allowedHosts: readonly string[], debug: boolean): string {
  // A site under development answers to this machine's own names, never to all: a page elsewhere may have its name
  // resolve to 127.0.0.1.
  const allowed = debug && allowedHosts.length === 0 ? LOCAL_HOSTS : allowedHosts;
  const [domain] = splitDomainPort(host);
  if (domain !== "" && validateHost(domain, allowed)) return host;
  const advice =
    domain === ""
      ? "The domain name provided is not valid according to RFC 1034/1035."
      : `You may need to add ${JSON.stringify(domain)} to ALLOWED_HOSTS.`;
  throw new DisallowedHost(`Invalid HTTP_HOST header: ${JSON.stringify(host)}. ${advice}`);
}
