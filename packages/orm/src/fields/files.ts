// Files: the column holds a name, the instance what leads to the file.

import { FieldError } from "@tsgo/core/exceptions";
import { File, type Storage, defaultStorage, validateFileName } from "@tsgo/storage";
import { strftime } from "@tsgo/utils/strftime";

import type { ModelBase, ModelClass } from "../models/model.ts";
import { currentTimeZone } from "./current-time-zone.ts";
import { type Deconstructed, Field, type FieldOptions, describeValue } from "./field.ts";
import { FieldFile, type FileValue } from "./field-file.ts";
import { storableText, withoutDefaultLength } from "./text.ts";

/** The options of a file field, beside those of every field. */
export interface FileFieldOptions extends FieldOptions {
  /**
   * The folder within the storage, with the letters of strftime for parts of the current date (`"photos/%Y/%m"`), or a function of
   * the row and the file's name that gives the whole path.
   */
  readonly uploadTo?: string | ((instance: never, filename: string) => string);
  /** Where files are stored, or a function that gives it; `defaultStorage` unless given. */
  readonly storage?: Storage | (() => Storage);
}

/** A file that belongs to a row. The column holds its name in the storage, the attribute a `FieldFile`. */
export class FileField<T = FieldFile, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "File";

  declare readonly options: FileFieldOptions;
  /** Where files are stored. */
  readonly storage: Storage;

  constructor(options: FileFieldOptions = {}) {
    super({ ...options, maxLength: options.maxLength ?? 100 });
    const { storage } = options;
    this.storage = typeof storage === "function" ? storage() : (storage ?? defaultStorage);
  }

  override get internalType(): string {
    return "FileField";
  }

  /** As given. */
  get uploadTo(): NonNullable<FileFieldOptions["uploadTo"]> {
    return this.options.uploadTo ?? "";
  }

  override deconstruct(): Deconstructed {
    const { type, options } = withoutDefaultLength(super.deconstruct(), 100);
    // Neither concerns the column, and neither can be written down.
    const { storage: _storage, uploadTo, ...rest } = options;
    return { type, options: typeof uploadTo === "string" ? { ...rest, uploadTo } : rest };
  }

  /**
   * The path in the storage for a file of this name.
   *
   * @throws SuspiciousFileOperation for a name, or an `uploadTo`, that leaves the storage.
   */
  generateFilename(instance: ModelBase | null, filename: string): string {
    const { uploadTo } = this;
    if (typeof uploadTo === "function") {
      const path = uploadTo(instance as never, filename);
      return this.storage.generateFilename(validateFileName(path, { allowFolders: true }));
    }
    const folder = strftime(new Date(), uploadTo, currentTimeZone()).replace(/\/+$/, "");
    const path = folder === "" ? filename : `${folder}/${filename}`;
    return this.storage.generateFilename(validateFileName(path, { allowFolders: true }));
  }

  // ---- on an instance

  override contributeToClass(model: ModelClass, name: string): void {
    super.contributeToClass(model, name);
    const place = (instance: ModelBase, value: unknown): void => this.place(instance, value);
    // The first value makes an attribute of the instance's own, by which others see that the column was loaded.
    Object.defineProperty(model.prototype, this.attname, {
      configurable: true,
      get: () => undefined,
      set(this: ModelBase, value: unknown) {
        place(this, value);
      },
    });
  }

  override place(instance: ModelBase, value: unknown): void {
    let current = this.#wrapped(instance, value);
    Object.defineProperty(instance, this.attname, {
      enumerable: true,
      configurable: true,
      get: () => current,
      set: (next: unknown) => {
        current = this.#wrapped(instance, next);
      },
    });
  }

  // Expressions and the mark for a value of the database's pass as they are.
  #wrapped(instance: ModelBase, value: unknown): unknown {
    if (value instanceof FieldFile && value.instance === instance) return value;
    if (value === null || value === undefined || typeof value === "string")
      return this.makeFile(instance, value ?? null);
    if (value instanceof FieldFile || value instanceof File) return this.makeFile(instance, value);
    return value;
  }

  /** What an instance holds. */
  protected makeFile(instance: ModelBase, value: FileValue): FieldFile {
    return new FieldFile(instance, this as unknown as FileField, value);
  }

  /** Called when a row has got another file, or none. */
  async afterChange(_instance: ModelBase, _file: FieldFile): Promise<void> {
    // Images note their size.
  }

  override async prepareToSave(instance: ModelBase): Promise<void> {
    const value = this.valueFromObject(instance);
    if (value instanceof FieldFile) await value.commit();
  }

  // ---- values

  override toValue(value: unknown): unknown {
    return value;
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (value instanceof FieldFile || value instanceof File) return storableText(value.name, this);
    if (typeof value === "string") return storableText(value, this);
    throw new FieldError(`${this.toString()}: ${describeValue(value)} is neither a file nor the name of one.`);
  }
}
