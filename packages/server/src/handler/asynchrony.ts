import type { MiddlewareSource } from "@tsgo/middleware";

const AsyncFunction = (async () => undefined).constructor;

/** Whether a function was written as `async`. One that merely returns a promise cannot be told before it is called. */
export function isAsync(fn: unknown): boolean {
  return typeof fn === "function" && fn.constructor === AsyncFunction;
}

/** Whether a middleware may make requests wait: a class with an `async` phase, or a factory, of which nothing is known. */
export function mayWait({ middleware }: MiddlewareSource): boolean {
  const prototype: unknown = middleware.prototype;
  if (typeof prototype !== "object" || prototype === null) return true;
  const methods = Object.getOwnPropertyDescriptors(prototype);
  return Object.values(methods).some(({ value }) => isAsync(value));
}
