// The caches of the setting CACHES, each made when it is first used.

import { settingChanged, settings } from "@tsgo/core/conf";
import type { Settings } from "@tsgo/core/conf";
import { importString } from "@tsgo/core/loading";
import { didYouMean } from "@tsgo/utils/nearest-name";

import { DummyCache } from "./backends/dummy.ts";
import { LocMemCache } from "./backends/locmem.ts";
import { BaseCache, type CacheParameters } from "./base-cache.ts";
import type { Cache } from "./cache.ts";
import { InvalidCacheBackendError } from "./errors.ts";
import type { KeyFunction } from "./keys.ts";

type BackendClass = new (parameters: CacheParameters) => BaseCache;
type CacheSettings = Settings["CACHES"][string];

/** Backends that need no import: they are here. */
const builtIn: ReadonlyMap<string, BackendClass> = new Map<string, BackendClass>([
  ["tsgo/cache/backends/locmem:LocMemCache", LocMemCache],
  ["tsgo/cache/backends/dummy:DummyCache", DummyCache],
]);

/** All caches of the project by their names in the setting CACHES. Django: `caches`. */
class CacheHandler {
  readonly #opened = new Map<string, Promise<BaseCache>>();
  #isListening = false;

  /**
   * The cache of a name. It is opened when it is first used, and so is a wrong name or backend found out then.
   *
   * @example
   * await caches.get("default").set("answer", 42);
   */
  get(alias: string): Cache {
    return openLater(() => this.#open(alias));
  }

  /** Closes all caches that were opened. */
  async closeAll(): Promise<void> {
    const opened = [...this.#opened.values()];
    this.#opened.clear();
    for (const cache of opened) await (await cache).close();
  }

  #open(alias: string): Promise<BaseCache> {
    this.#listen();
    let cache = this.#opened.get(alias);
    if (cache === undefined) {
      cache = makeCache(alias);
      this.#opened.set(alias, cache);
      // A failure is not remembered: the next use tries again.
      cache.catch(() => this.#opened.delete(alias));
    }
    return cache;
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    settingChanged.connect(({ setting }) => {
      if (setting === "CACHES") void this.closeAll();
    });
  }
}

async function makeCache(alias: string): Promise<BaseCache> {
  const { CACHES } = settings;
  const parameters = Object.hasOwn(CACHES, alias) ? CACHES[alias] : undefined;
  if (parameters === undefined) {
    throw new InvalidCacheBackendError(
      `There is no cache '${alias}' in CACHES.${didYouMean(alias, Object.keys(CACHES))}`,
    );
  }
  const Backend = await backendClass(alias, parameters.BACKEND);
  return new Backend(await parametersOf(alias, parameters));
}

async function backendClass(alias: string, reference: string): Promise<BackendClass> {
  const known = builtIn.get(reference);
  if (known !== undefined) return known;
  const found = await importString(reference, { from: `CACHES.${alias}.BACKEND` });
  if (typeof found === "function" && found.prototype instanceof BaseCache) return found as BackendClass;
  throw new InvalidCacheBackendError(`CACHES.${alias}.BACKEND: '${reference}' is no class that extends BaseCache.`);
}

async function parametersOf(alias: string, given: CacheSettings): Promise<CacheParameters> {
  const keyFunction = await keyFunctionOf(alias, given.KEY_FUNCTION);
  const { MAX_ENTRIES: maxEntries, CULL_FREQUENCY: cullFrequency, ...options } = given.OPTIONS ?? {};
  return {
    ...(typeof given.LOCATION === "string" ? { location: given.LOCATION } : {}),
    ...(given.KEY_PREFIX === undefined ? {} : { keyPrefix: given.KEY_PREFIX }),
    ...(given.VERSION === undefined ? {} : { version: given.VERSION }),
    ...(given.TIMEOUT === undefined ? {} : { timeout: given.TIMEOUT }),
    ...(keyFunction === undefined ? {} : { keyFunction }),
    ...(typeof maxEntries === "number" ? { maxEntries } : {}),
    ...(typeof cullFrequency === "number" ? { cullFrequency } : {}),
    options,
  };
}

async function keyFunctionOf(alias: string, reference: unknown): Promise<KeyFunction | undefined> {
  if (reference === undefined || reference === null) return undefined;
  const found =
    typeof reference === "string" ? await importString(reference, { from: `CACHES.${alias}.KEY_FUNCTION` }) : reference;
  if (typeof found === "function") return found as KeyFunction;
  throw new InvalidCacheBackendError(`CACHES.${alias}.KEY_FUNCTION does not name a function.`);
}

const operations: ReadonlySet<string> = new Set<keyof Cache>([
  "add",
  "clear",
  "close",
  "decr",
  "decrVersion",
  "delete",
  "deleteMany",
  "get",
  "getMany",
  "getOrSet",
  "has",
  "incr",
  "incrVersion",
  "set",
  "setMany",
  "touch",
]);

// Everything a cache does is a promise anyway, so opening it can be a part of that.
function openLater(open: () => Promise<BaseCache>): Cache {
  return new Proxy({} as Cache, {
    get: (_target, name) => {
      // Anything else, `then` above all, it does not have.
      if (typeof name !== "string" || !operations.has(name)) return undefined;
      return async (...args: unknown[]) => {
        const cache: unknown = await open();
        return (cache as Record<string, (...args: unknown[]) => unknown>)[name]?.(...args);
      };
    },
  });
}

/** All caches of the project. Django: `caches`. */
export const caches: CacheHandler = new CacheHandler();

/** The cache named `default`. Django: `cache`. */
export const cache: Cache = caches.get("default");
