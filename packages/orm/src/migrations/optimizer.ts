// Makes a list of operations shorter without changing what it does.

import type { Operation } from "./operations/operation.ts";

/**
 * Merges operations until nothing more can be merged: a field that is added and then altered is added as it ends.
 * Answers to `MigrationOptimizer.optimize`.
 */
export function optimizeOperations(operations: readonly Operation[], appLabel: string): readonly Operation[] {
  let current = operations;
  for (;;) {
    const shorter = optimizeOnce(current, appLabel);
    if (shorter.length === current.length && shorter.every((operation, index) => operation === current[index]))
      return current;
    current = shorter;
  }
}

/** Makes the first merge that is possible. */
function optimizeOnce(operations: readonly Operation[], appLabel: string): readonly Operation[] {
  for (const [index, operation] of operations.entries()) {
    // Whether this operation may move right past all that it has met so far.
    let movable = true;
    for (const [offset, other] of operations.slice(index + 1).entries()) {
      const result = operation.reduce(other, appLabel);
      if (typeof result === "boolean") {
        movable &&= result;
        continue;
      }
      const between = operations.slice(index + 1, index + 1 + offset);
      const rest = operations.slice(index + offset + 2);
      const before = operations.slice(0, index);
      if (movable) return [...before, ...between, ...result, ...rest];
      if (between.every((step) => step.reduce(other, appLabel) === true))
        return [...before, ...result, ...between, ...rest];
      break;
    }
  }
  return operations;
}
