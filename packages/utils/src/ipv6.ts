// Addresses of IPv6 as text.

/** The longest form of an address: the last 32 bits written as IPv4. */
export const MAX_IPV6_ADDRESS_LENGTH = 39;

const GROUP = /^[\da-f]{1,4}$/i;
const OCTET = /^(?:0|[1-9]\d{0,2})$/;

/** How an address is written. */
export interface Ipv6Options {
  /** Whether an IPv4 address that is mapped into IPv6 is given as IPv4. */
  readonly unpackIpv4?: boolean;
}

/**
 * The shortest form of an address, undefined for what is none. A zone behind `%` is dropped.
 *
 * @example
 * normalizeIpv6Address("2001:0DB8:0::1"); // "2001:db8::1"
 */
export function normalizeIpv6Address(address: string, { unpackIpv4 = false }: Ipv6Options = {}): string | undefined {
  const groups = parseIpv6(address);
  if (groups === undefined) return undefined;
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xff_ff) return compress(groups);
  const mapped = groups.slice(6).flatMap((group) => [group >> 8, group & 0xff]);
  return (unpackIpv4 ? "" : "::ffff:") + mapped.join(".");
}

/** Whether a text is an address of IPv6. Django: `is_valid_ipv6_address`. */
export function isValidIpv6Address(address: string): boolean {
  return parseIpv6(address) !== undefined;
}

function parseIpv6(text: string): number[] | undefined {
  if (text.length > MAX_IPV6_ADDRESS_LENGTH) return undefined;
  const [address = "", zone, ...more] = text.split("%");
  if (zone === "" || more.length > 0) return undefined;
  const halves = address.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  // The gap stands for one group at least.
  const missing = tail === undefined ? 0 : 8 - head.length - tail.length;
  return tail === undefined || missing < 1 ? undefined : [...head, ...Array<number>(missing).fill(0), ...tail];
}

function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const last = parts.at(-1) ?? "";
  const ipv4 = mayEndInIpv4 && last.includes(".") ? parseIpv4(last) : [];
  if (ipv4 === undefined) return undefined;
  const groups = ipv4.length > 0 ? parts.slice(0, -1) : parts;
  return groups.every((group) => GROUP.test(group))
    ? [...groups.map((group) => Number.parseInt(group, 16)), ...ipv4]
    : undefined;
}

// Zeros in front would make a number octal for some programs, so they are refused.
function parseIpv4(text: string): number[] | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
  return [a * 256 + b, c * 256 + d];
}

/** Whether a text is an address of IPv4 in its only plain form: four numbers without zeros in front. */
export function isValidIpv4Address(address: string): boolean {
  return address.length <= 15 && parseIpv4(address) !== undefined;
}

// The longest run of zeros, the first of several, is left out, unless it is a single group.
function compress(groups: readonly number[]): string {
  let best = { start: 0, length: 1 };
  for (let start = 0; start < groups.length; start += 1) {
    let end = start;
    while (groups[end] === 0) end += 1;
    if (end - start > best.length) best = { start, length: end - start };
  }
  const texts = groups.map((group) => group.toString(16));
  if (best.length === 1) return texts.join(":");
  return `${texts.slice(0, best.start).join(":")}::${texts.slice(best.start + best.length).join(":")}`;
}
