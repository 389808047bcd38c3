// A file, wherever its content is.

/**
 * A name and content that can be read from the beginning as often as one likes. What storages give, and what they take: an upload
 * is one, too. Django: `File`.
 *
 * @example
 * for await (const chunk of file) hash.update(chunk);
 */
export abstract class File implements AsyncIterable<Uint8Array> {
  /** Bytes in a chunk where nothing else is asked for. */
  static readonly DEFAULT_CHUNK_SIZE: number = 64 * 1024;

  abstract readonly name: string;
  /** Bytes. */
  abstract readonly size: number;

  /** The content in pieces of at most `chunkSize` bytes, from the beginning each time. */
  abstract chunks(chunkSize?: number): AsyncIterable<Uint8Array>;

  /** The whole content. */
  abstract read(): Promise<Uint8Array>;

  /** Releases what holds the content. */
  abstract close(): Promise<void>;

  /** The whole content as text in UTF-8; what is no text becomes U+FFFD. */
  async text(): Promise<string> {
    return Buffer.from(await this.read()).toString("utf8");
  }

  /** Whether it is more than one chunk. */
  multipleChunks(chunkSize: number = File.DEFAULT_CHUNK_SIZE): boolean {
    return this.size > chunkSize;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.chunks()[Symbol.asyncIterator]();
  }

  toString(): string {
    return this.name;
  }
}

/** A file that waits on the disk for somebody to take it over. Uploads of some size are such. */
export interface TemporaryFile {
  /** Where the content is. */
  temporaryFilePath(): string;
}

/** Whether the content of a file lies in a temporary file. */
export function isTemporary(file: File): file is File & TemporaryFile {
  return "temporaryFilePath" in file && typeof file.temporaryFilePath === "function";
}

/** A file made of what the program has at hand. Django: `ContentFile`. */
export class ContentFile extends File {
  readonly name: string;
  readonly size: number;
  readonly #content: Uint8Array;

  /** @param content Bytes, or a text that is written in UTF-8. */
  constructor(content: string | Uint8Array, name = "") {
    super();
    this.#content = typeof content === "string" ? Buffer.from(content) : content;
    this.name = name;
    this.size = this.#content.byteLength;
  }

  override async *chunks(chunkSize: number = File.DEFAULT_CHUNK_SIZE): AsyncGenerator<Uint8Array, void, undefined> {
    for (let start = 0; start < this.size; start += chunkSize) yield this.#content.subarray(start, start + chunkSize);
  }

  override async read(): Promise<Uint8Array> {
    return this.#content;
  }

  override async close(): Promise<void> {
    // It holds nothing that the system would miss.
  }
}
