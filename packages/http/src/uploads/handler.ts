// What takes uploaded files in.

import type { UploadedFile } from "./uploaded-file.ts";

/** What is known of a file before its data arrives. The client says it: nothing of it is to be believed. */
export interface UploadInfo {
  readonly fieldName: string;
  /** A bare name: no folders, no control characters. */
  readonly fileName: string;
  /** Empty where the client gave none. */
  readonly contentType: string;
  readonly charset: string | undefined;
  /** The parameters of the content type. */
  readonly contentTypeExtra: ReadonlyMap<string, string>;
}

/** Data that a handler leaves to the next one: none, a chunk, or several. */
export type PassedOn = void | Uint8Array | readonly Uint8Array[];

/**
 * Takes uploaded files in, one after the other; several handlers stand in a row, and each gets the data that the one
 * before passes on. Django: `FileUploadHandler`.
 *
 * @example
 * class Quota extends UploadHandler {
 *   #bytes = 0;
 *   override receiveDataChunk(chunk: Uint8Array) {
 *     this.#bytes += chunk.byteLength;
 *     if (this.#bytes > LIMIT) throw new StopUpload();
 *     return chunk;
 *   }
 *   override fileComplete() { return undefined; }
 * }
 */
export abstract class UploadHandler {
  /** No chunk that this handler gets is larger; the smallest of all handlers counts. */
  readonly chunkSize: number = 64 * 1024;

  /** A file begins. Throw StopFutureHandlers to keep it from the handlers behind, SkipFile to leave it out. */
  newFile(_info: UploadInfo): void | Promise<void> {}

  /** Takes data of the file in; what it returns goes to the next handler. `start` is where the chunk lies in the file. */
  abstract receiveDataChunk(chunk: Uint8Array, start: number): PassedOn | Promise<PassedOn>;

  /** The file has ended: gives it, or undefined to leave it to the handlers behind. */
  abstract fileComplete(size: number): UploadedFile | undefined | Promise<UploadedFile | undefined>;

  /** The whole form has been read. */
  uploadComplete(): void | Promise<void> {}

  /** The form could not be read to its end: whatever was begun is to be dropped. */
  uploadInterrupted(): void | Promise<void> {}
}

/** Thrown by a handler to leave the file out. Django: `SkipFile`. */
export class SkipFile extends Error {
  override readonly name = "SkipFile";
}

/** Thrown by a handler to end the upload: the form is empty, and there is no error. Django: `StopUpload`. */
export class StopUpload extends Error {
  override readonly name = "StopUpload";
}

/** Thrown by `newFile` to keep the file from the handlers behind. Django: `StopFutureHandlers`. */
export class StopFutureHandlers extends Error {
  override readonly name = "StopFutureHandlers";
}
