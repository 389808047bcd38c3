// How far a long command is, on a line that is written over again and again.

import type { OutputWrapper } from "@tsgo/core/management";

const INTERVAL_MS = 100;

/** Shows progress on a terminal, and nothing elsewhere. */
export class ProgressLine {
  readonly #output: OutputWrapper | undefined;
  readonly #total: number | undefined;
  readonly #noun: string;
  #next = 0;

  /** `total` is undefined where nobody knows the end. */
  constructor(output: OutputWrapper, noun: string, total?: number) {
    this.#output = output.isTTY ? output : undefined;
    this.#noun = noun;
    this.#total = total;
  }

  /** Says how much is done. */
  show(done: number): void {
    if (this.#output === undefined || Date.now() < this.#next) return;
    this.#next = Date.now() + INTERVAL_MS;
    const of =
      this.#total === undefined || this.#total === 0
        ? ""
        : ` of ${this.#total} (${Math.floor((done / this.#total) * 100)} %)`;
    this.#output.write(`\r${done}${of} ${this.#noun}`, { ending: "" });
  }

  /** Takes the line away. */
  end(): void {
    this.#output?.write("\r\u001B[K", { ending: "" });
  }
}
