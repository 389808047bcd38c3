import { describe, expect, test } from "vitest";

import { isValidIpv4Address, isValidIpv6Address, normalizeIpv6Address } from "./ipv6.ts";

describe("addresses of IPv6", () => {
  test.each([
    ["2001:0DB8:0000::0001", "2001:db8::1"],
    ["1:0:0:4:0:0:0:8", "1:0:0:4::8"],
    ["::ffff:0a0a:0a0a", "::ffff:10.10.10.10"],
    ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
    ["fe80::1%eth0", "fe80::1"],
    ["0:0:0:0:0:0:0:0", "::"],
  ])("%s is %s", (address, shortest) => {
    expect(normalizeIpv6Address(address)).toBe(shortest);
  });

  test.each([
    "",
    "1:2:3:4:5:6:7",
    "1::2::3",
    ":1::2",
    "1:",
    "::12345",
    "::1.2.3",
    "::1.2.3.256",
    "::01.2.3.4",
    "::1%",
    "g::",
  ])("%j is none", (text) => {
    expect(isValidIpv6Address(text)).toBe(false);
  });

  test("a mapped address can be given as IPv4", () => {
    expect(normalizeIpv6Address("::ffff:18.52.18.52", { unpackIpv4: true })).toBe("18.52.18.52");
  });

  test("CVE-2024-56374: what is longer than any address is not taken apart", () => {
    expect(isValidIpv6Address(":".repeat(5_000_000))).toBe(false);
    expect(normalizeIpv6Address("f".repeat(5_000_000))).toBeUndefined();
    const longest = "0000:0000:0000:0000:0000:ffff:0a0a:0a0a";
    expect(longest).toHaveLength(39);
    expect(isValidIpv6Address(longest)).toBe(true);
    expect(isValidIpv6Address(`${longest}%`.replace("0a0a%", "0a0a%e"))).toBe(false);
  });
});

test.each(["127.0.0.01", "0177.0.0.1", "1.2.3.04", "0x7f.0.0.1", "2130706433", "127.1", "1.1.1.1\n", "١.1.1.1"])(
  "CVE-2021-33571: %j is no address of IPv4",
  (text) => {
    expect(isValidIpv4Address(text)).toBe(false);
    expect(isValidIpv4Address("192.168.10.1")).toBe(true);
  },
);
