// Code that `node manage build` compiled ahead. It is found by the code itself, of which its key is a hash: whatever
// changes what a template becomes - its text, an option, a library, tsgo - changes the key, and nothing stale is found.

import { createHash } from "node:crypto";

import type { CodeFunction } from "./function-code.ts";
import type { MemberFactory } from "./member-function.ts";

/** What the module that `build` writes exports. */
export interface PrecompiledCode {
  readonly functions: ReadonlyMap<string, CodeFunction>;
  readonly members: ReadonlyMap<string, MemberFactory>;
}

let inUse: PrecompiledCode | undefined;

/** Looks code up in what was compiled ahead from now on; undefined compiles everything here again. */
export function usePrecompiled(code: PrecompiledCode | undefined): void {
  inUse = code;
}

/** Whether there is code that was compiled ahead. */
export function hasPrecompiled(): boolean {
  return inUse !== undefined;
}

/** The function of a code, where it was compiled ahead. */
export function precompiledFunction(code: string): CodeFunction | undefined {
  return inUse?.functions.get(keyOf(code));
}

/** What makes the function that reads a member, where it was compiled ahead. */
export function precompiledMember(name: string): MemberFactory | undefined {
  return inUse?.members.get(name);
}

/** The key of a code. */
export function keyOf(code: string): string {
  return createHash("sha256").update(code).digest("base64url");
}

/** Codes of functions, and names of members, that were made. */
export interface CodeRecord {
  readonly codes: Set<string>;
  readonly members: Set<string>;
}

let record: CodeRecord | undefined;

/** Calls `fn`, and gives all code that was made in the meantime. */
export function recordCode(fn: () => void): CodeRecord {
  const made: CodeRecord = { codes: new Set(), members: new Set() };
  record = made;
  try {
    fn();
  } finally {
    record = undefined;
  }
  return made;
}

/** The record that is being made, if one is. */
export function currentRecord(): CodeRecord | undefined {
  return record;
}
