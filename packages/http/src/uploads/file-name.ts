// Names of uploaded files: what clients send, made into what can be a file's name.

import { SuspiciousFileOperation } from "@tsgo/core/exceptions";
import { unescape } from "@tsgo/utils/html";

const UNPRINTABLE = /[^\P{C}]|[^\P{Z} ]/gu;
const MAX_BYTES = 255;

/**
 * The last part of a name as a browser sent it, with character references resolved and without anything that cannot be
 * seen; undefined where nothing is left. Django: `MultiPartParser.sanitize_file_name`.
 */
export function sanitizeFileName(sent: string): string | undefined {
  const name = lastPart(unescape(sent)).replaceAll(UNPRINTABLE, "");
  return isNoName(name) ? undefined : name;
}

/**
 * The name that an uploaded file bears: without folders, and of at most 255 bytes with its extension kept.
 *
 * @throws SuspiciousFileOperation where no name is left.
 */
export function uploadedFileName(name: string): string {
  const last = lastPart(name);
  if (isNoName(last)) throw new SuspiciousFileOperation(`Could not derive file name from ${JSON.stringify(name)}`);
  if (Buffer.byteLength(last) <= MAX_BYTES) return last;
  const dot = last.lastIndexOf(".");
  const extension = truncateBytes(dot > 0 ? last.slice(dot) : "", MAX_BYTES - 1);
  const root = dot > 0 ? last.slice(0, dot) : last;
  return truncateBytes(root, MAX_BYTES - Buffer.byteLength(extension)) + extension;
}

function lastPart(name: string): string {
  return name.slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
}

function isNoName(name: string): boolean {
  return name === "" || name === "." || name === "..";
}

function truncateBytes(text: string, limit: number): string {
  let bytes = 0;
  let kept = "";
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
