import { expect, test } from "vitest";

import { applyEdit, missingLine, stepsOf } from "./tutorial.ts";

test("a page is a list of files, edits and commands", () => {
  const page = [
    "```ts file=polls/views.ts",
    "const a = 1;",
    "```",
    "```diff file=mysite/urls.ts",
    " [",
    "+  1,",
    "```",
    "```console",
    "$ node manage shell",
    "> 1 + 1",
    "2",
    "$ cd mysite",
    "```",
    "```ts",
    "// for the reader",
    "```",
  ].join("\n");
  expect(stepsOf(page)).toEqual([
    { kind: "file", path: "polls/views.ts", text: "const a = 1;\n", line: 2 },
    { kind: "edit", path: "mysite/urls.ts", diff: [" [", "+  1,"], line: 5 },
    { kind: "command", command: "node manage shell", typed: ["1 + 1"], prints: ["2"], line: 9 },
    { kind: "command", command: "cd mysite", typed: [], prints: [], line: 12 },
  ]);
});

test("an edit puts its lines behind the ones that it shows, and takes out those that it strikes", () => {
  const text = ["a = [", "  1,", "  2,", "];", ""].join("\n");
  expect(applyEdit(text, [" a = [", "-  1,", "+  0,", "   2,", "+  3,", " ];"])).toBe("a = [\n  0,\n  2,\n  3,\n];\n");
  expect(() => applyEdit(text, [" b = [", "+  1,"])).toThrow("b = [");
});

test("the output has the lines of the page in their order, with dots for what may differ", () => {
  const output = "Applying 0001_initial... OK\nTook 0.123 s\nDone\n";
  expect(missingLine(output, ["Took ... s", "Done"])).toBeUndefined();
  expect(missingLine(output, ["Applying 0001_initial... OK", "...", "Done"])).toBeUndefined();
  expect(missingLine(output, ["Done", "Took ... s"])).toBe("Took ... s");
});
