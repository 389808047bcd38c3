import { describe, expect, test } from "vitest";

import { NON_FIELD_ERRORS, TsgoError, ValidationError } from "./index.ts";

describe("a ValidationError", () => {
  test("of a text has one message, with its placeholders filled in", () => {
    const error = new ValidationError("%(value)s is %(n)d, not 100%%", { code: "odd", params: { value: "x", n: 3.7 } });
    expect(error.messages).toEqual(["x is 3, not 100%"]);
    expect(error.message).toBe("x is 3, not 100%");
    expect([error.code, error.name]).toEqual(["odd", "ValidationError"]);
    expect(error).toBeInstanceOf(TsgoError);
    expect(error.errorDict).toBeUndefined();
    expect(error.errorList).toEqual([error]);
  });

  test("leaves a text without params as it is, and a placeholder without a value", () => {
    expect(new ValidationError("100%% %(a)s").messages).toEqual(["100%% %(a)s"]);
    expect(new ValidationError("%(a)s %(constructor)s", { params: {} }).messages).toEqual(["%(a)s %(constructor)s"]);
  });

  test("of a list holds them all, flat", () => {
    const inner = new ValidationError(["b", new ValidationError("c", { code: "c" })]);
    const error = new ValidationError(["a", inner, ["d"], { field: ["e"] }]);
    expect(error.messages).toEqual(["a", "b", "c", "d", "e"]);
    expect(error.errorList.map(({ code }) => code)).toEqual(["", "", "c", "", ""]);
    expect([...error]).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("of an object is divided by field", () => {
    const error = new ValidationError({
      title: "too long",
      body: ["empty", new ValidationError("bad", { code: "x" })],
    });
    expect(error.messageDict).toEqual({ title: ["too long"], body: ["empty", "bad"] });
    expect(error.messages).toEqual(["too long", "empty", "bad"]);
    expect([...error]).toEqual([
      ["title", ["too long"]],
      ["body", ["empty", "bad"]],
    ]);
    expect(error.message).toBe("title: too long; body: empty bad");
  });

  test("of another error is like it", () => {
    for (const source of ["a", ["a", "b"], { f: "a" }]) {
      const error = new ValidationError(source);
      const copy = new ValidationError(error);
      expect(copy.equals(error)).toBe(true);
      expect(copy.messages).toEqual(error.messages);
    }
    expect(new ValidationError(new ValidationError("a", { code: "c", params: { x: 1 } }))).toMatchObject({
      code: "c",
      params: { x: 1 },
    });
  });

  test("without fields says so when asked for them", () => {
    expect(() => new ValidationError("a").messageDict).toThrow("not divided by field");
  });

  test("takes a text that is known only when it is read", () => {
    let language = "en";
    const lazy = { toString: () => (language === "en" ? "hello" : "hallo") };
    // What has a class of its own is a text, and no list of fields.
    const error = new ValidationError(Object.assign(Object.create({ toString: () => "" }) as object, lazy));
    language = "de";
    expect(error.messages).toEqual(["hallo"]);
  });

  test("adds its errors to those of a form", () => {
    const errors: Record<string, ValidationError[]> = {};
    new ValidationError({ title: "a" }).updateErrorDict(errors);
    new ValidationError({ title: "b", ["__proto__"]: "c" }).updateErrorDict(errors);
    new ValidationError("d").updateErrorDict(errors);
    expect(errors["title"]?.map(({ message }) => message)).toEqual(["a", "b"]);
    expect(errors[NON_FIELD_ERRORS]?.map(({ message }) => message)).toEqual(["d"]);
    expect(Object.keys(errors)).toEqual(["title", "__proto__", NON_FIELD_ERRORS]);
    expect(Object.getPrototypeOf(errors)).toBe(Object.prototype);
  });

  test("equals one that says the same in another order", () => {
    const a = new ValidationError([new ValidationError("x", { code: "1" }), "y"]);
    const b = new ValidationError(["y", new ValidationError("x", { code: "1" })]);
    expect(a.equals(b)).toBe(true);
    expect(a.equals(new ValidationError(["y", "x"]))).toBe(false);
    expect(new ValidationError({ f: ["a", "b"], g: "c" }).equals(new ValidationError({ g: "c", f: ["b", "a"] }))).toBe(
      true,
    );
    expect(new ValidationError("a", { params: { p: 1 } }).equals(new ValidationError("a", { params: { p: 2 } }))).toBe(
      false,
    );
    expect(a.equals("y")).toBe(false);
  });
});
