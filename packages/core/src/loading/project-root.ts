import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

let root: string | undefined;

/** Fixes the folder that references resolve from. `manage.js` passes its own folder. */
export function setProjectRoot(folder: string): void {
  root = resolve(folder);
}

/**
 * The project's folder, absolute: what `setProjectRoot` was given, else the nearest folder with a `manage.js` above
 * the program that was started or above the working directory, else the working directory.
 */
export function projectRoot(): string {
  root ??= findManage(startedFolder()) ?? findManage(process.cwd()) ?? process.cwd();
  return root;
}

function startedFolder(): string {
  const [, program] = process.argv;
  return program === undefined ? process.cwd() : dirname(resolve(program));
}

function findManage(folder: string): string | undefined {
  if (existsSync(join(folder, "manage.js"))) return folder;
  const parent = dirname(folder);
  return parent === folder || folder.endsWith("node_modules") ? undefined : findManage(parent);
}
