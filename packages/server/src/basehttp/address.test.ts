import { describe, expect, test } from "vitest";

import { listenError, parseAddress } from "./address.ts";
import { run } from "./run.ts";

describe("the address of runserver", () => {
  test.each([
    [undefined, false, { host: "127.0.0.1", port: 8080, ipv6: false }],
    [undefined, true, { host: "::1", port: 8080, ipv6: true }],
    ["7000", false, { host: "127.0.0.1", port: 7000, ipv6: false }],
    ["7000", true, { host: "::1", port: 7000, ipv6: true }],
    ["0.0.0.0:8000", false, { host: "0.0.0.0", port: 8000, ipv6: false }],
    ["[2001:0db8:1234:5678::9]:7000", false, { host: "2001:0db8:1234:5678::9", port: 7000, ipv6: true }],
    ["test.domain.local:7000", false, { host: "test.domain.local", port: 7000, ipv6: false }],
    ["localhost:0", true, { host: "localhost", port: 0, ipv6: true }],
  ])("%j, --ipv6 %j", (text, ipv6, expected) => {
    expect(parseAddress(text, ipv6)).toEqual(expected);
  });

  test.each(["7654321", "70000", "port", "1.2.3:x", "::1:8000", "localhost:", ":8000", "-1", ""])(
    "%j is refused",
    (text) => {
      expect(() => parseAddress(text, false)).toThrow(/is not a valid port number/);
    },
  );

  test("an IPv4 address is no address for --ipv6", () => {
    expect(() => parseAddress("127.0.0.1:8000", true)).toThrow("'127.0.0.1' is not a valid IPv6 address.");
  });
});

test.each([
  ["EADDRINUSE", "already in use"],
  ["EACCES", "no permission"],
  ["EADDRNOTAVAIL", "no such address"],
  ["ENOTFOUND", "no such address"],
])("%s is said in one line", (code, words) => {
  const { message } = listenError(Object.assign(new Error("listen"), { code }), { host: "::1", port: 80, ipv6: true });
  expect(message).toContain("[::1]:80");
  expect(message).toContain(words);
  expect(message).not.toContain("\n");
});

test("run serves until it is told to stop, and says when the port is taken", async () => {
  const stop = new AbortController();
  let port = 0;
  const listening = new Promise<void>((resolve) => {
    const served = run("127.0.0.1", 0, (_message, reply) => reply.end("hi"), {
      signal: stop.signal,
      onListening: (actual) => {
        port = actual;
        resolve();
      },
    });
    void served.then(() => (port = -1));
  });
  await listening;
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hi");
  await expect(run("127.0.0.1", port, () => undefined)).rejects.toThrow(
    `Cannot serve at 127.0.0.1:${port}: that port is already in use.`,
  );
  stop.abort();
});
