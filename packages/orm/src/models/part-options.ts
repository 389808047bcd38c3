import { FieldError } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

/** Refuses options that a constraint or index does not have: a misspelt `condition` would make a rule for all rows. */
export function checkPartOptions(type: string, given: object, known: Readonly<Record<string, true>>): void {
  for (const name of Object.keys(given))
    if (!Object.hasOwn(known, name))
      throw new FieldError(`${type} has no option '${name}'.${didYouMean(name, Object.keys(known))}`);
}
