import type { Generator } from "../compiler/generator.ts";
import type { TagArguments } from "./tag-arguments.ts";

/** The code for an object with the values of a tag's arguments. */
export function argumentsCode(generator: Generator, { positional, further, keywords }: TagArguments): string {
  const list = (expressions: TagArguments["positional"]): string =>
    `[${expressions.map((one) => (one === undefined ? "undefined" : generator.argument(one))).join(",")}]`;
  const pairs = Array.from(keywords, ([name, value]) => `[${JSON.stringify(name)}]:${generator.argument(value)}`);
  return `{positional:${list(Array.from(positional))},further:${list(further)},keywords:{${pairs.join(",")}}}`;
}
