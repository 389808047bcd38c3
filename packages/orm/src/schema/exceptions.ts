import { TsgoError } from "@tsgo/core/exceptions";

/** A change of the schema that no database can make, or that would not do what it says. */
export class SchemaError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "schema_error" });
  }
}
