// Small uploads stay in memory.

import { UploadHandler, type PassedOn, type UploadInfo } from "./handler.ts";
import { UploadedFile, type UploadedFileOptions } from "./uploaded-file.ts";

/** An uploaded file that is held in memory. Django: `InMemoryUploadedFile`, and `SimpleUploadedFile` for tests. */
export class InMemoryUploadedFile extends UploadedFile {
  #content: Uint8Array;

  constructor(content: Uint8Array, options: UploadedFileOptions) {
    super({ ...options, size: content.byteLength });
    this.#content = content;
  }

  override async *chunks(
    chunkSize: number = UploadedFile.DEFAULT_CHUNK_SIZE,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    for (let start = 0; start < this.#content.byteLength; start += chunkSize)
      yield this.#content.subarray(start, start + chunkSize);
  }

  override async read(): Promise<Uint8Array> {
    return this.#content;
  }

  override async close(): Promise<void> {
    this.#content = new Uint8Array();
  }
}

/**
 * Keeps a file in memory until it is larger than `maxSize`, then passes all of it on. What decides is what arrives, never
 * what the client says. Django: `MemoryFileUploadHandler`.
 */
export class MemoryFileUploadHandler extends UploadHandler {
  readonly #maxSize: number;
  #info: UploadInfo | undefined;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #passesOn = false;

  /** @param maxSize bytes; FILE_UPLOAD_MAX_MEMORY_SIZE for the handlers of the settings. */
  constructor(maxSize: number) {
    super();
    this.#maxSize = maxSize;
  }

  override newFile(info: UploadInfo): void {
    this.#info = info;
    this.#chunks = [];
    this.#size = 0;
    this.#passesOn = false;
  }

  override receiveDataChunk(chunk: Uint8Array): PassedOn {
    if (this.#passesOn) return chunk;
    // A copy: the chunk is a window on a buffer that may be much larger.
    this.#chunks.push(Uint8Array.from(chunk));
    this.#size += chunk.byteLength;
    if (this.#size <= this.#maxSize) return undefined;
    this.#passesOn = true;
    return this.#take();
  }

  override fileComplete(): UploadedFile | undefined {
    if (this.#passesOn || this.#info === undefined) return undefined;
    const { fileName, ...info } = this.#info;
    return new InMemoryUploadedFile(Buffer.concat(this.#take()), { ...info, name: fileName });
  }

  override uploadInterrupted(): void {
    this.#take();
  }

  #take(): Uint8Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    return chunks;
  }
}
