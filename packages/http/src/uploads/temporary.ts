// Large uploads wait in temporary files.

import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { type FileHandle, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type UploadInfo, UploadHandler } from "./handler.ts";
import { UploadedFile, type UploadedFileOptions } from "./uploaded-file.ts";

// Paths of temporary files that nobody has removed yet, for the end of the process.
const left = new Set<string>();

/** An uploaded file that waits on the disk. `close()` removes it. Django: `TemporaryUploadedFile`. */
export class TemporaryUploadedFile extends UploadedFile {
  readonly #path: string;

  /** @param path of a file that belongs to this object from now on. */
  constructor(path: string, options: UploadedFileOptions) {
    super(options);
    this.#path = path;
  }

  /** Where the content is. Who moves it away may: `close()` does not mind. */
  temporaryFilePath(): string {
    return this.#path;
  }

  override async *chunks(
    chunkSize: number = UploadedFile.DEFAULT_CHUNK_SIZE,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const handle = await open(this.#path, "r");
    try {
      yield* handle.createReadStream({ highWaterMark: chunkSize, autoClose: false }) as AsyncIterable<Uint8Array>;
    } finally {
      await handle.close();
    }
  }

  override async read(): Promise<Uint8Array> {
    return readFile(this.#path);
  }

  override async close(): Promise<void> {
    await removeTemporary(this.#path);
  }
}

/** Writes each file to a temporary file of its own, which no other user can read. Django: `TemporaryFileUploadHandler`. */
export class TemporaryFileUploadHandler extends UploadHandler {
  readonly #folder: string;
  #info: UploadInfo | undefined;
  #open: { readonly path: string; readonly handle: FileHandle } | undefined;

  /** @param folder FILE_UPLOAD_TEMP_DIR for the handlers of the settings; default the system's. */
  constructor(folder: string = tmpdir()) {
    super();
    this.#folder = folder;
  }

  override newFile(info: UploadInfo): void {
    this.#info = info;
  }

  // The file is made when data comes: a handler in front may have kept it all.
  override async receiveDataChunk(chunk: Uint8Array, start: number): Promise<void> {
    this.#open ??= await createTemporary(this.#folder);
    await this.#open.handle.write(chunk, 0, chunk.byteLength, start);
  }

  override async fileComplete(size: number): Promise<UploadedFile | undefined> {
    if (this.#info === undefined) return undefined;
    const { path, handle } = this.#open ?? (await createTemporary(this.#folder));
    this.#open = undefined;
    await handle.close();
    const { fileName, ...info } = this.#info;
    return new TemporaryUploadedFile(path, { ...info, name: fileName, size });
  }

  override async uploadInterrupted(): Promise<void> {
    const begun = this.#open;
    this.#open = undefined;
    if (begun === undefined) return;
    await begun.handle.close();
    await removeTemporary(begun.path);
  }
}

/** Makes a file that no other process has open or can guess; it is removed when the process ends at the latest. */
export async function createTemporary(
  folder: string,
  name: string = randomBytes(16).toString("hex"),
): Promise<{ path: string; handle: FileHandle }> {
  const path = join(folder, `${name}.upload`);
  // Exclusive: a link that somebody put there is not followed.
  const handle = await open(path, "wx", 0o600);
  if (left.size === 0) process.once("exit", removeAll);
  left.add(path);
  return { path, handle };
}

async function removeTemporary(path: string): Promise<void> {
  await rm(path, { force: true });
  left.delete(path);
  if (left.size === 0) process.off("exit", removeAll);
}

function removeAll(): void {
  for (const path of left) rmSync(path, { force: true });
}
