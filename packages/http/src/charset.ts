// Text to bytes and back in the character sets that HTTP meets, by the names that Python knows them by.

import { TextDecoder } from "node:util";

type NodeEncoding = "utf8" | "latin1" | "ascii" | "utf16le";

const NODE_ENCODINGS: Readonly<Record<string, NodeEncoding>> = {
  "utf-8": "utf8",
  utf8: "utf8",
  "latin-1": "latin1",
  latin1: "latin1",
  "iso-8859-1": "latin1",
  ascii: "ascii",
  "us-ascii": "ascii",
  "utf-16": "utf16le",
  "utf-16le": "utf16le",
};

/** Whether a name stands for UTF-8, the only character set for which strings can be handed to the socket as they are. */
export function isUtf8(charset: string): boolean {
  return charset === "utf-8" || nodeEncoding(charset) === "utf8";
}

/** Whether text in this character set can be read. */
export function isKnownCharset(charset: string): boolean {
  return nodeEncoding(charset) !== undefined || decoderFor(charset) !== undefined;
}

/**
 * Bytes to text; what is no text in the character set becomes U+FFFD.
 *
 * @throws RangeError for a character set that nothing is known of. What a client names is asked for with `isKnownCharset`.
 */
export function decodeText(bytes: Uint8Array, charset: string): string {
  const encoding = nodeEncoding(charset);
  if (encoding === "utf8" || encoding === "latin1") return asBuffer(bytes).toString(encoding);
  if (encoding === "ascii")
    return asBuffer(bytes)
      .toString("latin1")
      .replaceAll(/[\x80-\xff]/g, "\ufffd");
  const decoder = decoderFor(charset);
  if (decoder === undefined) throw new RangeError(`The character set ${JSON.stringify(charset)} is not known.`);
  return decoder.decode(bytes);
}

/**
 * Text to bytes.
 *
 * @throws RangeError for a character that the character set lacks, or a character set that cannot be written.
 */
export function encodeText(text: string, charset: string): Uint8Array {
  const encoding = nodeEncoding(charset);
  if (encoding === "utf8") return Buffer.from(text, "utf8");
  // As Python writes it: little-endian behind a byte order mark, unless the name says which end comes first.
  if (encoding === "utf16le") return Buffer.from((isUtf16(charset) ? "\ufeff" : "") + text, "utf16le");
  return encodeSingleByte(text, charset, encoding);
}

function encodeSingleByte(text: string, charset: string, encoding: NodeEncoding | undefined): Uint8Array {
  const codeOf = encoding === undefined ? reverseTable(charset) : rangeTable(encoding === "ascii" ? 0x80 : 0x100);
  const bytes: number[] = [];
  for (const character of text) {
    const code = codeOf(character);
    if (code === undefined) throw new RangeError(`${JSON.stringify(character)} cannot be written in ${charset}.`);
    bytes.push(code);
  }
  return Uint8Array.from(bytes);
}

type CodeOf = (character: string) => number | undefined;

function rangeTable(end: number): CodeOf {
  return (character) => {
    const code = character.codePointAt(0) ?? end;
    return code < end ? code : undefined;
  };
}

// A single-byte character set is known by what its 256 bytes mean.
function reverseTable(charset: string): CodeOf {
  const decoder = decoderFor(charset);
  const all = decoder?.decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  if (all === undefined || all.length !== 256)
    throw new RangeError(`Text cannot be written in the character set ${JSON.stringify(charset)}: use utf-8.`);
  const codes = new Map(Array.from(all, (character, byte) => [character, byte]));
  return (character) => codes.get(character);
}

function nodeEncoding(charset: string): NodeEncoding | undefined {
  const name = charset.toLowerCase().replaceAll("_", "-");
  return Object.hasOwn(NODE_ENCODINGS, name) ? NODE_ENCODINGS[name] : undefined;
}

function isUtf16(charset: string): boolean {
  return /^utf[-_]16$/i.test(charset);
}

function decoderFor(charset: string): TextDecoder | undefined {
  try {
    return new TextDecoder(charset, { ignoreBOM: !isUtf16(charset) });
  } catch {
    return undefined;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
