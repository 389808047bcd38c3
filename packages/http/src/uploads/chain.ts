// The upload handlers of a request in a row.

import { StopFutureHandlers, type UploadHandler, type UploadInfo } from "./handler.ts";
import type { UploadedFile } from "./uploaded-file.ts";

/** Leads the data of each file through the handlers. */
export class UploadChain {
  readonly #handlers: readonly UploadHandler[];
  readonly #chunkSize: number;

  constructor(handlers: readonly UploadHandler[]) {
    this.#handlers = handlers;
    this.#chunkSize = Math.min(...handlers.map(({ chunkSize }) => chunkSize), 2 ** 31 - 4);
  }

  /** Takes one file in, and gives what the first handler made of it that made something. */
  async receive(info: UploadInfo, data: AsyncIterable<Uint8Array>): Promise<UploadedFile | undefined> {
    const active = await this.#begin(info);
    const positions = active.map(() => 0);
    for await (const large of data)
      for (const chunk of slices(large, this.#chunkSize)) await passOn(active, positions, 0, chunk);
    for (const [index, handler] of active.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- a later one is asked only where the earlier gave nothing
      const file = await handler.fileComplete(positions[index] ?? 0);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  async uploadComplete(): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- in their order
    for (const handler of this.#handlers) await handler.uploadComplete();
  }

  async uploadInterrupted(): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- in their order
    for (const handler of this.#handlers) await handler.uploadInterrupted();
  }

  async #begin(info: UploadInfo): Promise<readonly UploadHandler[]> {
    for (const [index, handler] of this.#handlers.entries()) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one may keep the file from the next
        await handler.newFile(info);
      } catch (error) {
        if (!(error instanceof StopFutureHandlers)) throw error;
        return this.#handlers.slice(0, index + 1);
      }
    }
    return this.#handlers;
  }
}

async function passOn(
  handlers: readonly UploadHandler[],
  positions: number[],
  index: number,
  chunk: Uint8Array,
): Promise<void> {
  const handler = handlers[index];
  if (handler === undefined) return;
  const start = positions[index] ?? 0;
  positions[index] = start + chunk.byteLength;
  const passed = await handler.receiveDataChunk(chunk, start);
  if (passed === undefined) return;
  const pieces = passed instanceof Uint8Array ? [passed] : passed;
  // oxlint-disable-next-line no-await-in-loop -- in the order of the data
  for (const piece of pieces) await passOn(handlers, positions, index + 1, piece);
}

function* slices(bytes: Uint8Array, size: number): Generator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size);
}
