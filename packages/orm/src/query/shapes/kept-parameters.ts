// The parameters of a statement that is kept, made again from the values that its slots have now.

import type { DatabaseWrapper } from "../../backends/base/wrapper.ts";
import { SlotParameter, UNFIT } from "./slots.ts";

/** What every driver takes as it is. */
export function isPlainParameter(value: unknown): boolean {
  return (
    typeof value === "string" ||
    value === null ||
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isFinite(value)) ||
    Buffer.isBuffer(value)
  );
}

export class KeptParameters {
  readonly #fixed: readonly unknown[];
  readonly #slots: readonly (SlotParameter | undefined)[];
  readonly #connection: DatabaseWrapper;

  private constructor(
    fixed: readonly unknown[],
    slots: readonly (SlotParameter | undefined)[],
    connection: DatabaseWrapper,
  ) {
    this.#fixed = fixed;
    this.#slots = slots;
    this.#connection = connection;
  }

  /**
   * The parameters of a compiled statement, `compiled` as the compiler gave them and `finished` as they were sent. Undefined
   * where one of `count` slots has none: its value decided a condition, so that the SQL is for that value only.
   */
  static of(
    compiled: readonly unknown[],
    finished: readonly unknown[],
    count: number,
    connection: DatabaseWrapper,
  ): KeptParameters | undefined {
    const slots = compiled.map((parameter) => (parameter instanceof SlotParameter ? parameter : undefined));
    const seen = new Set(slots.flatMap((slot) => (slot === undefined ? [] : [slot.index])));
    return seen.size === count ? new KeptParameters(finished, slots, connection) : undefined;
  }

  /** The parameters for other values. Undefined where one of them needs other SQL. */
  bind(values: readonly unknown[]): unknown[] | undefined {
    const slots = this.#slots;
    const params: unknown[] = [];
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index];
      if (slot === undefined) {
        params.push(this.#fixed[index]);
        continue;
      }
      const value = slot.bind(values[slot.index]);
      if (value === UNFIT) return undefined;
      params.push(isPlainParameter(value) ? value : this.#connection.operations.adaptUnknown(value));
    }
    return params;
  }
}
