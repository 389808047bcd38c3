import { describe, expect, test } from "vitest";

import { NotSupportedError } from "../exceptions.ts";
import { MysqlOperations } from "./mysql/operations.ts";
import { PostgresqlOperations } from "./postgresql/operations.ts";
import { SqliteOperations } from "./sqlite/operations.ts";

const NAMES = [
  "SUMMARY true) SELECT 1; --",
  'opt"ion',
  "o'ption",
  "op`tion",
  "opti on",
  "option--",
  "optio\tn",
  "o\nption",
  "option;",
  "你 好",
  "option[",
  "option]",
];

describe.each([
  ["SQLite", new SqliteOperations()],
  ["PostgreSQL", new PostgresqlOperations()],
  ["MariaDB", new MysqlOperations()],
])("explain on %s", (_name, operations) => {
  test("CVE-2022-28347: takes the options and formats of the database alone", () => {
    for (const name of NAMES)
      expect(() => operations.explainPrefix(undefined, { [name]: true })).toThrow(NotSupportedError);
    for (const format of ["text) SELECT 1; --", "'", "json;", "x"])
      expect(() => operations.explainPrefix(format, {})).toThrow(NotSupportedError);
  });
});

test("CVE-2022-28347: the value of an option is true or false", () => {
  const prefix = new PostgresqlOperations().explainPrefix("json", { analyze: "true) SELECT 1; --", verbose: true });
  expect(prefix).toBe("EXPLAIN (FORMAT JSON, ANALYZE false, VERBOSE true)");
});
