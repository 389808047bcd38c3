// What all storages have in common: the way of a file into them, and names that are safe.

import { SuspiciousFileOperation } from "@tsgo/core/exceptions";
import { getRandomString } from "@tsgo/utils/crypto";
import { getValidFilename } from "@tsgo/utils/text";

import { NotSupportedByStorage } from "./errors.ts";
import { ContentFile, File } from "./file.ts";
import {
  fitBytes,
  normalPath,
  portablePath,
  splitExtensions,
  splitPath,
  validateFileName,
  validatePath,
  withSlashes,
} from "./names.ts";

/** What `save` takes: a file, an upload included, or the content itself. */
export type StorageContent = File | string | Uint8Array;

/** How long the name of a saved file may be. */
export interface NameOptions {
  /** Characters of the whole path, as the column that keeps it has them. */
  readonly maxLength?: number | undefined;
}

const SUFFIX_LENGTH = 7;

/**
 * A place for files, by names with slashes. A storage of your own extends this and gives `openFile`, `writeFile`, `delete`, `exists`,
 * `listdir`, `size` and `url`; names have been checked before they reach `openFile` and `writeFile`. Django: `Storage`.
 */
export abstract class Storage {
  /**
   * Opens a file for reading.
   *
   * @throws FileDoesNotExist where there is none.
   */
  async open(name: string): Promise<File> {
    return this.openFile(validateFileName(name, { allowFolders: true }));
  }

  /**
   * Stores a file under the name, or one like it where that is taken, and gives the name that it has got.
   *
   * @param name With slashes between folders; that of the file where it is null.
   * @throws SuspiciousFileOperation for a name that leaves the storage, before anything is written.
   */
  async save(name: string | null, content: StorageContent, options: NameOptions = {}): Promise<string> {
    const file = content instanceof File ? content : new ContentFile(content, name ?? "");
    const wanted = portablePath(validateFileName(name ?? file.name, { allowFolders: true }));
    const available = await this.getAvailableName(wanted, options);
    // Either may have been overridden.
    const saved = await this.writeFile(validateFileName(available, { allowFolders: true }), file);
    return validateFileName(withSlashes(saved), { allowFolders: true });
  }

  /** A name without folders, made fit for a file: the last part of what `generateFilename` gives. */
  getValidName(name: string): string {
    return portablePath(getValidFilename(name));
  }

  /** Another name for a file whose own is taken. */
  getAlternativeName(root: string, extensions: string): string {
    return `${root}_${getRandomString(SUFFIX_LENGTH)}${extensions}`;
  }

  /** Whether a file could be saved under that very name. */
  async isNameAvailable(name: string, { maxLength }: NameOptions = {}): Promise<boolean> {
    return (maxLength === undefined || name.length <= maxLength) && !(await this.exists(name));
  }

  /**
   * A name that no file has yet, of at most `maxLength` characters and 255 bytes behind the last slash.
   *
   * @throws SuspiciousFileOperation where the name leaves the storage, or the length leaves no room for a name.
   */
  async getAvailableName(name: string, options: NameOptions = {}): Promise<string> {
    const path = validatePath(withSlashes(name));
    const parts = splitPath(path);
    const folder = parts.folder === "" ? "" : `${parts.folder}/`;
    validateFileName(parts.name);
    const [root, extensions] = splitExtensions(parts.name);
    let candidate = folder + fitBytes(root, extensions).join("");
    while (!(await this.isNameAvailable(candidate, options)))
      candidate = this.#another(folder, root, extensions, options);
    return candidate;
  }

  #another(folder: string, root: string, extensions: string, { maxLength }: NameOptions): string {
    const [shortRoot, tail] = fitBytes(root, extensions, 255 - SUFFIX_LENGTH - 1);
    const candidate = folder + this.getAlternativeName(shortRoot, tail);
    const excess = maxLength === undefined ? 0 : candidate.length - maxLength;
    if (excess <= 0) return candidate;
    if (excess >= shortRoot.length)
      throw new SuspiciousFileOperation(
        `The storage cannot find a free name for '${folder}${root}${extensions}' within ${maxLength} characters. Give the field a greater maxLength.`,
      );
    return folder + this.getAlternativeName(shortRoot.slice(0, -excess), tail);
  }

  /**
   * The path that a file is to be saved under: the last part made fit for a file, the folders left as they are.
   *
   * @throws SuspiciousFileOperation where the path leaves the storage.
   */
  generateFilename(filename: string): string {
    const path = validatePath(withSlashes(filename));
    const { folder, name } = splitPath(path);
    return normalPath(`${folder === "" ? "" : `${folder}/`}${this.getValidName(name)}`);
  }

  /** The path on the disk. Only storages on the local disk have one. */
  path(_name: string): string {
    throw new NotSupportedByStorage(this.constructor.name, "the path of a file on the disk");
  }

  /** The address under which a browser gets the file. */
  url(_name: string): string {
    throw new NotSupportedByStorage(this.constructor.name, "the address of a file");
  }

  /** When the file was last read. */
  async getAccessedTime(_name: string): Promise<Date> {
    throw new NotSupportedByStorage(this.constructor.name, "when a file was last read");
  }

  /** When the file was made. */
  async getCreatedTime(_name: string): Promise<Date> {
    throw new NotSupportedByStorage(this.constructor.name, "when a file was made");
  }

  /** When the file was last changed. */
  async getModifiedTime(_name: string): Promise<Date> {
    throw new NotSupportedByStorage(this.constructor.name, "when a file was last changed");
  }

  /** Deletes a file; one that is not there is no error. */
  abstract delete(name: string): Promise<void>;

  /** Whether there is a file or a folder of that name. */
  abstract exists(name: string): Promise<boolean>;

  /** The names of the folders and of the files in a folder; `""` is the root. */
  abstract listdir(path: string): Promise<readonly [folders: string[], files: string[]]>;

  /** Bytes. */
  abstract size(name: string): Promise<number>;

  /** Opens a file. Called by `open` with a name that has been checked. */
  protected abstract openFile(name: string): Promise<File>;

  /** Writes a file, and gives the name that it has in the end. Called by `save` with a name that has been checked. */
  protected abstract writeFile(name: string, content: File): Promise<string>;
}
