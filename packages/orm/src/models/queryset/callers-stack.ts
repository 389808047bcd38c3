// The line that awaited a queryset, in the stack of its error.

/**
 * Throws an error with whoever waits for it in its stack. `await queryset` calls its `then` from a job of its own, so that an error that is made
 * there knows nothing of the function with the `await`; the job that hands the error on does.
 */
export function rethrowWithCallers(error: unknown): never {
  if (error instanceof Error && error.stack !== undefined) {
    const trace = { stack: "" };
    Error.captureStackTrace(trace, rethrowWithCallers);
    const known = error.stack;
    const callers = trace.stack.split("\n").filter((line) => /^\s+at /.test(line) && !known.includes(line));
    if (callers.length > 0) error.stack = [known, ...callers].join("\n");
  }
  throw error;
}
