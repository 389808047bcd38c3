// The path and the query out of the target of a request line.

import { unquoteToBytes } from "@tsgo/utils/urls";

/** A target in its parts, still percent-encoded; `authority` only where a client sent an absolute URL. */
export interface TargetParts {
  readonly path: string;
  readonly query: string;
  readonly authority: string | undefined;
}

const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

/** Splits a target. What a client sends behind `#`, which no honest one does, is part of what it stands in. */
export function splitTarget(target: string): TargetParts {
  const absolute = target.startsWith("/") ? null : ABSOLUTE.exec(target);
  const local = absolute === null ? target : target.slice(absolute[0].length);
  const mark = local.indexOf("?");
  return {
    path: mark < 0 ? local : local.slice(0, mark),
    query: mark < 0 ? "" : local.slice(mark + 1),
    authority: absolute?.[1],
  };
}

const PLAIN = /^[!-$&-~]*$/;
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The text of a percent-encoded path. Bytes that are no UTF-8 stay as escapes, and so do broken escapes: a path never
 * fails, it just is not found.
 */
export function decodePath(path: string): string {
  if (PLAIN.test(path)) return path;
  const bytes = unquoteToBytes(Buffer.from(path, "latin1"));
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return withEscapes(bytes);
  }
}

// Text where the bytes are text, and an escape for every byte that is none.
function withEscapes(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    text += length > 0 ? strictUtf8.decode(bytes.subarray(i, i + length)) : escapeByte(bytes[i] ?? 0);
    i += Math.max(length, 1);
  }
  return text;
}

function sequenceLength(bytes: Uint8Array, start: number): number {
  const first = bytes[start] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  try {
    strictUtf8.decode(bytes.subarray(start, start + length));
    return Math.min(length, bytes.length - start);
  } catch {
    return 0;
  }
}

function escapeByte(byte: number): string {
  return `%${byte.toString(16).toUpperCase()}`;
}
