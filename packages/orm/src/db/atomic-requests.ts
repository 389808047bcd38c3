// Views in transactions: the setting ATOMIC_REQUESTS.

import { connections } from "./connections.ts";
import { atomic } from "./transaction.ts";

/** The aliases for which a view does without. On the view itself, so that wrappers that copy its properties copy this. */
const EXEMPT = Symbol.for("tsgo.db.nonAtomicRequests");

type AnyFunction = (...args: never[]) => unknown;
type Marked = { readonly [EXEMPT]?: ReadonlySet<string> };

/**
 * Leaves a view out of ATOMIC_REQUESTS: it runs without a transaction around it, and may use `atomic` as it likes. Given a database it
 * makes a decorator that leaves it out for that one alone. Answers to `transaction.non_atomic_requests`.
 *
 * @example
 * export const importCsv = nonAtomicRequests(async (request: HttpRequest) => { ... });
 * export const report = nonAtomicRequests({ using: "archive" })(async (request: HttpRequest) => { ... });
 */
export function nonAtomicRequests<V extends AnyFunction>(view: V): V;
export function nonAtomicRequests(options: { readonly using: string }): <V extends AnyFunction>(view: V) => V;
export function nonAtomicRequests(target: AnyFunction | { readonly using: string }): unknown {
  if (typeof target === "function") return exempted(target, "default");
  return (view: AnyFunction) => exempted(view, target.using);
}

function exempted(view: AnyFunction, alias: string): AnyFunction {
  const exempt = new Set([...((view as Marked)[EXEMPT] ?? []), alias]);
  return Object.assign(view, { [EXEMPT]: exempt });
}

/**
 * Calls a view by `call`, in a transaction on each database whose ATOMIC_REQUESTS is on. What it throws undoes them; what becomes of its response
 * afterwards - rendering, the body of a stream - is outside of them. The handler of the server uses it.
 */
export function atomicView<T>(view: object, call: () => T | Promise<T>): T | Promise<T> {
  const exempt = (view as Marked)[EXEMPT];
  return connections.aliases
    .filter((alias) => connections.get(alias).settings.ATOMIC_REQUESTS === true && exempt?.has(alias) !== true)
    .reduce<() => T | Promise<T>>((inner, using) => () => atomic(inner, { using }), call)();
}
