// A cache that keeps nothing.

import { BaseCache } from "../base-cache.ts";

/** Accepts everything and keeps nothing: for development, or to turn caching off. Django: `DummyCache`. */
export class DummyCache extends BaseCache {
  protected async read(): Promise<undefined> {}

  protected async write(): Promise<void> {}

  protected async writeNew(): Promise<boolean> {
    return true;
  }

  protected async prolong(): Promise<boolean> {
    return false;
  }

  protected async increase(): Promise<undefined> {}

  protected async remove(): Promise<boolean> {
    return false;
  }

  async clear(): Promise<void> {}
}
