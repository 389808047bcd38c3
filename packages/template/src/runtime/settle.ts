// Waiting for values that are not there yet, without making a promise for those that are.
//
// A compiled template is a generator. It runs to its end in one go unless it meets a value that must be awaited; only
// then it yields, and goes on when the value has come.

/** Text, or a promise of it where something on the way had to be awaited. */
export type Rendered = string | Promise<string>;

/** A compiled template at work. It yields what it waits for. */
export type Rendering = Generator<unknown, string, unknown>;

/** Whether a value has a `then` of its own, not one that somebody put on Object.prototype. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== "object" || value === null) return false;
  const then: unknown = (value as { then?: unknown }).then;
  return typeof then === "function" && then !== (Object.prototype as { then?: unknown }).then;
}

function isAsyncIterable(value: object): value is AsyncIterable<unknown> {
  return typeof (value as { [Symbol.asyncIterator]?: unknown })[Symbol.asyncIterator] === "function";
}

/** Whether a value must be awaited before it can be used. */
export function isPending(value: unknown): value is object {
  return typeof value === "object" && value !== null && (isThenable(value) || isAsyncIterable(value));
}

/**
 * The value that a promise or QuerySet gives, or all values of an async iterable as an array. Undefined, which stands
 * for a missing variable, where it fails with an error that asks for silence.
 */
export async function settle(pending: unknown): Promise<unknown> {
  try {
    const value: unknown = isThenable(pending) ? await pending : await collect(pending);
    return value === undefined ? null : value;
  } catch (error) {
    if (isSilent(error)) return undefined;
    throw error;
  }
}

async function collect(pending: unknown): Promise<unknown> {
  if (typeof pending !== "object" || pending === null || !isAsyncIterable(pending)) return pending;
  const items: unknown[] = [];
  for await (const item of pending) items.push(item);
  return items;
}

/** Whether an error says of itself that a template prints nothing for it. Django: `silent_variable_failure`. */
export function isSilent(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "silentVariableFailure" in error &&
    error.silentVariableFailure === true
  );
}

/** Runs a rendering to its end: at once where nothing is awaited. */
export function run(rendering: Rendering): Rendered {
  const step = rendering.next();
  return step.done === true ? step.value : resume(rendering, step.value);
}

async function resume(rendering: Rendering, first: unknown): Promise<string> {
  let pending = first;
  for (;;) {
    let step: IteratorResult<unknown, string>;
    try {
      const value: unknown = await pending;
      step = rendering.next(value);
    } catch (error) {
      // What `next` itself throws comes here too; a generator that has ended throws it again.
      step = rendering.throw(error);
    }
    if (step.done === true) return step.value;
    pending = step.value;
  }
}

/** Calls `cleanUp` after a rendering, whether it ends at once, later, or with an error. */
export function finallyDo(render: () => Rendered, cleanUp: () => void): Rendered {
  let rendered: Rendered;
  try {
    rendered = render();
  } catch (error) {
    cleanUp();
    throw error;
  }
  if (typeof rendered !== "string") return rendered.finally(cleanUp);
  cleanUp();
  return rendered;
}
