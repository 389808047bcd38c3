// For code that is asynchronous only where something in its way is: a promise for nothing costs every request.

/** A value, or a promise of it. */
export type Awaitable<T> = T | Promise<T>;

/** Whether a value has to be awaited. */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Calls `use` with a value: at once, or when it is there. */
export function whenThere<T, R>(value: Awaitable<T>, use: (value: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? value.then(use) : use(value);
}

/** `try { return make() } catch (error) { return recover(error) }`, waiting only where `make` gives a promise. */
export function recovering<T>(make: () => Awaitable<T>, recover: (error: unknown) => Awaitable<T>): Awaitable<T> {
  try {
    const value = make();
    return isPromise(value) ? value.catch(recover) : value;
  } catch (error) {
    return recover(error);
  }
}

/** A promise of what `make` gives at once or later, and of the error that it throws: `async` without a detour. */
export function settled<T>(make: () => Awaitable<T>): Promise<T> {
  try {
    const value = make();
    return isPromise(value) ? value : Promise.resolve(value);
  } catch (error) {
    return Promise.reject(error);
  }
}
