// A file for the client.

import { ReadStream, fstatSync, statSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

import type { ResponseOptions } from "./base.ts";
import { contentDispositionHeader } from "./content-disposition.ts";
import { mimeTypeOf } from "./mime-type.ts";
import { StreamingHttpResponse, type StreamingContent } from "./streaming.ts";

/** Where the bytes of a file come from: bytes, an open file, an uploaded file, a stream. */
export type FileSource = Uint8Array | FileHandle | StreamingContent;

/** What a FileResponse can be given besides. */
export interface FileResponseOptions extends ResponseOptions {
  /** Whether the browser saves the file in place of showing it; default false. */
  readonly asAttachment?: boolean;
  /** Its name for the browser; default that of an uploaded file or of a file stream. */
  readonly filename?: string;
}

/**
 * A file, sent as the client takes it. Type, length and name are worked out as far as they can be known. The file is
 * closed with the response. Django: `FileResponse`.
 *
 * @example
 * return new FileResponse(await open("report.pdf"), { asAttachment: true, filename: "report.pdf" });
 */
export class FileResponse extends StreamingHttpResponse {
  constructor(file: FileSource, options: FileResponseOptions = {}) {
    const { asAttachment = false, filename, ...rest } = options;
    super(contentOf(file), rest);
    const name = lastPart(filename || nameOf(file));
    const size = sizeOf(file);
    if (size !== undefined) this.headers.set("Content-Length", size);
    if (!hasContentType(rest)) this.headers.set("Content-Type", mimeTypeOf(name) ?? "application/octet-stream");
    const disposition = contentDispositionHeader(asAttachment, name);
    if (disposition !== undefined) this.headers.set("Content-Disposition", disposition);
  }
}

function contentOf(file: FileSource): StreamingContent {
  if (file instanceof Uint8Array) return [file];
  return isFileHandle(file) ? (file.createReadStream() as AsyncIterable<Uint8Array>) : file;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function nameOf(file: FileSource): string {
  if (file instanceof ReadStream) return String(file.path ?? "");
  return "name" in file && typeof file.name === "string" ? file.name : "";
}

function sizeOf(file: FileSource): number | undefined {
  if (file instanceof Uint8Array) return file.byteLength;
  if (isFileHandle(file)) return fstatSync(file.fd).size;
  if (file instanceof ReadStream) return sizeOfStream(file);
  return "size" in file && typeof file.size === "number" ? file.size : undefined;
}

// What a stream over a part of a file will give is not worked out.
function sizeOfStream(stream: ReadStream & { start?: number; end?: number }): number | undefined {
  const isWhole = stream.start === undefined && (stream.end === undefined || stream.end === Infinity);
  return isWhole ? statSync(stream.path, { throwIfNoEntry: false })?.size : undefined;
}

function isFileHandle(file: FileSource): file is FileHandle {
  return "createReadStream" in file && "fd" in file;
}

function hasContentType({ contentType, headers = {} }: ResponseOptions): boolean {
  return contentType !== undefined || Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
}
