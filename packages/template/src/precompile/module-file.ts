// The module in which a built project keeps the code of its templates.

import { accessSync, constants, rmSync, writeFileSync } from "node:fs";
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
  // Templates may hold what is not for everyone on the machine; a file that is there would keep its mode.
  rmSync(path, { force: true });
  writeFileSync(path, text.join("\n"), { mode: 0o600 });
  return path;
}

/**
 * Takes the code of a built project in use. A project that was not built has none, and one that another user built keeps
 * it from this one: both compile as they go.
 */
export async function loadPrecompiled(folder: string): Promise<void> {
  const path = join(folder, FILE);
  usePrecompiled(canRead(path) ? ((await import(pathToFileURL(path).href)) as PrecompiledCode) : undefined);
}

function canRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
