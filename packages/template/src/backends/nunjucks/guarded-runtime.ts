// The part of nunjucks that templates reach values through, made so that it leads to data and nowhere else.

import { isSafe } from "@tsgo/utils/safestring";

import { isUnreachable, isUnreachableOnFunction } from "../../runtime/unreachable.ts";

/** The functions of nunjucks' runtime that compiled templates call, as far as they are replaced here. */
export interface NunjucksRuntime {
  readonly SafeString: new (text: string) => object;
  memberLookup(owner: unknown, name: unknown): unknown;
  contextOrFrameLookup(context: NunjucksContext, frame: NunjucksFrame, name: string): unknown;
  callWrap(fn: unknown, name: string, context: unknown, args: unknown[]): unknown;
}

interface NunjucksContext {
  readonly ctx: object;
  readonly env: { readonly globals: object };
}

interface NunjucksFrame {
  lookup(name: string): unknown;
}

const SAFE = Symbol.for("tsgo.safe");

/**
 * A copy of the runtime in which members of the machinery behind values are not found, and in which texts that tsgo
 * knows to be safe are safe to nunjucks as well.
 */
export function guardRuntime<R extends NunjucksRuntime>(runtime: R): R {
  const known = (value: unknown): unknown => (isSafe(value) ? new runtime.SafeString(value.value) : value);
  return {
    ...runtime,
    memberLookup: (owner: unknown, name: unknown) =>
      isReachable(owner, name) ? known(runtime.memberLookup(owner, name)) : undefined,
    contextOrFrameLookup: (context: NunjucksContext, frame: NunjucksFrame, name: string) => {
      const inFrame = frame.lookup(name);
      if (inFrame !== undefined) return known(inFrame);
      const owner = [context.ctx, context.env.globals].find((one) => Object.hasOwn(one, name));
      return owner === undefined ? undefined : known((owner as Record<string, unknown>)[name]);
    },
    callWrap: (fn: unknown, name: string, context: unknown, args: unknown[]) =>
      known(runtime.callWrap(fn, name, context, args)),
  };
}

/** Lets the Django language know nunjucks' safe strings. */
export function brandSafeString(runtime: NunjucksRuntime): void {
  const prototype = runtime.SafeString.prototype as object;
  if (Object.hasOwn(prototype, SAFE)) return;
  Object.defineProperty(prototype, SAFE, { value: true });
  Object.defineProperty(prototype, "value", {
    get(this: { val: string }) {
      return this.val;
    },
  });
}

function isReachable(owner: unknown, name: unknown): boolean {
  if (typeof name === "number") return true;
  if (typeof name !== "string" || owner === null || owner === undefined) return false;
  if (typeof owner === "function") {
    if (isUnreachableOnFunction(name)) return false;
  } else if (isUnreachable(name)) return typeof owner === "object" && Object.hasOwn(owner, name);
  const found: unknown = (owner as Record<string, unknown>)[name];
  const isInherited = found === (Object.prototype as Record<string, unknown>)[name];
  return !isInherited || Object.hasOwn(Object(owner) as object, name);
}
