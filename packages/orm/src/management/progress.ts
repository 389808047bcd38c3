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
    const total = this.#total ?? 0;
    const [of, part] = total === 0 ? ["", ""] : [` of ${total}`, ` (${Math.floor((done / total) * 100)} %)`];
    this.#write(`\r${done}${of} ${this.#noun}${part}`);
  }

  /** Takes the line away. */
  end(): void {
    this.#write("\r\u001B[K");
  }

  #write(text: string): void {
    this.#output?.write(text, { ending: "", paint: plain });
  }
}

// On stderr everything else is an error, and has its colour.
function plain(text: string): string {
  return text;
}
