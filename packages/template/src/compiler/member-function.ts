// Functions that read a member of any value, one for each name.

import { isOrdinaryName, lookup } from "../runtime/lookup.ts";
import { currentRecord, precompiledMember } from "./precompiled.ts";

/** Reads one member of a value. */
export type MemberFunction = (owner: unknown) => unknown;

/** Makes a member function from `lookup` and Object.prototype. */
export type MemberFactory = (L: typeof lookup, OP: typeof Object.prototype) => MemberFunction;

// Names come from templates, and those can come from users: what is remembered has a limit.
const MOST_REMEMBERED = 5000;
const known = new Map<string, MemberFunction>();

/** The function that reads the member of a name; made once in the life of a process. */
export function memberFunction(name: string): MemberFunction {
  if (isOrdinaryName(name)) currentRecord()?.members.add(name);
  const made = known.get(name);
  if (made !== undefined) return made;
  const fn = isOrdinaryName(name) && known.size < MOST_REMEMBERED ? compile(name) : byLookup(name);
  if (known.size < MOST_REMEMBERED) known.set(name, fn);
  return fn;
}

function byLookup(name: string): MemberFunction {
  return (owner) => lookup(owner, name);
}

function compile(name: string): MemberFunction {
  const make =
    precompiledMember(name) ??
    // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- of the template only JSON comes into the code
    (new Function("L", "OP", memberCode(name)) as MemberFactory);
  return make(lookup, Object.prototype);
}

/**
 * The body of a member factory. Most members are plain properties of plain data: reading those in a function that names
 * them lets the JavaScript engine remember where the property lies. Everything else goes to `lookup`.
 */
export function memberCode(name: string): string {
  const key = JSON.stringify(name);
  return (
    `return function(o){if(typeof o==="object"&&o!==null&&o.get===undefined){const v=o[${key}];` +
    `if(v!==undefined&&typeof v!=="function"&&OP[${key}]===undefined)return v}return L(o,${key})}`
  );
}
