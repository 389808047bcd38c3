// The JavaScript that a template or block becomes: the body of one generator function, and the constants it needs.
// Whatever comes from the template enters the code as JSON, or not at all.

import type { Context } from "../context/context.ts";
import type { BlockPlace } from "../runtime/blocks.ts";
import { type Rendered, type Rendering, run } from "../runtime/settle.ts";
import { currentRecord, precompiledFunction } from "./precompiled.ts";
import { runtime } from "./runtime.ts";

/** A compiled template or block. It can be run any number of times. */
export type CompiledFunction = (context: Context, block: BlockPlace | undefined) => Rendered;

/** The code of a template or block as a function: `r` is the runtime, `k` the constants. */
export type CodeFunction = (
  r: typeof runtime,
  k: readonly unknown[],
  c: Context,
  b: BlockPlace | undefined,
) => Rendering;

/** The names of the parameters in code. */
export const PARAMETERS = ["r", "k", "c", "b"] as const;
const GeneratorFunction = Object.getPrototypeOf(function* generator() {
  yield;
}).constructor as new (...code: readonly string[]) => CodeFunction;

/** Code with the constants that it names. */
export interface FunctionCode {
  readonly code: string;
  readonly constants: readonly unknown[];
}

/** Makes the function of a code. */
export function makeFunction({ code, constants }: FunctionCode): CompiledFunction {
  currentRecord()?.codes.add(code);
  const fn = precompiledFunction(code) ?? new GeneratorFunction(...PARAMETERS, code);
  return (context, block) => run(fn(runtime, constants, context, block));
}

/** The declarations of what a code uses: functions of the runtime, and constants. */
export function declarations(code: string, constants: readonly unknown[]): string {
  const used = new Set(code.match(/\b[A-Z]+(?=\()/g));
  // The handler of errors, which is rarely needed, is not looked up ahead.
  used.delete("BL");
  const names: string[] = [];
  for (const name of used) if (Object.hasOwn(runtime, name)) names.push(`${name}=r.${name}`);
  for (let index = 0; index < constants.length; index += 1) names.push(`k${index}=k[${index}]`);
  return names.length === 0 ? "" : `const ${names.join(",")};`;
}
