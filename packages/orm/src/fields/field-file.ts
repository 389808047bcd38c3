// What a file field holds on an instance: the name of a stored file, and the way to it.

import { FieldError, TsgoError } from "@tsgo/core/exceptions";
import { File, type Storage, type StorageContent } from "@tsgo/storage";
import { IS_EMPTY } from "@tsgo/utils/emptiness";

import type { ModelBase } from "../models/model.ts";
import { describeValue } from "./field.ts";
import type { FileField } from "./files.ts";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A file was asked for where the field has none. Django raises ValueError. */
export class NoFileError extends TsgoError {
  constructor(field: string) {
    super(`The '${field}' attribute has no file associated with it.`, { code: "no_file" });
  }
}

/** What may be assigned to a file field: the name of a stored file, a file to store when the row is saved, or null for none. */
export type FileValue = FieldFile | File | string | null;

/**
 * The file of one row. It is always there; `name` is empty where the row has no file. Django: `FieldFile`.
 *
 * @example
 * await question.photo.save("cat.jpg", upload); // stores the file, and saves the row
 * question.photo.url; // "/media/photos/cat.jpg"
 */
export class FieldFile {
  readonly field: FileField;
  #name: string;
  #pending: File | undefined;

  readonly #instance: ModelBase;

  constructor(instance: ModelBase, field: FileField, value: FileValue | undefined = null) {
    this.#instance = instance;
    this.field = field;
    this.#name = "";
    this.set(value ?? null);
  }

  /** The row that the file belongs to. */
  get instance(): ModelBase {
    return this.#instance;
  }

  /** The path within the storage, with slashes; empty where there is no file. */
  get name(): string {
    return this.#name;
  }

  /** Where the file is stored. */
  get storage(): Storage {
    return this.field.storage;
  }

  /** False while the file waits for its row to be saved. */
  get committed(): boolean {
    return this.#pending === undefined;
  }

  /** How long the file is in bytes. @throws NoFileError where there is none. */
  async size(): Promise<number> {
    return this.#pending === undefined ? this.storage.size(this.#required()) : this.#pending.size;
  }

  /** The address under which a browser gets the file. @throws NoFileError where there is none. */
  get url(): string {
    return this.storage.url(this.#required());
  }

  /** The path on the disk. @throws NoFileError where there is no file, NotSupportedByStorage where the storage has no paths. */
  get path(): string {
    return this.storage.path(this.#required());
  }

  /** Opens the file for reading. @throws NoFileError where there is none. */
  async open(): Promise<File> {
    return this.#pending ?? this.storage.open(this.#required());
  }

  /** The whole content. */
  async read(): Promise<Uint8Array> {
    return (await this.open()).read();
  }

  /** The whole content as text in UTF-8. */
  async text(): Promise<string> {
    return (await this.open()).text();
  }

  /** The content in pieces. */
  async *chunks(chunkSize?: number): AsyncGenerator<Uint8Array, void, undefined> {
    yield* (await this.open()).chunks(chunkSize);
  }

  /** Says what the row is to have; a file is stored when the row is saved. What assigning to the attribute does, too. */
  set(value: FileValue): void {
    this.#pending = undefined;
    if (value === null) this.#name = "";
    else if (typeof value === "string") this.#name = value;
    else if (value instanceof FieldFile) {
      this.#name = value.#name;
      this.#pending = value.#pending;
    } else if (value instanceof File) {
      this.#name = value.name;
      this.#pending = value;
    } else
      throw new FieldError(`${this.field.toString()}: ${describeValue(value)} is neither a file nor the name of one.`);
  }

  /**
   * Stores a file under the name that the field makes of this one, and saves the row unless told otherwise.
   *
   * @throws SuspiciousFileOperation for a name that leaves the storage.
   */
  async save(name: string, content: StorageContent, options: { readonly save?: boolean } = {}): Promise<void> {
    const wanted = this.field.generateFilename(this.#instance, name);
    this.#name = await this.storage.save(wanted, content, { maxLength: this.field.maxLength });
    this.#pending = undefined;
    await this.field.afterChange(this.#instance, this);
    if (options.save ?? true) await this.#instance.save();
  }

  /** Deletes the file, and saves the row without it unless told otherwise. Without a file nothing happens. */
  async delete(options: { readonly save?: boolean } = {}): Promise<void> {
    if (this.#name === "") return;
    if (this.committed) await this.storage.delete(this.#name);
    this.set(null);
    await this.field.afterChange(this.#instance, this);
    if (options.save ?? true) await this.#instance.save();
  }

  /** Stores a file that waits. Called when the row is saved. */
  async commit(): Promise<void> {
    if (this.#pending !== undefined) await this.save(this.#name, this.#pending, { save: false });
  }

  /** Whether both have the same name, or that is this name. */
  equals(other: unknown): boolean {
    return (other instanceof FieldFile ? other.#name : (other ?? "")) === this.#name;
  }

  get [IS_EMPTY](): boolean {
    return this.#name === "";
  }

  toString(): string {
    return this.#name;
  }

  toJSON(): string {
    return this.#name;
  }

  [INSPECT](_depth: number, options: object, inspect: (value: unknown, options: object) => string): string {
    return `${this.constructor.name} ${inspect(this.#name, options)}`;
  }

  #required(): string {
    if (this.#name === "") throw new NoFileError(this.field.name);
    return this.#name;
  }
}
