// Functions written for the columns of one query: with the names of properties in their text, the engine gives all rows one
// hidden class and stores each value with a single instruction. Names come from models and from annotations, which are
// checked; only identifiers are ever put into the text. Where code must not be made of strings, loops do the same.

import type { Row } from "../backends/base/wrapper.ts";
import type { Converter } from "../expressions/expression.ts";
import type { ModelBase } from "./model.ts";
import { valuesOf } from "./instances.ts";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A function from its text, or undefined where a name does not fit or the process allows no such functions. */
function compile(names: readonly string[], parameters: readonly string[], body: string): unknown {
  if (names.some((name) => !IDENTIFIER.test(name) || name === "__proto__")) return undefined;
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- see above: nothing but names of properties and numbers is put in
    return new Function(...parameters, body);
  } catch {
    return undefined;
  }
}

/** What puts the columns of a row, from `start` on, under names on an instance. */
export function rowFiller(
  names: readonly string[],
  start: number,
  converters: readonly (Converter | undefined)[],
): (object: ModelBase, row: Row) => void {
  const lines = names.map((name, place) => {
    const index = start + place;
    if (converters[index] === undefined) return `object.${name} = row[${index}];`;
    return `value = row[${index}]; object.${name} = value === null ? null : convert${index}(value);`;
  });
  const used = names.flatMap((_, place) => (converters[start + place] === undefined ? [] : [start + place]));
  const make = compile(
    names,
    ["converters"],
    `${used.map((index) => `const convert${index} = converters[${index}];`).join("\n")}
return (object, row) => {
  let value;
  ${lines.join("\n  ")}
};`,
  ) as ((given: typeof converters) => (object: ModelBase, row: Row) => void) | undefined;
  if (make !== undefined) return make(converters);
  return (object, row) => {
    const values = valuesOf(object);
    for (const [place, name] of names.entries()) {
      const value = row[start + place];
      const convert = converters[start + place];
      values[name] = value === null || convert === undefined ? value : convert(value);
    }
  };
}

/** What makes an object of a row, with these names. */
export function objectMaker(names: readonly string[]): (row: Row) => Record<string, unknown> {
  const made = compile(
    names,
    ["row"],
    `return { ${names.map((name, index) => `${name}: row[${index}]`).join(", ")} };`,
  );
  if (made !== undefined) return made as (row: Row) => Record<string, unknown>;
  return (row) => {
    const values: Record<string, unknown> = {};
    for (const [index, name] of names.entries()) values[name] = row[index];
    return values;
  };
}
