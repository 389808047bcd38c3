import { open, readFile, stat } from "node:fs/promises";

import { FileDoesNotExist } from "./errors.ts";
import { File } from "./file.ts";

/** A file on the disk, open for reading. */
export class DiskFile extends File {
  readonly name: string;
  readonly size: number;
  /** The absolute path. */
  readonly path: string;

  constructor(name: string, path: string, size: number) {
    super();
    this.name = name;
    this.path = path;
    this.size = size;
  }

  /** @throws FileDoesNotExist where there is no file at the path. */
  static async open(name: string, path: string): Promise<DiskFile> {
    const found = await stat(path).catch((error: unknown) => {
      throw isMissing(error) ? new FileDoesNotExist(name, { cause: error }) : error;
    });
    if (!found.isFile()) throw new FileDoesNotExist(name);
    return new DiskFile(name, path, found.size);
  }

  override async *chunks(chunkSize: number = File.DEFAULT_CHUNK_SIZE): AsyncGenerator<Uint8Array, void, undefined> {
    const handle = await open(this.path, "r");
    try {
      yield* handle.createReadStream({ highWaterMark: chunkSize, autoClose: false }) as AsyncIterable<Uint8Array>;
    } finally {
      await handle.close();
    }
  }

  override async read(): Promise<Uint8Array> {
    return readFile(this.path);
  }

  override async close(): Promise<void> {
    // The file is open only while it is read.
  }
}

/** Whether an error of the file system says that something is not there. */
export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Whether an error of the file system says that something is there already. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
