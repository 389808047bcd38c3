// Files in a folder of the local disk.

import { type Stats, constants } from "node:fs";
import {
  type FileHandle,
  access,
  chmod,
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  rm,
  rmdir,
  stat,
} from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";

import { settings } from "@tsgo/core/conf";
import { SuspiciousFileOperation } from "@tsgo/core/exceptions";
import { projectRoot } from "@tsgo/core/loading";
import { filepathToUri } from "@tsgo/utils/encoding";
import { joinUrl } from "@tsgo/utils/urls";

import { DiskFile, isMissing, isTaken } from "./disk-file.ts";
import { FileDoesNotExist, NotSupportedByStorage } from "./errors.ts";
import { type File, isTemporary } from "./file.ts";
import { validateFileName, validatePath, withSlashes } from "./names.ts";
import { checkOptionNames } from "./option-names.ts";
import { type NameOptions, Storage } from "./storage.ts";

/** How a FileSystemStorage differs from what the settings say. */
export interface FileSystemStorageOptions {
  /** The folder, from the project's; MEDIA_ROOT unless given. */
  readonly location?: string | undefined;
  /** What addresses begin with; MEDIA_URL unless given. */
  readonly baseUrl?: string | undefined;
  /** The mode of new files, whatever the process masks; FILE_UPLOAD_PERMISSIONS unless given, null for what the system gives. */
  readonly filePermissionsMode?: number | null | undefined;
  /** The mode of new folders; FILE_UPLOAD_DIRECTORY_PERMISSIONS unless given, null for what the system gives. */
  readonly directoryPermissionsMode?: number | null | undefined;
  /** A file takes the place of one of the same name, rather than getting another. */
  readonly allowOverwrite?: boolean | undefined;
}

const OPTIONS: Readonly<Record<keyof FileSystemStorageOptions, true>> = {
  location: true,
  baseUrl: true,
  filePermissionsMode: true,
  directoryPermissionsMode: true,
  allowOverwrite: true,
};

/** Files in a folder of the local disk: that of uploads unless told otherwise. Django: `FileSystemStorage`. */
export class FileSystemStorage extends Storage {
  readonly #options: FileSystemStorageOptions;

  constructor(options: FileSystemStorageOptions = {}) {
    super();
    checkOptionNames("FileSystemStorage", options, OPTIONS);
    this.#options = options;
  }

  /** The folder, absolute. */
  get location(): string {
    return resolve(projectRoot(), this.#options.location ?? settings.MEDIA_ROOT);
  }

  /** What addresses begin with: a slash at its end. */
  get baseUrl(): string {
    const url = this.#options.baseUrl ?? settings.MEDIA_URL;
    return url === "" || url.endsWith("/") ? url : `${url}/`;
  }

  get filePermissionsMode(): number | null {
    const { filePermissionsMode: mode } = this.#options;
    return mode === undefined ? settings.FILE_UPLOAD_PERMISSIONS : mode;
  }

  get directoryPermissionsMode(): number | null {
    const { directoryPermissionsMode: mode } = this.#options;
    return mode === undefined ? settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS : mode;
  }

  /** The path on the disk. @throws SuspiciousFileOperation where it would lie outside of the folder. */
  override path(name: string): string {
    const root = this.location;
    const path = resolve(root, withSlashes(validatePath(name)));
    // Checked once more by where it leads, since that is what counts.
    if (path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)) return path;
    throw new SuspiciousFileOperation(`The path of ${JSON.stringify(name)} lies outside of ${root}.`);
  }

  override url(name: string): string {
    if (this.baseUrl === "")
      throw new NotSupportedByStorage(this.constructor.name, "the address of a file: MEDIA_URL is not set");
    validateFileName(name, { allowFolders: true });
    return joinUrl(this.baseUrl, filepathToUri(name));
  }

  override async isNameAvailable(name: string, options: NameOptions = {}): Promise<boolean> {
    if (this.#options.allowOverwrite !== true) return super.isNameAvailable(name, options);
    return options.maxLength === undefined || name.length <= options.maxLength;
  }

  override async exists(name: string): Promise<boolean> {
    // A link that leads nowhere takes its name, too.
    return lstat(this.#pathOf(name)).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
  }

  override async delete(name: string): Promise<void> {
    const path = this.#pathOf(name);
    try {
      const found = await lstat(path);
      await (found.isDirectory() ? rmdir(path) : rm(path));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  override async listdir(path: string): Promise<readonly [folders: string[], files: string[]]> {
    const entries = await readdir(this.path(path), { withFileTypes: true }).catch((error: unknown) => {
      throw isMissing(error) ? new FileDoesNotExist(path, { cause: error }) : error;
    });
    const names = (isWanted: (entry: (typeof entries)[number]) => boolean): string[] =>
      entries
        .filter(isWanted)
        .map(({ name }) => name)
        .toSorted();
    return [names((entry) => entry.isDirectory()), names((entry) => !entry.isDirectory())];
  }

  override async size(name: string): Promise<number> {
    return (await this.#stat(name)).size;
  }

  override async getAccessedTime(name: string): Promise<Date> {
    return (await this.#stat(name)).atime;
  }

  override async getCreatedTime(name: string): Promise<Date> {
    return (await this.#stat(name)).birthtime;
  }

  override async getModifiedTime(name: string): Promise<Date> {
    return (await this.#stat(name)).mtime;
  }

  protected override async openFile(name: string): Promise<File> {
    return DiskFile.open(name, this.#pathOf(name));
  }

  protected override async writeFile(name: string, content: File): Promise<string> {
    let chosen = name;
    for (;;) {
      const path = this.#pathOf(chosen);
      await this.#makeFolders(dirname(path));
      try {
        await this.#write(path, content);
        return withSlashes(relative(this.location, path));
      } catch (error) {
        if (!isTaken(error)) throw error;
        // Somebody was faster: the name was free when it was looked for.
        chosen = await this.getAvailableName(name);
      }
    }
  }

  // Exclusive, so that two that save at once never write the same file, and no link that was put there is followed.
  async #write(path: string, content: File): Promise<void> {
    const overwrite = this.#options.allowOverwrite === true;
    if (isTemporary(content) && !overwrite) await takeOver(content.temporaryFilePath(), path);
    else await this.#copy(path, content, overwrite);
    // The process masks the mode of what is made, so that it is set once more. The mask itself belongs to everybody.
    const mode = this.filePermissionsMode;
    if (mode !== null) await chmod(path, mode);
  }

  async #copy(path: string, content: File, overwrite: boolean): Promise<void> {
    const handle = await open(path, overwrite ? "w" : "wx", this.filePermissionsMode ?? 0o666);
    try {
      await writeAll(handle, content);
    } catch (error) {
      await handle.close();
      // Half a file is none.
      await rm(path, { force: true });
      throw error;
    }
    await handle.close();
  }

  async #makeFolders(folder: string): Promise<void> {
    const mode = this.directoryPermissionsMode;
    const first = await mkdir(folder, { recursive: true, ...(mode === null ? {} : { mode }) });
    if (first === undefined || mode === null) return;
    for (let made = folder; ; made = dirname(made)) {
      await chmod(made, mode);
      if (made === first || made === dirname(made)) return;
    }
  }

  async #stat(name: string): Promise<Stats> {
    return stat(this.#pathOf(name)).catch((error: unknown) => {
      throw isMissing(error) ? new FileDoesNotExist(name, { cause: error }) : error;
    });
  }

  // The path of a file, which is never the folder itself.
  #pathOf(name: string): string {
    return this.path(validateFileName(name, { allowFolders: true }));
  }
}

async function writeAll(handle: FileHandle, content: File): Promise<void> {
  for await (const chunk of content.chunks()) await handle.writeFile(chunk);
}

// A second name for the same content costs nothing; across file systems the content is copied. The first name is its owner's to remove.
async function takeOver(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isTaken(error)) throw error;
    await access(from);
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}
