import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { expect, test } from "vitest";

import { createConnection } from "../../db/connections.ts";

test("NODE-23: options that weaken the quoting of values are refused by name", () => {
  const options = {
    charset: "gbk",
    multipleStatements: true,
    flags: ["MULTI_STATEMENTS"],
    stringifyObjects: false,
    namedPlaceholders: true,
    charsetNumber: 28,
  };
  for (const [name, value] of Object.entries(options)) {
    const connect = (): unknown =>
      createConnection("default", { ENGINE: "mysql", NAME: "x", OPTIONS: { [name]: value } });
    expect(connect).toThrow(ImproperlyConfigured);
    expect(connect).toThrow(name);
  }
  expect(() =>
    createConnection("default", { ENGINE: "mysql", NAME: "x", OPTIONS: { charset: "utf8mb4", connectTimeout: 3 } }),
  ).not.toThrow();
});
