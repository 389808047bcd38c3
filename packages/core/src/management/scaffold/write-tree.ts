import { randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { CommandError } from "../command-error.ts";

/** A file to be written: its path from the target, with slashes. */
export interface NewFile {
  readonly path: string;
  readonly content: Buffer | string;
  readonly mode: number;
}

/**
 * Writes files into a folder that does not exist yet. They are written beside it first, so that it appears whole or
 * not at all. Throws CommandError where something has its name.
 */
export function createTree(target: string, files: readonly NewFile[]): void {
  if (isThere(target)) throw new CommandError(`'${target}' already exists.`);
  inScratch(dirname(target), files, (scratch) => {
    if (isThere(target)) throw new CommandError(`'${target}' already exists.`);
    renameSync(scratch, target);
  });
}

/**
 * Writes files into a folder that exists. Throws CommandError, with nothing written, where one would replace
 * something or would lie behind a link.
 */
export function addToTree(target: string, files: readonly NewFile[]): void {
  for (const { path } of files) refuseConflict(target, path);
  inScratch(target, files, (scratch) => {
    const made: (() => void)[] = [];
    try {
      for (const { path } of files) {
        makeFolders(target, dirname(path), made);
        // Fails, in place of replacing, where the file has come into being since it was looked for.
        copyFileSync(join(scratch, path), join(target, path), constants.COPYFILE_EXCL);
        made.push(() => {
          rmSync(join(target, path));
        });
        chmodSync(join(target, path), lstatSync(join(scratch, path)).mode);
      }
    } catch (error) {
      for (const undo of made.reverse()) undo();
      throw error;
    }
  });
}

function inScratch(parent: string, files: readonly NewFile[], move: (scratch: string) => void): void {
  const scratch = join(parent, `.tsgo-${randomBytes(6).toString("hex")}`);
  try {
    mkdirSync(scratch);
    for (const { path, content, mode } of files) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), content, { mode, flag: "wx" });
    }
    move(scratch);
  } catch (error) {
    throw isSystemError(error) ? new CommandError(error.message, { cause: error }) : error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function refuseConflict(target: string, path: string): void {
  const parts = path.split("/");
  for (const index of parts.keys()) {
    const place = join(target, ...parts.slice(0, index + 1));
    if (!isThere(place)) return;
    const isFolder = index < parts.length - 1;
    if (isFolder && lstatSync(place).isDirectory()) continue;
    throw new CommandError(
      isFolder
        ? `'${place}' already exists and is not a folder.`
        : `'${place}' already exists. Nothing is replaced in a folder that has files of its own.`,
    );
  }
}

function makeFolders(target: string, path: string, made: (() => void)[]): void {
  if (path === ".") return;
  makeFolders(target, dirname(path), made);
  const folder = join(target, path);
  if (existsSync(folder)) return;
  mkdirSync(folder);
  made.push(() => {
    rmdirSync(folder);
  });
}

// A link that leads nowhere is there too.
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
