// Reads a multipart/form-data body: fields into memory, files through the upload handlers.

import { TooManyFieldsSent, TooManyFilesSent } from "@tsgo/core/exceptions";
import { MultiValueDict } from "@tsgo/utils/datastructures";
import { parseHeaderParameters } from "@tsgo/utils/http";

import { decodeText } from "../charset.ts";
import { MultiPartParserError } from "../exceptions.ts";
import { httpSettings } from "../http-settings.ts";
import { QueryDict } from "../querydict.ts";
import { tooBig } from "../request/body.ts";
import { sanitizeFileName } from "../uploads/file-name.ts";
import { type UploadHandler, type UploadInfo, SkipFile, StopUpload } from "../uploads/handler.ts";
import { UploadChain } from "../uploads/chain.ts";
import type { UploadedFile } from "../uploads/uploaded-file.ts";
import { decodeBase64 } from "./base64.ts";
import { type Part, type PartHeader, partsOf } from "./part.ts";
import { Segments } from "./segments.ts";

/** What a parser is given. */
export interface MultiPartParserOptions {
  /** The value of the Content-Type header. */
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
  readonly handlers: readonly UploadHandler[];
  /** The character set of the fields; default DEFAULT_CHARSET. */
  readonly encoding?: string;
}

const BOUNDARY = /^[ -~]{0,200}[!-~]$/;
// oxlint-disable-next-line no-control-regex -- the whole of ASCII is meant
const ASCII = /^[\0-\x7f]*$/;

/**
 * Takes one multipart body in. It is read as it comes: no more of it is held than the fields, up to
 * DATA_UPLOAD_MAX_MEMORY_SIZE, and what the upload handlers keep. Django: `MultiPartParser`.
 *
 * @throws MultiPartParserError for a content type that is not multipart/form-data with a boundary.
 */
export class MultiPartParser {
  readonly #segments: Segments;
  readonly #chain: UploadChain;
  readonly #encoding: string;
  readonly #fields: QueryDict;
  readonly #files = new MultiValueDict<UploadedFile>();
  #fieldCount = 0;
  #fileCount = 0;
  #fieldBytes = 0;

  constructor(options: MultiPartParserOptions) {
    this.#segments = new Segments(options.body, boundaryOf(options.contentType));
    this.#chain = new UploadChain(options.handlers);
    this.#encoding = options.encoding ?? httpSettings().DEFAULT_CHARSET;
    this.#fields = new QueryDict("", { mutable: true, encoding: this.#encoding });
  }

  /**
   * Reads the body to its end. A body that breaks off gives what was there.
   *
   * @throws TooManyFieldsSent, TooManyFilesSent and RequestDataTooBig beyond the limits of the settings,
   * MultiPartParserError for a file that says it is base64 and is not; files taken in by then are closed.
   */
  async parse(): Promise<{ fields: QueryDict; files: MultiValueDict<UploadedFile> }> {
    try {
      for await (const part of partsOf(this.#segments)) await this.#take(part);
      await this.#chain.uploadComplete();
    } catch (error) {
      await this.#interrupt();
      // A handler that stops the upload on purpose leaves an empty form, not an error.
      if (!(error instanceof StopUpload)) throw error;
      this.#fields.clear();
    }
    return { fields: this.#fields.freeze(), files: this.#files };
  }

  async #take(part: Part): Promise<void> {
    const disposition = part.headers.get("content-disposition")?.params;
    const name = disposition?.get("name")?.trim();
    const fileName = disposition?.get("filename");
    // Browsers send a file field that was left empty as a file without a name: it counts, and is a field.
    if (fileName !== undefined) this.#countFile();
    if (name === undefined) return;
    if (fileName) await this.#takeFile(name, fileName, part);
    else await this.#takeField(name, part);
  }

  async #takeField(name: string, part: Part): Promise<void> {
    this.#countField();
    // Two more, as if `&` and `=` stood around it: so the limit is that of a form in the other encoding.
    this.#countBytes(Buffer.byteLength(name) + 2);
    const chunks: Buffer[] = [];
    for await (const chunk of part.data) {
      this.#countBytes(chunk.length);
      chunks.push(chunk);
    }
    const raw = Buffer.concat(chunks);
    this.#fields.appendList(name, decodeText(isBase64(part) ? fromBase64(raw) : raw, this.#encoding));
  }

  async #takeFile(fieldName: string, sentName: string, part: Part): Promise<void> {
    const fileName = sanitizeFileName(sentName);
    if (fileName === undefined) return;
    const info = uploadInfo(fieldName, fileName, part.headers);
    try {
      const file = await this.#chain.receive(info, isBase64(part) ? decodeBase64(part.data) : part.data);
      if (file !== undefined) this.#files.appendList(fieldName, file);
    } catch (error) {
      if (!(error instanceof SkipFile)) throw error;
    }
  }

  async #interrupt(): Promise<void> {
    await this.#chain.uploadInterrupted();
    for (const [, files] of this.#files.lists()) await Promise.all(files.map((file) => file.close()));
    this.#files.clear();
  }

  #countField(): void {
    const limit = httpSettings().DATA_UPLOAD_MAX_NUMBER_FIELDS;
    this.#fieldCount += 1;
    if (limit !== null && this.#fieldCount > limit)
      throw new TooManyFieldsSent("The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS.");
  }

  #countFile(): void {
    const limit = httpSettings().DATA_UPLOAD_MAX_NUMBER_FILES;
    this.#fileCount += 1;
    if (limit !== null && this.#fileCount > limit)
      throw new TooManyFilesSent("The number of files exceeded settings.DATA_UPLOAD_MAX_NUMBER_FILES.");
  }

  #countBytes(count: number): void {
    const limit = httpSettings().DATA_UPLOAD_MAX_MEMORY_SIZE;
    this.#fieldBytes += count;
    if (limit !== null && this.#fieldBytes > limit) throw tooBig();
  }
}

function boundaryOf(contentType: string): string {
  if (!contentType.startsWith("multipart/")) throw new MultiPartParserError(`Invalid Content-Type: ${contentType}`);
  if (!ASCII.test(contentType))
    throw new MultiPartParserError(`Invalid non-ASCII Content-Type in multipart: ${contentType}`);
  const boundary = parseHeaderParameters(contentType)[1].get("boundary") ?? "";
  if (!BOUNDARY.test(boundary)) throw new MultiPartParserError(`Invalid boundary in multipart: ${boundary}`);
  return boundary;
}

function uploadInfo(fieldName: string, fileName: string, headers: ReadonlyMap<string, PartHeader>): UploadInfo {
  const type = headers.get("content-type");
  return {
    fieldName,
    fileName,
    contentType: type?.value.trim() ?? "",
    charset: type?.params.get("charset"),
    contentTypeExtra: type?.params ?? new Map(),
  };
}

function isBase64(part: Part): boolean {
  return part.headers.get("content-transfer-encoding")?.value.trim() === "base64";
}

// A field that is no base64 after all is what it is.
function fromBase64(raw: Buffer): Buffer {
  const text = raw.toString("latin1").replaceAll(/[^A-Za-z0-9+/=]+/g, "");
  return text.length % 4 === 0 ? Buffer.from(text, "base64") : raw;
}
