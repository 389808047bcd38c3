import { expect, test } from "vitest";

import { Context } from "./context.ts";

test("a variable is found in the uppermost layer that has it", () => {
  const context = new Context({ user: "ada" });
  context.push({ user: "grace" });
  expect(context.lookup("user")).toBe("grace");
  context.pop();
  expect(context.lookup("user")).toBe("ada");
});

test("a name as Django's templates write it finds the variable in camelCase, unless there is one of that very name", () => {
  const context = new Context({ latestList: [1], other_name: "exact", otherName: "camel" });
  expect(context.lookup("latest_list")).toEqual([1]);
  expect(context.lookup("other_name")).toBe("exact");
  expect(context.lookup("no_such_name")).toBeUndefined();
  expect(context.lookup("True")).toBe(true);
});

test("what every object inherits is no variable", () => {
  expect(new Context({}).lookup("constructor")).toBeUndefined();
  expect(new Context({}).lookup("to_string")).toBeUndefined();
});
