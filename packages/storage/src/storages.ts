// The storages of the setting STORAGES, each made when it is first used.

import { settingChanged, settings } from "@tsgo/core/conf";
import { loadedExport } from "@tsgo/core/loading";
import { didYouMean } from "@tsgo/utils/nearest-name";

import { InvalidStorageError } from "./errors.ts";
import { FileSystemStorage } from "./filesystem.ts";
import { InMemoryStorage } from "./memory.ts";
import { Storage } from "./storage.ts";

type StorageClass = new (options: Readonly<Record<string, unknown>>) => Storage;

/** Backends that need no import: they are here. */
const builtIn: ReadonlyMap<string, StorageClass> = new Map<string, StorageClass>([
  ["tsgo/files/storage:FileSystemStorage", FileSystemStorage],
  ["tsgo/files/storage:InMemoryStorage", InMemoryStorage],
]);

/** All storages of the project by their names in the setting STORAGES. */
class StorageHandler {
  readonly #made = new Map<string, Storage>();
  #isListening = false;

  /**
   * The storage of a name, made of its BACKEND and OPTIONS when it is first used.
   *
   * @throws InvalidStorageError for a name that is not in STORAGES, with the nearest one, and for a backend that is no storage.
   * @example
   * const name = await storages.get("exports").save("report.csv", "a,b\n1,2\n");
   */
  get(alias: string): Storage {
    this.#listen();
    let storage = this.#made.get(alias);
    if (storage === undefined) this.#made.set(alias, (storage = makeStorage(alias)));
    return storage;
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    settingChanged.connect(({ setting }) => {
      if (setting === "STORAGES") this.#made.clear();
    });
  }
}

function makeStorage(alias: string): Storage {
  const { STORAGES } = settings;
  const parameters = Object.hasOwn(STORAGES, alias) ? STORAGES[alias] : undefined;
  if (parameters === undefined)
    throw new InvalidStorageError(
      `There is no storage '${alias}' in STORAGES.${didYouMean(alias, Object.keys(STORAGES))}`,
    );
  const Backend = backendClass(alias, parameters.BACKEND);
  return new Backend(parameters.OPTIONS ?? {});
}

function backendClass(alias: string, reference: string): StorageClass {
  const found = builtIn.get(reference) ?? loadedExport(reference);
  if (typeof found === "function" && found.prototype instanceof Storage) return found as StorageClass;
  throw new InvalidStorageError(`STORAGES.${alias}.BACKEND: '${reference}' is no class that extends Storage.`);
}

/** All storages of the project. Django: `storages`. */
export const storages: StorageHandler = new StorageHandler();

// What the name `default` stands for is asked at each use, since settings may change.
const latest = (): Storage => storages.get("default");

/** The storage named `default`: that of uploads. Django: `default_storage`. */
export const defaultStorage: Storage = new Proxy({} as Storage, {
  get(_target, name) {
    const storage = latest();
    const value: unknown = Reflect.get(storage, name, storage);
    return typeof value === "function" ? (value.bind(storage) as unknown) : value;
  },
  has: (_target, name) => name in latest(),
  getPrototypeOf: () => Object.getPrototypeOf(latest()) as object,
});
