// The path of a file that is there already, out of a folder.

import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { type Deconstructed, Field, type FieldOptions } from "./field.ts";
import { storableText, toText, withoutDefaultLength } from "./text.ts";

/** The options of a field that chooses among the files of a folder, beside those of every field. */
export interface FilePathFieldOptions extends FieldOptions {
  /** The folder, absolute, or a function that gives it. */
  readonly path?: string | (() => string);
  /** What the name of a file must contain, its folders left aside. */
  readonly match?: string | RegExp;
  /** Looks into the folders of the folder, too. */
  readonly recursive?: boolean;
  /** Offers files: true unless given. */
  readonly allowFiles?: boolean;
  /** Offers folders: false unless given. */
  readonly allowFolders?: boolean;
}

/** A path below a folder of the machine that the program runs on. The column holds the whole path. */
export class FilePathField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "File path";

  declare readonly options: FilePathFieldOptions;

  constructor(options: FilePathFieldOptions = {}) {
    super({ ...options, maxLength: options.maxLength ?? 100 });
  }

  override get internalType(): string {
    return "FilePathField";
  }

  /** The folder. */
  get path(): string {
    const { path = "" } = this.options;
    return typeof path === "function" ? path() : path;
  }

  get match(): string | RegExp | undefined {
    return this.options.match;
  }

  get recursive(): boolean {
    return this.options.recursive ?? false;
  }

  get allowFiles(): boolean {
    return this.options.allowFiles ?? true;
  }

  get allowFolders(): boolean {
    return this.options.allowFolders ?? false;
  }

  /**
   * What may be chosen at this moment: the path, and as label the path below the folder.
   *
   * @throws Error of Node's where the folder cannot be read.
   */
  async getPathChoices(): Promise<(readonly [path: string, label: string])[]> {
    const root = this.path;
    const pattern = this.match === undefined ? undefined : new RegExp(this.match);
    const entries = await readdir(root, { withFileTypes: true, recursive: this.recursive });
    const paths = entries
      .filter((entry) => (entry.isDirectory() ? this.allowFolders : this.allowFiles))
      .filter(({ name }) => pattern === undefined || pattern.test(name))
      .map((entry) => join(entry.parentPath, entry.name));
    return paths.toSorted().map((path) => [path, path.slice(join(root, "/").length)]);
  }

  override toValue(value: unknown): unknown {
    return value === null || value === undefined ? value : toText(value, this);
  }

  override getPrepValue(value: unknown): unknown {
    return value === null || value === undefined ? null : storableText(value, this);
  }

  override deconstruct(): Deconstructed {
    return withoutDefaultLength(super.deconstruct(), 100);
  }
}
