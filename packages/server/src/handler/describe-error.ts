import { inspect } from "node:util";

/**
 * An Error for whatever was thrown: itself, or one that says what it was. JavaScript can throw anything, also
 * what throws again when it is looked at; nothing here does.
 */
export function describeError(thrown: unknown): Error {
  try {
    if (thrown instanceof Error && typeof thrown.message === "string" && typeof thrown.stack === "string")
      return thrown;
    return new Error(`Something that is no error was thrown: ${inspect(thrown, { depth: 1, customInspect: false })}`, {
      cause: thrown,
    });
  } catch {
    return new Error("Something was thrown that cannot even be looked at.");
  }
}
