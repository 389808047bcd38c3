// A file that came with a form.

import { File } from "@tsgo/storage";

import { decodeText, isKnownCharset } from "../charset.ts";
import type { UploadInfo } from "./handler.ts";
import { uploadedFileName } from "./file-name.ts";

/** What an uploaded file is made from; only the name is needed. */
export interface UploadedFileOptions extends Partial<Omit<UploadInfo, "fileName">> {
  readonly name: string;
  /** Bytes. */
  readonly size?: number;
}

/**
 * A file that a client sent. The name is bare and has at most 255 bytes; name, content type and character set are what the
 * client claims. Django: `UploadedFile`.
 *
 * @throws SuspiciousFileOperation for a name of which nothing is left without its folders.
 *
 * @example
 * const avatar = (await request.FILES).get("avatar");
 * for await (const chunk of avatar?.chunks() ?? []) hash.update(chunk);
 */
export abstract class UploadedFile extends File {
  readonly fieldName: string | undefined;
  /** Empty where the client gave none. */
  readonly contentType: string;
  readonly charset: string | undefined;
  readonly contentTypeExtra: ReadonlyMap<string, string>;
  /** Bytes. */
  readonly size: number;
  #name: string;

  constructor(options: UploadedFileOptions) {
    super();
    this.#name = uploadedFileName(options.name);
    this.fieldName = options.fieldName;
    this.contentType = options.contentType ?? "";
    this.charset = options.charset;
    this.contentTypeExtra = options.contentTypeExtra ?? new Map();
    this.size = options.size ?? 0;
  }

  /** A bare file name. */
  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = uploadedFileName(name);
  }

  /** The content as text in the character set that the client claims, or UTF-8; what is no text becomes U+FFFD. */
  override async text(): Promise<string> {
    const charset = this.charset !== undefined && isKnownCharset(this.charset) ? this.charset : "utf-8";
    return decodeText(await this.read(), charset);
  }
}
