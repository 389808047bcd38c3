import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";

import { scaledDecimal } from "./decimal.ts";
import { JsonEncodeError, encodeJson } from "./json.ts";
import { markSafe } from "./safestring.ts";

class User {
  password = "secret";
}

function fail(): never {
  throw new Error("no");
}

describe("values that JSON can say", () => {
  test.each([
    [{ a: [1, "x", true, null, undefined], b: undefined }, '{"a":[1,"x",true,null,null]}'],
    [new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 678)), '"2024-01-02T03:04:05.678Z"'],
    [new Date(0), '"1970-01-01T00:00:00Z"'],
    [Temporal.PlainDate.from("2024-01-02"), '"2024-01-02"'],
    [Temporal.PlainTime.from("03:04:05.678901"), '"03:04:05.678"'],
    [Temporal.ZonedDateTime.from("2024-01-02T03:04:05+01:00[Europe/Berlin]"), '"2024-01-02T03:04:05+01:00"'],
    [Temporal.Duration.from({ hours: 24, seconds: 5 }), '"P1DT00H00M05S"'],
    [Temporal.Duration.from({ milliseconds: -1500 }), '"-P0DT00H00M01.500000S"'],
    [scaledDecimal("1.50"), '"1.50"'],
    [markSafe("<b>"), '"<b>"'],
    [new Map([["a", new Set([1])]]), '{"a":[1]}'],
    [{ toJSON: () => ({ shown: 1 }) }, '{"shown":1}'],
    [JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
  ])("%o is %s", (value, json) => {
    expect(encodeJson(value)).toBe(json);
  });

  test("can be laid out", () => {
    expect(encodeJson({ a: 1 }, { indent: 1 })).toBe('{\n "a": 1\n}');
  });
});

describe("values that JSON cannot say", () => {
  test.each([
    [{ a: [0, NaN] }, '["a"][1]'],
    [{ a: -Infinity }, '["a"]'],
    [[new Date(NaN)], "[0]"],
    [{ a: () => 1 }, '["a"]'],
    [{ a: Symbol("x") }, '["a"]'],
    [{ a: Buffer.from("x") }, '["a"]'],
    [{ user: new User() }, "User"],
    [new Map([[{}, 1]]), "the top"],
    [undefined, "the top"],
  ])("NODE-17: %o is an error that names the place", (value, place) => {
    expect(() => encodeJson(value)).toThrow(JsonEncodeError);
    expect(() => encodeJson(value)).toThrow(place);
  });

  test("NODE-17: bigints beyond 2^53 are strings, -0 is 0", () => {
    expect(encodeJson([3n, 2n ** 70n, -0])).toBe('[3,"1180591620717411303424",0]');
  });

  test("NODE-17: a circle, a getter that throws and a toJSON that throws name the place", () => {
    const circle: { self?: unknown } = {};
    circle.self = [circle];
    expect(() => encodeJson({ circle })).toThrow('A circle cannot be written as JSON at ["circle"]["self"][0].');
    const getter = Object.defineProperty({}, "x", { enumerable: true, get: fail });
    expect(() => encodeJson([getter])).toThrow('[0]["x"]');
    expect(() => encodeJson({ a: { toJSON: fail } })).toThrow('["a"]');
  });

  test("NODE-17: nesting without end is an error, not the end of the stack", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(() => encodeJson(deep)).toThrow(JsonEncodeError);
  });

  test("one thing that stands in two places is no circle", () => {
    const shared = { a: 1 };
    expect(encodeJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });
});
