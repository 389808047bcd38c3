// What arrays and ranges do with the field of their items.

import { ValidationError } from "@tsgo/core/exceptions";
import type { DatabaseWrapper } from "@tsgo/orm/db";
import { NotSupportedError } from "@tsgo/orm/exceptions";
import type { Field } from "@tsgo/orm/models";

/** Refuses to make a column on another database than PostgreSQL. */
export function requirePostgresql(what: string, { vendor, alias }: DatabaseWrapper): void {
  if (vendor !== "postgresql")
    throw new NotSupportedError(`${what} is a type of PostgreSQL, and the database '${alias}' is ${vendor}.`);
}

/** Reads an item from the text in which it stands within an array or a range. */
export function itemReader(field: Field, connection: DatabaseWrapper): (text: string) => unknown {
  const plain = driverReader(field.targetValueField.internalType);
  const convert = field.fromDb(connection);
  return convert === undefined ? plain : (text) => convert(plain(text));
}

// What the driver would have made of a column with this text.
function driverReader(internalType: string): (text: string) => unknown {
  if (/Integer|Auto/.test(internalType)) return wholeNumber;
  if (internalType === "FloatField") return Number;
  if (internalType === "BooleanField") return (text) => text === "t";
  if (internalType === "BinaryField") return (text) => Buffer.from(text.slice(2), "hex");
  return (text) => text;
}

function wholeNumber(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** An error about an item as one about the whole. */
export function itemError(error: ValidationError, prefix: string, code: string, nth: number): ValidationError {
  return new ValidationError(
    error.errorList.flatMap((inner) =>
      inner.messages.map((message) => new ValidationError(`${prefix} ${message}`, { code, params: { nth } })),
    ),
  );
}
