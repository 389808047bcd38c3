import { FieldError, ValidationError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
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

/**
 * JSON as it is stored: dates, times, decimals and big numbers as texts. Half surrogate pairs and null characters, which PostgreSQL does
 * not keep, are refused, in keys too.
 */
export function encodeJson(value: unknown): string {
  const text = JSON.stringify(value, (key, part: unknown) => {
    assertKept(key);
    if (typeof part === "bigint") return Number.isSafeInteger(Number(part)) ? Number(part) : part.toString();
    if (typeof part === "string") assertKept(part);
    if (typeof part === "number" && !Number.isFinite(part)) throw new TypeError(`${part} is not a JSON number`);
    return part;
  });
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

// In the text of JSON both would stand as escapes, which are characters like any others.
function assertKept(text: string): void {
  if (text !== "") assertStorableText(text);
}
