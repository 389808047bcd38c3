import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { tempProject } from "../testdata/temp-project.ts";
import { environmentWithoutDotenv, loadDotenv, quoteForDotenv } from "./dotenv.ts";
import { env } from "./env.ts";

let before: NodeJS.ProcessEnv;
beforeEach(() => {
  before = { ...process.env };
});
afterEach(() => {
  process.env = before;
});

describe("NODE-63: values in .env mean what they say", () => {
  test.each(["False", "false", "FALSE", "0", "off", "no", "", '" false "'])("DEBUG=%s is false", (text) => {
    loadDotenv(tempProject({ ".env": `DEBUG=${text}\n` }));
    expect(env.boolean("DEBUG", true)).toBe(false);
  });

  test.each(["true", "1", "on", "YES"])("DEBUG=%s is true", (text) => {
    loadDotenv(tempProject({ ".env": `DEBUG=${text}\n` }));
    expect(env.boolean("DEBUG", false)).toBe(true);
  });

  test.each(["flase", "truee", "2", "nope"])("DEBUG=%s is an error, and not true", (text) => {
    loadDotenv(tempProject({ ".env": `DEBUG=${text}\n` }));
    expect(() => env.boolean("DEBUG", false)).toThrow("must be true or false");
  });

  test("nothing is run or expanded", () => {
    const root = tempProject({ ".env": "A=$(touch pwned)\nB=`touch pwned`\nC=${PATH}\nD=$PATH\n" });
    loadDotenv(root);
    expect([env("A"), env("B"), env("C"), env("D")]).toEqual(["$(touch pwned)", "touch pwned", "${PATH}", "$PATH"]);
    expect(existsSync(join(root, "pwned"))).toBe(false);
  });

  test.each([
    "plain",
    "two\nlines",
    "a # b",
    'say "hi"',
    "it's",
    "a$b${c}",
    "`x`",
    " space ",
    "a\\nb",
    "\"'",
    "#",
    "=",
    "",
  ])("%j reads back equal", (value) => {
    loadDotenv(tempProject({ ".env": `BEFORE=1\nVALUE=${quoteForDotenv(value)}\nAFTER=2\n` }));
    expect(env("VALUE")).toBe(value);
    expect([env("BEFORE"), env("AFTER")]).toEqual(["1", "2"]);
  });

  test("a value that the format cannot hold is refused when it is written", () => {
    expect(() => quoteForDotenv("'\"`")).toThrow(RangeError);
  });

  test("the environment wins over the file", () => {
    process.env["NODE63"] = "real";
    loadDotenv(tempProject({ ".env": "NODE63=file\n" }));
    expect(env("NODE63")).toBe("real");
  });

  test("a second definition is reported with both lines", () => {
    const root = tempProject({ ".env": "A=1\nB='x\nA=not a definition\n'\nexport A=2\n" });
    expect(() => {
      loadDotenv(root);
    }).toThrow(/\.env:5: 'A' is defined already in line 1/);
  });
});

test("a built project takes the .env of the folder above it", () => {
  const root = tempProject({ ".env": "ABOVE=1\n", "dist/manage.js": "" });
  loadDotenv(join(root, "dist"));
  expect(env("ABOVE")).toBe("1");
});

test("a child process can be given the environment without the file's part of it", () => {
  process.env["NODE63_REAL"] = "1";
  loadDotenv(tempProject({ ".env": "NODE63_FILE=1\n" }));
  const child = environmentWithoutDotenv();
  expect(child["NODE63_REAL"]).toBe("1");
  expect(child["NODE63_FILE"]).toBeUndefined();
});

describe("env", () => {
  test("gives defaults where a variable is missing, and says what is missing where there is none", () => {
    expect(env("NODE63_MISSING", "x")).toBe("x");
    expect(env.list("NODE63_MISSING", [])).toEqual([]);
    process.env["SECRET_KEYY"] = "x";
    delete process.env["SECRET_KEY"];
    expect(() => env("SECRET_KEY")).toThrow("'SECRET_KEY' is not set. Put it into .env. Did you mean 'SECRET_KEYY'?");
  });

  test("reads numbers, lists and JSON", () => {
    Object.assign(process.env, { N: "-1.5e3", L: " a, b ,c", E: " ", J: '{"a":[1]}', BAD: "12px" });
    expect(env.number("N")).toBe(-1500);
    expect(env.list("L")).toEqual(["a", "b", "c"]);
    expect(env.list("E")).toEqual([]);
    expect(env.json("J")).toEqual({ a: [1] });
    expect(() => env.number("BAD")).toThrow("'BAD' must be a number, not \"12px\"");
    expect(() => env.json("BAD")).toThrow("'BAD' must be JSON");
  });
});
