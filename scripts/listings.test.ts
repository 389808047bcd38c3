import { expect, test } from "vitest";

import { listingsOf, withChecks } from "./listings.ts";

test("fences are found with their words, their code and their line", () => {
  const page = ["# Title", "```ts run", "const a = 1;", "```", "- item", "  ```console", "  $ ls", "  ```"].join("\n");
  expect(listingsOf(page)).toEqual([
    { info: ["ts", "run"], code: "const a = 1;", line: 3 },
    { info: ["console"], code: "$ ls", line: 7 },
  ]);
});

test("a line that tells its value becomes a check, other comments stay", () => {
  expect(withChecks("add(1, 2); // => 3\n// => not this\nadd(1, 2); // plain")).toBe(
    '__check(await (add(1, 2)), "3");\n// => not this\nadd(1, 2); // plain',
  );
});
