import { describe, expect, test } from "vitest";

import { repercentBrokenUnicode } from "./repercent.ts";
import { escapeUriPath, filepathToUri, iriToUri, uriToIri } from "./uris.ts";

describe("URIs and IRIs", () => {
  test("turn into each other", () => {
    expect(iriToUri("/♥ %E2%99%A5/?a=b&c")).toBe("/%E2%99%A5%20%E2%99%A5/?a=b&c");
    expect(uriToIri("/%E2%99%A5/%2F%20%41?x=%26")).toBe("/♥/%2F%20A?x=%26");
    expect(iriToUri(null)).toBeNull();
    expect(uriToIri(null)).toBeNull();
  });

  test("broken UTF-8 stays percent-encoded", () => {
    expect(uriToIri("/%E2%99%A5%E2%99/%ED%A0%80")).toBe("/♥%E2%99/%ED%A0%80");
    expect(uriToIri("%&%zz%4")).toBe("%&%zz%4");
  });

  test("paths encode what would end them", () => {
    expect(escapeUriPath("/a?b#c%d;e")).toBe("/a%3Fb%23c%25d%3Be");
    expect(filepathToUri(String.raw`a\b ü?.txt`)).toBe("a/b%20%C3%BC%3F.txt");
  });

  test("CVE-2023-41164: a million characters are decoded in linear work", () => {
    expect(uriToIri("%E2%82%AC".repeat(1_000_000)) === "€".repeat(1_000_000)).toBe(true);
    const broken = "%F0%9F".repeat(1_000_000);
    expect(uriToIri(broken) === broken).toBe(true);
  });

  test("CVE-2019-14235: broken octets do not recurse", () => {
    const broken = "%FC".repeat(500_000);
    expect(uriToIri(broken) === broken).toBe(true);
    expect(Buffer.from(repercentBrokenUnicode(new Uint8Array(500_000).fill(0xfc))).toString() === broken).toBe(true);
    const mixed = Buffer.from("test\u00fc".repeat(100_000), "latin1");
    expect(Buffer.from(repercentBrokenUnicode(mixed)).toString() === "test%FC".repeat(100_000)).toBe(true);
  });
});
