import { readFileSync } from "node:fs";
import { inspect } from "node:util";

import { describe, expect, test } from "vitest";

import { schema } from "./schema/index.ts";

// The reference is written by hand from here on; this keeps it from falling behind.
describe("docs/ref/settings.md", () => {
  const page = readFileSync(new URL("../../../../docs/ref/settings.md", import.meta.url), "utf8");
  const sections = new Map(page.split("\n### ").map((section) => [section.slice(0, section.indexOf("\n")), section]));

  test.each(Object.entries(schema))("tells of %s and its default", (name, { default: value }) => {
    const shown = inspect(value, { depth: null, breakLength: Infinity, maxArrayLength: null, compact: 100 });
    expect(sections.get(name)).toContain(name === "LANGUAGES" ? "every language" : `Default: \`${shown}\``);
  });

  test("tells of no setting that there is not", () => {
    const names = [...sections.keys()].slice(1);
    expect(names.filter((name) => !Object.hasOwn(schema, name))).toEqual([]);
  });
});
