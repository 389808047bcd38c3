// What belongs to one request but not on the request: active language, time zone, transaction.

import { AsyncLocalStorage } from "node:async_hooks";

type Bindings = Map<symbol, unknown>;

// A published package can be present twice in a process; both copies must see the same request.
const KEY = Symbol.for("tsgo.context");
type Shared = typeof globalThis & { [KEY]?: AsyncLocalStorage<Bindings> };
const shared: Shared = globalThis;
const storage = (shared[KEY] ??= new AsyncLocalStorage<Bindings>());

// Where nothing runs in a context (a script, the shell), `set` has the whole process for its scope.
const outside: Bindings = new Map();

/** A value that each request, and each `run`, has for itself. */
export interface ContextVar<T> {
  /** The value in force here, or undefined where none was set. */
  get(): T | undefined;
  /** Calls `fn` with `value` in force, for all that it calls and awaits; what is outside does not see it. */
  run<R>(value: T | undefined, fn: () => R): R;
  /** Puts `value` in force for the rest of the running context: the request, or the innermost `run`. */
  set(value: T | undefined): void;
}

/**
 * Makes a variable of the running context.
 *
 * @example
 * const language = contextVar<string>("language");
 * language.run("de", () => language.get()); // "de"
 */
export function contextVar<T>(name: string): ContextVar<T> {
  const key = Symbol.for(`tsgo.context.${name}`);
  return {
    get: () => (storage.getStore() ?? outside).get(key) as T | undefined,
    run: (value, fn) => storage.run(new Map(storage.getStore() ?? outside).set(key, value), fn),
    set: (value) => {
      (storage.getStore() ?? outside).set(key, value);
    },
  };
}

/** Calls `fn` in a context of its own, so that nothing `set` in it is seen outside: a request, a task. */
export function runInContext<R>(fn: () => R): R {
  return storage.run(new Map(storage.getStore() ?? outside), fn);
}
