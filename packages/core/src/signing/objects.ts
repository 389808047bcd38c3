// Values as JSON in base 64, perhaps compressed.

import { deflateSync, inflateSync } from "node:zlib";

import { b64Decode, b64Encode } from "./encoding.ts";
import { SignedValueTooLarge } from "./errors.ts";

/** How a value is packed. */
export interface ObjectOptions {
  /** Whether to compress it where that makes it shorter. */
  readonly compress?: boolean | undefined;
}

/** A few kilobytes can hold gigabytes; no signed value is larger than this when it is unpacked. */
const MAX_UNPACKED = 16 * 1024 * 1024;

/** JSON in base 64; a dot before it says that it is compressed. */
export function packObject(value: unknown, { compress = false }: ObjectOptions = {}): string {
  const json = Buffer.from(asciiJson(value));
  const compressed = compress ? deflateSync(json) : json;
  return compressed.length < json.length - 1 ? `.${b64Encode(compressed)}` : b64Encode(json);
}

/** The value of a packed text whose signature has been checked. */
export function unpackObject(packed: string): unknown {
  const isCompressed = packed.startsWith(".");
  const bytes = b64Decode(isCompressed ? packed.slice(1) : packed);
  return JSON.parse(Buffer.from(isCompressed ? inflate(bytes) : bytes).toString("utf8"));
}

function inflate(bytes: Uint8Array): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_UNPACKED });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw new SignedValueTooLarge(MAX_UNPACKED);
    throw error;
  }
}

// Python writes JSON in ASCII, and the signature is made of what was written.
function asciiJson(value: unknown): string {
  return JSON.stringify(value ?? null).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => String.raw`\u` + character.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}
