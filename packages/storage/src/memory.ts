// Files in memory: for tests.

import { settings } from "@tsgo/core/conf";
import { filepathToUri } from "@tsgo/utils/encoding";
import { joinUrl } from "@tsgo/utils/urls";

import { FileDoesNotExist } from "./errors.ts";
import { ContentFile, type File } from "./file.ts";
import { validateFileName, validatePath, withSlashes } from "./names.ts";
import { checkOptionNames } from "./option-names.ts";
import { Storage } from "./storage.ts";

interface Entry {
  readonly content: Uint8Array;
  readonly created: Date;
  readonly modified: Date;
  accessed: Date;
}

/** Keeps files in the memory of the process, for tests. Django: `InMemoryStorage`. */
export class InMemoryStorage extends Storage {
  readonly #files = new Map<string, Entry>();
  readonly #baseUrl: string | undefined;

  /** @param options.baseUrl What addresses begin with; MEDIA_URL unless given. */
  constructor(options: { readonly baseUrl?: string | undefined } = {}) {
    super();
    checkOptionNames("InMemoryStorage", options, { baseUrl: true });
    this.#baseUrl = options.baseUrl;
  }

  get baseUrl(): string {
    const url = this.#baseUrl ?? settings.MEDIA_URL;
    return url === "" || url.endsWith("/") ? url : `${url}/`;
  }

  override url(name: string): string {
    validateFileName(name, { allowFolders: true });
    return joinUrl(this.baseUrl, filepathToUri(name));
  }

  override async exists(name: string): Promise<boolean> {
    const key = keyOf(name);
    return this.#files.has(key) || this.#below(`${key}/`).length > 0;
  }

  override async delete(name: string): Promise<void> {
    this.#files.delete(keyOf(name));
  }

  override async listdir(path: string): Promise<readonly [folders: string[], files: string[]]> {
    const folder = withSlashes(validatePath(path)).replace(/\/+$/, "");
    const prefix = folder === "" ? "" : `${folder}/`;
    const names = this.#below(prefix).map((name) => name.slice(prefix.length));
    if (names.length === 0 && folder !== "") throw new FileDoesNotExist(path);
    const folders = new Set(names.filter((name) => name.includes("/")).map((name) => name.split("/", 1)[0] ?? ""));
    return [[...folders].toSorted(), names.filter((name) => !name.includes("/")).toSorted()];
  }

  override async size(name: string): Promise<number> {
    return this.#entry(name).content.byteLength;
  }

  override async getAccessedTime(name: string): Promise<Date> {
    return this.#entry(name).accessed;
  }

  override async getCreatedTime(name: string): Promise<Date> {
    return this.#entry(name).created;
  }

  override async getModifiedTime(name: string): Promise<Date> {
    return this.#entry(name).modified;
  }

  protected override async openFile(name: string): Promise<File> {
    const entry = this.#entry(name);
    entry.accessed = new Date();
    return new ContentFile(entry.content, name);
  }

  protected override async writeFile(name: string, content: File): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content.chunks()) chunks.push(chunk);
    // Another may have taken the name while the content was read.
    const free = this.#files.has(keyOf(name)) ? await this.getAvailableName(name) : name;
    const now = new Date();
    this.#files.set(keyOf(free), { content: Buffer.concat(chunks), created: now, modified: now, accessed: now });
    return keyOf(free);
  }

  #entry(name: string): Entry {
    const entry = this.#files.get(keyOf(name));
    if (entry === undefined) throw new FileDoesNotExist(name);
    return entry;
  }

  #below(prefix: string): string[] {
    return [...this.#files.keys()].filter((name) => name.startsWith(prefix));
  }
}

function keyOf(name: string): string {
  return withSlashes(validateFileName(name, { allowFolders: true }));
}
