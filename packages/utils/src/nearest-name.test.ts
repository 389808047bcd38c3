import { expect, test } from "vitest";

import { closest, didYouMean } from "./nearest-name.ts";

test.each([
  ["DEBUGG", "DEBUG"],
  ["DATABSES", "DATABASES"],
  ["runsrever", "runserver"],
  ["make_migrations", "makemigrations"],
])("%s was meant to be %s", (word, meant) => {
  expect(closest(word, ["DEBUG", "DATABASES", "runserver", "makemigrations"])).toBe(meant);
});

test("what is nothing like any of them gets no answer", () => {
  expect(closest("zzz", ["DEBUG"])).toBeUndefined();
  expect(closest("x".repeat(100_000), ["x"])).toBeUndefined();
  expect(didYouMean("zzz", ["DEBUG"])).toBe("");
  expect(didYouMean("DEBGU", ["DEBUG"])).toBe(" Did you mean 'DEBUG'?");
});
