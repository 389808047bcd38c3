// Finds what `a.b` means in a template: an entry of a mapping, a property, the result of a method, an item of a list.

import { isPlainObject } from "@tsgo/utils/text-form";

import { toCamelCase } from "../parser/camel-case.ts";
import { pythonAttribute } from "./python-attributes.ts";
import { isSilent, isThenable } from "./settle.ts";
import { isUnreachable, isUnreachableOnFunction } from "./unreachable.ts";

// Methods of the language that change what they are called on. Name and length alone would let them be called.
const ALTERING_METHODS: readonly (readonly [prototype: object, names: readonly string[]])[] = [
  [Array.prototype, ["pop", "shift", "push", "unshift", "reverse", "sort", "splice"]],
  [Map.prototype, ["clear", "delete", "set"]],
  [Set.prototype, ["clear", "delete", "add"]],
];
const ALTERING: ReadonlySet<unknown> = new Set(
  ALTERING_METHODS.flatMap(([prototype, names]) =>
    names.map((name): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.value),
  ),
);

type Callable = (this: unknown) => unknown;

/** Whether a name can be read as a plain property without the checks of `lookup`. */
export function isOrdinaryName(name: string): boolean {
  return !isUnreachable(name) && name !== "length" && !THENABLE_METHODS.has(name);
}

const THENABLE_METHODS = new Set(["then", "catch", "finally"]);

/**
 * What a name means on a value, or undefined where it means nothing. What has to be awaited comes as a promise.
 */
export function lookup(owner: unknown, name: string): unknown {
  if (owner === null || owner === undefined) return undefined;
  if (typeof owner !== "object" && typeof owner !== "function") return primitiveAttribute(owner, name);
  const found = find(owner, name);
  if (typeof found === "function") return callMethod(found as Callable, owner, name);
  if (found === undefined && isThenable(owner)) return lookupLater(owner, name);
  return found;
}

async function lookupLater(owner: PromiseLike<unknown>, name: string): Promise<unknown> {
  return lookup(await owner, name);
}

function find(owner: object, name: string): unknown {
  const found = findExactly(owner, name);
  if (found !== undefined) return found;
  const camelCase = toCamelCase(name);
  return (camelCase === name ? undefined : findExactly(owner, camelCase)) ?? pythonAttribute(owner, name);
}

function findExactly(owner: object, name: string): unknown {
  const entry = mappingEntry(owner, name);
  return entry === undefined ? property(owner, name) : entry;
}

interface MappingLike {
  has(key: unknown): unknown;
  get(key: unknown): unknown;
}

function isMappingLike(owner: object): owner is MappingLike {
  const { get, has } = owner as { get?: unknown; has?: unknown };
  return typeof get === "function" && typeof has === "function";
}

function mappingEntry(owner: object, name: string): unknown {
  if (!isMappingLike(owner)) return undefined;
  if (owner.has(name) === true) return owner.get(name) ?? null;
  return /^\d+$/.test(name) && owner.has(Number(name)) === true ? (owner.get(Number(name)) ?? null) : undefined;
}

function property(owner: object, name: string): unknown {
  const isOwn = Object.hasOwn(owner, name);
  if (typeof owner === "function" ? isUnreachableOnFunction(name) : !isOwn && isUnreachable(name)) return undefined;
  if (THENABLE_METHODS.has(name) && isThenable(owner)) return undefined;
  const value: unknown = (owner as Record<string, unknown>)[name];
  if (value === undefined) return isOwn ? null : undefined;
  // Whatever somebody put on Object.prototype does not count either.
  return isOwn || value !== (Object.prototype as Record<string, unknown>)[name] ? value : undefined;
}

function callMethod(method: Callable, owner: object, name: string): unknown {
  return isAltering(owner, name) ? undefined : call(method, owner);
}

// A subclass that overrides `delete` need not repeat that it alters data.
function isAltering(owner: object, name: string): boolean {
  if (isPlainObject(owner)) return false;
  const key = Object.hasOwn(owner, name) || name in owner ? name : toCamelCase(name);
  for (let at: unknown = owner; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    const method: unknown = Object.getOwnPropertyDescriptor(at, key)?.value;
    if (typeof method === "function" && altersData(method)) return true;
  }
  return false;
}

function altersData(method: object): boolean {
  return ALTERING.has(method) || hasFlag(method, "altersData");
}

function hasFlag(value: object, flag: string): boolean {
  return Object.hasOwn(value, flag) && (value as Record<string, unknown>)[flag] === true;
}

/** What stands for a function in a template: its result, or itself where it says so. Undefined where it needs arguments. */
export function callFunction(value: unknown): unknown {
  return typeof value === "function" ? call(value as Callable, undefined) : value;
}

function call(method: Callable, owner: unknown): unknown {
  if (hasFlag(method, "doNotCallInTemplates") || isClass(method)) return method;
  if (altersData(method) || method.length > 0) return undefined;
  try {
    const result = method.call(owner);
    return result === undefined ? null : result;
  } catch (error) {
    if (isSilent(error)) return undefined;
    throw error;
  }
}

// The `prototype` of a class cannot be replaced, that of a function can.
function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
}

function primitiveAttribute(owner: unknown, name: string): unknown {
  if (typeof owner !== "string") return undefined;
  if (name === "length") return codePoints(owner).length;
  return /^\d+$/.test(name) ? codePoints(owner)[Number(name)] : pythonAttribute(owner, name);
}

function codePoints(text: string): readonly string[] | string {
  return /[\ud800-\udbff]/.test(text) ? Array.from(text) : text;
}

/** What data a value has under a name: nothing is called, and functions are not looked for. */
export function readData(owner: object, name: string): unknown {
  return findExactly(owner, name) ?? findExactly(owner, toCamelCase(name));
}
