// What a topic brings: how to run one recorded case against tsgo.

import type { Case, Corpus } from "./corpus.ts";

/** What became of a case. `expected` and `actual` are shown as they are, so make them readable. */
export type Outcome =
  | { readonly status: "passed" }
  | { readonly status: "failed"; readonly expected: unknown; readonly actual: unknown }
  | { readonly status: "skipped"; readonly reason: string };

/** Runs one case. Throwing counts as a failure with the error as the actual value. */
export type Evaluate = (testCase: Case) => Outcome | Promise<Outcome>;

/** One module in `topics/`, named like the file of cases, exports this as `topic`. */
export interface Topic {
  /** Prepares what all cases of the file share (URLconfs, a database), and gives the function that runs one. */
  open(corpus: Corpus): Evaluate | Promise<Evaluate>;
  /** Releases what `open` took. */
  close?(): void | Promise<void>;
}

export const passed: Outcome = { status: "passed" };

/** The outcome of comparing two plain values deeply; `NaN` equals itself, the order of object keys does not count. */
export function compare(actual: unknown, expected: unknown): Outcome {
  return deepEqual(actual, expected) ? passed : { status: "failed", expected, actual };
}

/** A case that is left out, and why. */
export function skipped(reason: string): Outcome {
  return { status: "skipped", reason };
}

function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(b, key) && deepEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}
