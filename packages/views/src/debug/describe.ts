import { inspect } from "node:util";

// A value that fills a screen says no more than its beginning.
const MAX_LENGTH = 2000;

/** A value as a developer wants to read it. Never throws, whatever getters or proxies the value consists of. */
export function describeValue(value: unknown): string {
  try {
    // A class's own way of showing itself is code of the project, and may be what failed.
    const text =
      typeof value === "string"
        ? value
        : inspect(value, { depth: 4, customInspect: false, maxArrayLength: 50, breakLength: 100 });
    return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}… (${text.length} characters)` : text;
  } catch (error) {
    return `(cannot be shown: ${error instanceof Error ? error.name : typeof error})`;
  }
}
