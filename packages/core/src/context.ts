// What belongs to one request but not on the request: active language, time zone, transaction.

import { AsyncLocalStorage } from "node:async_hooks";

import { isPromise } from "@tsgo/utils/awaitable";

type Bindings = Map<symbol, unknown>;

/** What all copies of this module in a process share. */
interface State {
  readonly storage: AsyncLocalStorage<Bindings>;
  /** What holds where nothing runs in a context (a script, the shell): `set` has the whole process for its scope. */
  readonly outside: Bindings;
  /** Whether requests are handled here, so that nothing set from now on may have the whole process for its scope. */
  serving: boolean;
  /** Whether a request gets its context at once, or when it first needs one. */
  eager: boolean;
}

// A published package can be present twice in a process; both copies must see the same request.
const KEY = Symbol.for("tsgo.context");
type Shared = typeof globalThis & { [KEY]?: State };
const shared: Shared = globalThis;
const state = (shared[KEY] ??= {
  storage: new AsyncLocalStorage(),
  outside: new Map(),
  serving: false,
  // From Node 24 on a context costs next to nothing. Before, the first one slows down everything asynchronous in the
  // process, by a fifth of what a small request takes.
  eager: Number.parseInt(process.versions.node, 10) >= 24,
});
const { storage, outside } = state;

/** A value that each request, and each `run`, has for itself. */
export interface ContextVar<T> {
  /** The value in force here, or undefined where none was set. */
  get(): T | undefined;
  /** Calls `fn` with `value` in force, for all that it calls and awaits; what is outside does not see it. */
  run<R>(value: T | undefined, fn: () => R): R;
  /** Puts `value` in force for the rest of the running context: the request, or the innermost `run`. */
  set(value: T | undefined): void;
  /**
   * Puts `value` in force for all that runs in no context, and for the contexts that begin there from now on. For the hooks of a test runner,
   * whose tests run elsewhere; never for what belongs to a request.
   */
  setOutside(value: T | undefined): void;
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
      if (state.serving) isolateRequest();
      (storage.getStore() ?? outside).set(key, value);
    },
    setOutside: (value) => {
      outside.set(key, value);
    },
  };
}

/** Calls `fn` in a context of its own, so that nothing `set` in it is seen outside: a request, a task. */
export function runInContext<R>(fn: () => R): R {
  return storage.run(new Map(storage.getStore() ?? outside), fn);
}

/**
 * Handles a request: like `runInContext`, but as long as all requests are answered synchronously and set nothing, none
 * gets a context, since it could make no difference. What is about to become asynchronous calls `isolateRequest`.
 */
export function runRequest<R>(fn: () => R): R {
  const caller = storage.getStore();
  if (state.eager || caller !== undefined) return storage.run(new Map(caller ?? outside), fn);
  state.serving = true;
  try {
    const result = fn();
    if (isPromise(result)) state.eager = true;
    return result;
  } finally {
    // The request may have got its context on the way, and whoever called is not in it.
    if (storage.getStore() !== undefined) storage.enterWith(undefined as unknown as Bindings);
  }
}

/** Gives the running request its context if it has none yet, and all later requests theirs from the start. */
export function isolateRequest(): void {
  state.eager = true;
  if (storage.getStore() === undefined) storage.enterWith(new Map(outside));
}

/** Gives every request its context from the start: for handlers whose middleware may be asynchronous. */
export function isolateRequests(): void {
  state.eager = true;
}
