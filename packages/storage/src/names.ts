// Names of stored files: what leaves a storage is refused, what some file system cannot keep is made into what all can.

import { posix } from "node:path";

import { SuspiciousFileOperation } from "@tsgo/core/exceptions";

// What the file systems in use take for one part of a path.
const MAX_BYTES = 255;

// Devices of Windows, whatever extension they have.
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** A path in two: its folders, and the name behind them. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf("/");
  return { folder: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

/** With slashes, whichever way they lean. */
export function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}

/**
 * Refuses names that no stored file can have. Django: `validate_file_name`.
 *
 * @param allowFolders Whether the name may be a path below the storage's root.
 * @throws SuspiciousFileOperation for no name, an absolute path, one that climbs, or a null character.
 */
export function validateFileName(name: string, { allowFolders = false } = {}): string {
  const path = withSlashes(name);
  if (["", ".", ".."].includes(splitPath(path).name))
    throw new SuspiciousFileOperation(`Could not derive file name from ${JSON.stringify(name)}`);
  if (!allowFolders && path.includes("/"))
    throw new SuspiciousFileOperation(`File name ${JSON.stringify(name)} includes path elements`);
  validatePath(name);
  return name;
}

/** Refuses paths that lead out of the folder they are meant for. The folder itself (`""`) may be meant. */
export function validatePath(name: string): string {
  const path = withSlashes(name);
  const climbs = path.split("/").includes("..");
  if (path.startsWith("/") || /^[a-z]:(?:\/|$)/i.test(path) || climbs || path.includes("\0"))
    throw new SuspiciousFileOperation(`Detected path traversal attempt in ${JSON.stringify(name)}`);
  return name;
}

/** A path without the detours that stay inside of it (`a/./b`, `a//b`). */
export function normalPath(path: string): string {
  return path === "" ? "" : posix.normalize(path);
}

/** A name in two: up to its first dot, and all extensions. A dot in front belongs to the name. */
export function splitExtensions(name: string): readonly [root: string, extensions: string] {
  const dot = name.replace(/^\.+/, (dots) => "x".repeat(dots.length)).indexOf(".");
  return dot === -1 || name.endsWith(".") ? [name, ""] : [name.slice(0, dot), name.slice(dot)];
}

/**
 * The name as every file system can keep it: without control characters and those that turn the direction of reading, and not that of
 * a device of Windows. Folders stay.
 */
export function portablePath(path: string): string {
  return withSlashes(path).split("/").map(portablePart).join("/");
}

function portablePart(part: string): string {
  // Windows drops dots and spaces at the end, and so finds another file.
  const kept = part.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "").replace(/(?<=[^. ])[. ]+$/, "");
  return RESERVED.test(kept) ? `_${kept}` : kept;
}

/** Cuts the root so that the whole has no more bytes than a file system takes, and the extensions where they alone are too long. */
export function fitBytes(root: string, extensions: string, limit: number = MAX_BYTES): readonly [string, string] {
  const tail = firstBytes(extensions, limit - 1);
  return [firstBytes(root, limit - Buffer.byteLength(tail)), tail];
}

function firstBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  let bytes = 0;
  let kept = "";
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}
