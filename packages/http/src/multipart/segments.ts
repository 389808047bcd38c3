// Cuts a stream of bytes at its boundaries, holding no more than one chunk and a boundary's length.

const [CR, LF] = [0x0d, 0x0a];

/** Steps through what lies before, between and behind the boundaries of a stream. */
export class Segments {
  readonly #input: AsyncIterator<Uint8Array>;
  readonly #separator: Buffer;
  #buffer: Buffer = Buffer.alloc(0);
  #inputEnded = false;
  #finished = false;

  constructor(input: AsyncIterable<Uint8Array>, boundary: string) {
    this.#input = input[Symbol.asyncIterator]();
    this.#separator = Buffer.from(`--${boundary}`, "latin1");
  }

  /** Whether there is another segment; the one before must have been read to its end. */
  get hasNext(): boolean {
    return !this.#finished;
  }

  /** The bytes up to the next boundary, or to the end of the stream, without the line break that belongs to the boundary. */
  async *next(): AsyncGenerator<Buffer, void, undefined> {
    while (true) {
      const index = this.#buffer.indexOf(this.#separator);
      if (index >= 0) {
        const before = withoutLineBreak(this.#buffer.subarray(0, index));
        this.#buffer = this.#buffer.subarray(index + this.#separator.length);
        if (before.length > 0) yield before;
        return;
      }
      const ready = this.#takeAllButTail();
      if (ready.length > 0) yield ready;
      if (this.#inputEnded) {
        this.#finished = true;
        return;
      }
      // oxlint-disable-next-line no-await-in-loop -- each chunk comes after the one before
      await this.#fill();
    }
  }

  // A boundary may begin in this chunk and end in the next.
  #takeAllButTail(): Buffer {
    const kept = this.#inputEnded ? 0 : Math.min(this.#buffer.length, this.#separator.length + 1);
    const end = this.#buffer.length - kept;
    const ready = this.#buffer.subarray(0, end);
    this.#buffer = this.#buffer.subarray(end);
    return ready;
  }

  async #fill(): Promise<void> {
    const step = await this.#input.next();
    if (step.done === true) this.#inputEnded = true;
    else this.#buffer = Buffer.concat([this.#buffer, step.value]);
  }
}

function withoutLineBreak(bytes: Buffer): Buffer {
  let end = bytes.length;
  if (end > 0 && bytes[end - 1] === LF) end -= 1;
  if (end > 0 && bytes[end - 1] === CR) end -= 1;
  return bytes.subarray(0, end);
}
