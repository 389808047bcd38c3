import { TsgoError } from "@tsgo/core/exceptions";

/** A value stands in a model that a migration file cannot name. */
export class UnserializableError extends TsgoError {
  constructor(path: string, what: string) {
    super(
      `${path} is ${what}, which a migration cannot import. Export it by a name from the app's models file ` +
        "(or the module it is defined in, named in the class's static reference), and use that export in the model.",
      { code: "unserializable" },
    );
  }
}
