import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { DisallowedHost } from "@tsgo/core/exceptions";
import { describe, expect, test } from "vitest";

import { HttpRequest } from "../request.ts";
import { type PlainSourceOptions, plainSource } from "../source.ts";
import { splitDomainPort } from "./host.ts";

configureSettings({ ALLOWED_HOSTS: [] });

function requestFor(host: string | readonly string[] | undefined, options: PlainSourceOptions = {}): HttpRequest {
  return new HttpRequest(plainSource({ ...options, headers: { ...options.headers, ...(host && { Host: host }) } }));
}

function allows(host: string, allowed: string[]): boolean {
  return overrideSettings({ ALLOWED_HOSTS: allowed }, () => {
    try {
      return requestFor(host).getHost() === host;
    } catch (error) {
      if (error instanceof DisallowedHost) return false;
      throw error;
    }
  });
}

describe("the hosts of ALLOWED_HOSTS", () => {
  test.each(["example.com", "example.com:8080", "EXAMPLE.com", "sub.example.org", "example.org"])(
    "DJANGO-2013-02-19-HOST: %s is one of the site's",
    (host) => {
      expect(allows(host, ["example.com", ".example.org"])).toBe(true);
    },
  );

  test.each(["evil.com", "example.com.evil.com", "notexample.org", "example.com..", ""])(
    "DJANGO-2013-02-19-HOST: %j is refused",
    (host) => {
      expect(allows(host, ["example.com", ".example.org"])).toBe(false);
    },
  );

  test("DJANGO-2013-02-19-HOST: an empty list refuses all hosts, and no link is built before", () => {
    expect(allows("example.com", [])).toBe(false);
    expect(() => requestFor("example.com").buildAbsoluteUri("/x/")).toThrow(DisallowedHost);
  });

  test.each([
    "example.com@evil.tld",
    "example.com:dr.frankenstein@evil.tld",
    "example.com:dr.frankenstein@evil.tld:80",
    "example.com:80/badpath",
    "example.com: recovermypassword.com",
    "exa mple.com",
    "example.com\n",
    "example.com#x",
    String.raw`example.com\x`,
    "[::1",
    "::1",
    "example.com:abc",
  ])("DJANGO-2012-12-10-HOST: %j is no host, whatever is allowed", (host) => {
    expect(allows(host, ["*"])).toBe(false);
  });

  test.each([
    ["12.34.56.78:443", "12.34.56.78"],
    ["[2001:19f0::1]:8080", "[2001:19f0::1]"],
    ["xn--4ca9at.com", "xn--4ca9at.com"],
    ["forward.com", "forward.com"],
  ])("DJANGO-2012-12-10-HOST: %s passes where it is listed", (host, listed) => {
    expect(allows(host, [listed])).toBe(true);
  });

  test.each(["EXAMPLE.COM.", "example.com:080", "Example.com.:1"])("NODE-48: %s is example.com", (host) => {
    expect(allows(host, ["example.com"])).toBe(true);
  });

  test.each([
    "ｅxample.com",
    "example。com",
    "xn--example-.com",
    "example.com:",
    "0x7f.1",
    "2130706433",
    "[::ffff:7f00:1]",
    "[fe80::1%25eth0]",
    "example.com..",
  ])("NODE-48: %s is not example.com", (host) => {
    expect(allows(host, ["example.com"])).toBe(false);
  });
});

describe("a request that names its host twice", () => {
  test("NODE-48: two Host headers are refused, also by a front end that keeps the first one only", () => {
    overrideSettings({ ALLOWED_HOSTS: ["*"] }, () => {
      expect(() => requestFor(["example.com", "example.com"]).getHost()).toThrow(DisallowedHost);
      const source = plainSource({ headers: { Host: ["example.com", "evil.com"] } });
      const first = { ...source, header: (name: string) => source.header(name)?.split(",")[0] };
      expect(() => new HttpRequest(first).getHost()).toThrow(DisallowedHost);
    });
  });

  test("NODE-48: a target that names another host than the Host header is refused, an equal one is not", () => {
    overrideSettings({ ALLOWED_HOSTS: ["*"] }, () => {
      const other = requestFor("example.com", { target: "http://evil.com/x?y=1" });
      expect(() => other.buildAbsoluteUri()).toThrow(DisallowedHost);
      const same = requestFor("example.com", { target: "http://EXAMPLE.com/x?y=1" });
      expect(same.buildAbsoluteUri()).toBe("http://example.com/x?y=1");
    });
  });

  test("CVE-2012-4520: credentials are no part of a host, wherever it comes from", () => {
    const evil = "validsite.com:random@evilsite.com";
    overrideSettings({ ALLOWED_HOSTS: ["validsite.com", "*"], USE_X_FORWARDED_HOST: true }, () => {
      expect(() => requestFor(evil).getHost()).toThrow(DisallowedHost);
      expect(() => requestFor("validsite.com", { headers: { "X-Forwarded-Host": evil } }).getHost()).toThrow(
        DisallowedHost,
      );
      expect(() => requestFor(undefined, { serverName: evil }).getHost()).toThrow(DisallowedHost);
      expect(() => requestFor("validsite.com", { target: `http://${evil}/` }).getHost()).toThrow(DisallowedHost);
    });
  });
});

describe("a site under development", () => {
  test.each(["localhost", "subdomain.localhost:8080", "127.0.0.1:1", "[::1]", "[::1]:8080"])(
    "CVE-2016-9014: with DEBUG %s is this machine",
    (host) => {
      overrideSettings({ DEBUG: true }, () => {
        expect(requestFor(host).getHost()).toBe(host);
      });
    },
  );

  test.each(["evil.com", "localhost.evil.com", "127.0.0.1.evil.com", "0.0.0.0"])(
    "CVE-2016-9014: with DEBUG %s is refused",
    (host) => {
      overrideSettings({ DEBUG: true }, () => {
        expect(() => requestFor(host).getHost()).toThrow(DisallowedHost);
      });
    },
  );
});

describe("what a proxy says", () => {
  const forwarded = { "X-Forwarded-Host": "evil.com", "X-Forwarded-Port": "99" };

  test("CVE-2011-4139: X-Forwarded-Host and -Port count for nothing unless the settings say so", () => {
    overrideSettings({ ALLOWED_HOSTS: ["*"] }, () => {
      const request = requestFor("example.com", { headers: forwarded });
      expect(request.getHost()).toBe("example.com");
      expect(request.getPort()).toBe("80");
      expect(request.buildAbsoluteUri("/x/")).toBe("http://example.com/x/");
    });
  });

  test("CVE-2011-4139: with USE_X_FORWARDED_HOST the value is checked like any host", () => {
    overrideSettings({ ALLOWED_HOSTS: ["example.com"], USE_X_FORWARDED_HOST: true }, () => {
      expect(() => requestFor("example.com", { headers: forwarded }).getHost()).toThrow(DisallowedHost);
    });
  });

  test("NODE-52: forwarding headers change nothing by themselves", () => {
    const headers = {
      "X-Forwarded-For": "1.2.3.4",
      "X-Forwarded-Proto": "https",
      "X-Forwarded-Host": "evil.com",
      "X-Forwarded-Port": "99",
      Forwarded: "for=1.2.3.4;proto=https;host=evil.com",
      "X-Real-IP": "1.2.3.4",
      "X-Client-IP": "1.2.3.4",
      "True-Client-IP": "1.2.3.4",
    };
    overrideSettings({ ALLOWED_HOSTS: ["*"] }, () => {
      const request = requestFor("example.com", { headers, remoteAddress: "10.0.0.9" });
      expect(request.META["REMOTE_ADDR"]).toBe("10.0.0.9");
      expect(request.scheme).toBe("http");
      expect(request.getHost()).toBe("example.com");
      expect(request.META["SERVER_PORT"]).toBe("80");
    });
  });

  test("CVE-2019-12781: behind SECURE_PROXY_SSL_HEADER the client's scheme counts, not the proxy's", () => {
    const settings = {
      ALLOWED_HOSTS: ["*"],
      SECURE_PROXY_SSL_HEADER: ["HTTP_X_FORWARDED_PROTO", "https"] as [string, string],
    };
    overrideSettings(settings, () => {
      const scheme = (secure: boolean, value?: string): string =>
        requestFor("example.com", { secure, headers: value === undefined ? {} : { "X-Forwarded-Proto": value } })
          .scheme;
      expect(scheme(true, "http")).toBe("http");
      expect(scheme(false, "https, http")).toBe("https");
      expect(scheme(true, "http, https")).toBe("http");
      expect(scheme(true)).toBe("https");
      expect(scheme(false)).toBe("http");
      const plain = requestFor("example.com", { secure: true, headers: { "X-Forwarded-Proto": "http" } });
      expect(plain.isSecure()).toBe(false);
      expect(plain.buildAbsoluteUri("/x/")).toBe("http://example.com/x/");
    });
  });
});

test("a host is taken apart into a name and a port", () => {
  expect(splitDomainPort("Example.com.:8080")).toEqual(["example.com", "8080"]);
  expect(splitDomainPort("[::1]:80")).toEqual(["[::1]", "80"]);
  expect(splitDomainPort("no host")).toEqual(["", ""]);
});
