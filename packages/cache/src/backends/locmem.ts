// A cache in the memory of the process.

import { deserialize, serialize } from "node:v8";

import { BaseCache, type CacheParameters } from "../base-cache.ts";

interface Entry {
  /** A primitive as it is, anything else as bytes, so that no one can change what is kept. */
  readonly value: unknown;
  readonly isSerialized: boolean;
  /** Milliseconds since 1970; null for ever. */
  readonly expires: number | null;
}

// Caches of one location share their entries, as the processes of other backends do.
const stores = new Map<string, Map<string, Entry>>();

/**
 * Keeps entries in memory: fast, for this process alone, gone when it ends. When there are too many, those not used
 * for longest go. Django: `LocMemCache`.
 */
export class LocMemCache extends BaseCache {
  /** In the order of use, the last one used at the end. */
  readonly #entries: Map<string, Entry>;

  constructor(parameters: CacheParameters = {}) {
    super(parameters);
    const location = parameters.location ?? "";
    const entries = stores.get(location) ?? new Map<string, Entry>();
    stores.set(location, entries);
    this.#entries = entries;
  }

  protected async read(stored: string): Promise<unknown> {
    const entry = this.#use(stored);
    return entry?.isSerialized ? deserialize(entry.value as Buffer) : entry?.value;
  }

  protected async write(stored: string, value: unknown, expires: number | null): Promise<void> {
    this.#put(stored, pack(value, expires));
  }

  protected async writeNew(stored: string, value: unknown, expires: number | null): Promise<boolean> {
    if (this.#use(stored) !== undefined) return false;
    this.#put(stored, pack(value, expires));
    return true;
  }

  protected async prolong(stored: string, expires: number | null): Promise<boolean> {
    const entry = this.#use(stored);
    if (entry !== undefined) this.#entries.set(stored, { ...entry, expires });
    return entry !== undefined;
  }

  protected async increase(stored: string, delta: number): Promise<number | undefined> {
    const entry = this.#use(stored);
    if (entry === undefined) return undefined;
    if (typeof entry.value !== "number")
      throw new TypeError(`The entry '${stored}' is no number, and cannot be added to.`);
    const value = entry.value + delta;
    this.#entries.set(stored, { ...entry, value });
    return value;
  }

  protected async remove(stored: string): Promise<boolean> {
    const wasThere = this.#use(stored) !== undefined;
    this.#entries.delete(stored);
    return wasThere;
  }

  async clear(): Promise<void> {
    this.#entries.clear();
  }

  /** The entry, moved to the end of the order; one whose time is over is dropped. */
  #use(stored: string): Entry | undefined {
    const entry = this.#entries.get(stored);
    if (entry === undefined) return undefined;
    this.#entries.delete(stored);
    if (entry.expires !== null && entry.expires <= Date.now()) return undefined;
    this.#entries.set(stored, entry);
    return entry;
  }

  #put(stored: string, entry: Entry): void {
    if (!this.#entries.has(stored) && this.#entries.size >= this.maxEntries) this.#cull();
    this.#entries.delete(stored);
    this.#entries.set(stored, entry);
  }

  #cull(): void {
    if (this.cullFrequency === 0) {
      this.#entries.clear();
      return;
    }
    let excess = Math.max(1, Math.floor(this.#entries.size / this.cullFrequency));
    for (const stored of this.#entries.keys()) {
      if (excess === 0) break;
      this.#entries.delete(stored);
      excess -= 1;
    }
  }
}

function pack(value: unknown, expires: number | null): Entry {
  const isSerialized = typeof value === "object" && value !== null;
  return { value: isSerialized ? serialize(value) : value, isSerialized, expires };
}
