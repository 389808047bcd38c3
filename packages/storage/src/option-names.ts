import { didYouMean } from "@tsgo/utils/nearest-name";

import { InvalidStorageError } from "./errors.ts";

/** Refuses options that a storage does not have, naming the nearest that it has: STORAGES may come from a file without types. */
export function checkOptionNames(storage: string, given: object, known: Readonly<Record<string, true>>): void {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(known, name))
      throw new InvalidStorageError(`${storage} has no option '${name}'.${didYouMean(name, Object.keys(known))}`);
}
