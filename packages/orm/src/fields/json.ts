import { FieldError, ValidationError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import { isWellFormed } from "../values/well-formed.ts";
import { Field, type FieldOptions, describeValue } from "./field.ts";
import { assertStorableText } from "./text.ts";

/** Options of a JSON field. */
export interface JSONFieldOptions extends FieldOptions {
  /** Stands in for `JSON.stringify` and `JSON.parse`. */
  readonly encoder?: (value: unknown) => string;
  readonly decoder?: (text: string) => unknown;
}

/** Anything that JSON can write. Null in the column and JSON's own null are told apart: save `JSONNull` for the latter. */
export class JSONField<T = unknown, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "A JSON object";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "Value must be valid JSON.",
  };

  declare readonly options: JSONFieldOptions;

  override get internalType(): string {
    return "JSONField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper): unknown {
    return connection.operations.adaptJson(this.encode(value));
  }

  override getDbPrepSave(value: unknown, connection: DatabaseWrapper): unknown {
    return value === null || value === undefined ? null : this.getDbPrepValue(value, connection);
  }

  /** A value as JSON text. */
  encode(value: unknown): string {
    const encoder = this.options.encoder ?? encodeJson;
    try {
      const text = encoder(value);
      assertStorableText(text);
      return text;
    } catch (error) {
      if (error instanceof ValidationError) throw error;
      throw new FieldError(`${this.toString()}: ${describeValue(value)} cannot be written as JSON.`, { cause: error });
    }
  }

  override validate(value: unknown, instance: null): void {
    super.validate(value, instance);
    try {
      this.encode(value);
    } catch (error) {
      throw new ValidationError(this.errorMessage("invalid"), {
        code: "invalid",
        params: { value: describeValue(value) },
        cause: error,
      });
    }
  }

  override fromDb(): (value: unknown) => unknown {
    const decoder = this.options.decoder ?? JSON.parse;
    return (value) => (typeof value === "string" ? decoder(value) : value);
  }
}

/** JSON as it is stored: dates, times, decimals and big numbers as texts. Lone surrogates are refused, not replaced. */
export function encodeJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return Number.isSafeInteger(Number(part)) ? Number(part) : part.toString();
    if (typeof part === "string" && !isWellFormed(part))
      throw new ValidationError("The text has half of a surrogate pair.", { code: "lone_surrogate" });
    if (typeof part === "number" && !Number.isFinite(part)) throw new TypeError(`${part} is not a JSON number`);
    return part;
  });
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}
