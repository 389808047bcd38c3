// The module in which a built project keeps the code of its templates.

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { PARAMETERS } from "../compiler/function-code.ts";
import { memberCode } from "../compiler/member-function.ts";
import { type CodeRecord, type PrecompiledCode, keyOf, usePrecompiled } from "../compiler/precompiled.ts";

const FILE = "compiled-templates.mjs";

/** Writes code into the folder of a built project. Gives the path. */
export function writePrecompiled(folder: string, { codes, members }: CodeRecord): string {
  const path = join(folder, FILE);
  const functions = Array.from(codes, (code) => `["${keyOf(code)}",function*(${PARAMETERS.join(",")}){${code}}]`);
  const factories = Array.from(members, (name) => `[${JSON.stringify(name)},function(L,OP){${memberCode(name)}}]`);
  const text = [
    "// Templates as JavaScript, written by `node manage build`.",
    `export const functions = new Map([\n${functions.join(",\n")}\n]);`,
    `export const members = new Map([\n${factories.join(",\n")}\n]);\n`,
  ];
  writeFileSync(path, text.join("\n"));
  return path;
}

/** Takes the code of a built project in use. A project that was not built has none, and compiles as it goes. */
export async function loadPrecompiled(folder: string): Promise<void> {
  const path = join(folder, FILE);
  usePrecompiled(existsSync(path) ? ((await import(pathToFileURL(path).href)) as PrecompiledCode) : undefined);
}
