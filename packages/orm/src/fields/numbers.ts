// Fields that hold numbers.

import { FieldError, ValidationError } from "@tsgo/core/exceptions";
import { DecimalValidator, MaxValueValidator, MinValueValidator } from "@tsgo/core/validators";
import { Decimal } from "decimal.js";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import { Field, type FieldOptions, type Validator, describeValue } from "./field.ts";

const INTEGER_TEXT = /^[+-]?\d+$/;

/** A whole number of 32 bits. */
export class IntegerField<T = number, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "Integer";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” value must be an integer.",
  };

  override get internalType(): string {
    return "IntegerField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    if (typeof value === "number" && Number.isInteger(value)) return value;
    if (typeof value === "number" && Number.isFinite(value)) return Math.trunc(value);
    if (typeof value === "boolean") return Number(value);
    if (typeof value === "bigint") return toSafeNumber(value, this);
    if (typeof value === "string" && INTEGER_TEXT.test(value.trim()))
      return toSafeNumber(BigInt(value.trim().replace(/^\+/, "")), this);
    throw this.invalid(value);
  }

  override getPrepValue(value: unknown): unknown {
    return value === null || value === undefined ? null : toInteger(value, this);
  }

  override getDbPrepSave(value: unknown, connection: DatabaseWrapper): unknown {
    const prepared = this.getDbPrepValue(value, connection);
    if (typeof prepared === "number" || typeof prepared === "bigint") this.#checkRange(prepared, connection);
    return prepared;
  }

  override get defaultValidators(): readonly Validator[] {
    const range = SHARED_RANGES[this.internalType];
    return range === undefined ? [] : [MinValueValidator(range[0]), MaxValueValidator(range[1])];
  }

  override fromDb(): ((value: unknown) => unknown) | undefined {
    return (value) => (typeof value === "number" ? value : toSafeNumber(BigInt(value as string), this));
  }

  #checkRange(value: number | bigint, connection: DatabaseWrapper): void {
    // The same on all databases, though SQLite would take more.
    const [low, high] = SHARED_RANGES[this.internalType] ?? connection.operations.integerFieldRange(this.internalType);
    // What is below zero in a positive column is for its CHECK to refuse.
    const lowest = low === 0 ? null : low;
    if ((lowest === null || value >= lowest) && (high === null || value <= high)) return;
    throw new ValidationError(
      `${this.toString()}: ${String(value)} is outside the range of ${this.constructor.name}.`,
      { code: "out_of_range" },
    );
  }
}

/** A whole number of 64 bits, as a `bigint`. */
export class BigIntegerField<T = bigint, Optional extends boolean = boolean> extends IntegerField<T, Optional> {
  static override readonly description: string = "Big (8 byte) integer";

  override get internalType(): string {
    return "BigIntegerField";
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    return toBigInt(value, this);
  }

  override getPrepValue(value: unknown): unknown {
    return value === null || value === undefined ? null : toBigInt(value, this);
  }

  override fromDb(): (value: unknown) => unknown {
    return (value) => BigInt(value as string);
  }
}

/** A whole number of 16 bits. */
export class SmallIntegerField<T = number, Optional extends boolean = boolean> extends IntegerField<T, Optional> {
  static override readonly description: string = "Small integer";

  override get internalType(): string {
    return "SmallIntegerField";
  }
}

/** A whole number from zero, of 32 bits. */
export class PositiveIntegerField<T = number, Optional extends boolean = boolean> extends IntegerField<T, Optional> {
  static override readonly description: string = "Positive integer";

  override get internalType(): string {
    return "PositiveIntegerField";
  }

  override relDbType(connection: DatabaseWrapper): string | null {
    return connection.features.relatedFieldsMatchType ? this.dbType(connection) : new IntegerField().dbType(connection);
  }
}

/** A whole number from zero, of 16 bits. */
export class PositiveSmallIntegerField<T = number, Optional extends boolean = boolean> extends IntegerField<
  T,
  Optional
> {
  static override readonly description: string = "Positive small integer";

  override get internalType(): string {
    return "PositiveSmallIntegerField";
  }

  override relDbType(connection: DatabaseWrapper): string | null {
    return connection.features.relatedFieldsMatchType ? this.dbType(connection) : new IntegerField().dbType(connection);
  }
}

/** A whole number from zero, of 64 bits, as a `bigint`. */
export class PositiveBigIntegerField<T = bigint, Optional extends boolean = boolean> extends BigIntegerField<
  T,
  Optional
> {
  static override readonly description: string = "Positive big integer";

  override get internalType(): string {
    return "PositiveBigIntegerField";
  }

  override relDbType(connection: DatabaseWrapper): string | null {
    return connection.features.relatedFieldsMatchType
      ? this.dbType(connection)
      : new BigIntegerField().dbType(connection);
  }
}

/** A floating-point number of 64 bits. */
export class FloatField<T = number, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "Floating point number";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” value must be a float.",
  };

  override get internalType(): string {
    return "FloatField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    const number = toFloat(value);
    if (number !== undefined) return number;
    throw this.invalid(value);
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    return toFloat(value) ?? this.refuse(value, "a number");
  }

  override fromDb(): (value: unknown) => unknown {
    return Number;
  }
}

/** The options of a decimal field. */
export interface DecimalFieldOptions extends FieldOptions {
  readonly maxDigits?: number;
  readonly decimalPlaces?: number;
}

/** A decimal number of fixed places, as a `Decimal` of decimal.js. */
export class DecimalField<T = Decimal, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly description: string = "Decimal number";
  static override readonly errorMessages: Readonly<Record<string, string>> = {
    invalid: "“%(value)s” value must be a decimal number.",
  };

  declare readonly options: DecimalFieldOptions;

  override get internalType(): string {
    return "DecimalField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  get maxDigits(): number | undefined {
    return this.options.maxDigits;
  }

  get decimalPlaces(): number | undefined {
    return this.options.decimalPlaces;
  }

  override toValue(value: unknown): unknown {
    if (value === null || value === undefined || value === "") return null;
    const decimal = toDecimal(value);
    if (decimal?.isFinite() === true) return decimal;
    throw this.invalid(value);
  }

  override getPrepValue(value: unknown): unknown {
    return this.toValue(value);
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    // Not rounded to the places of the column: what is compared with it may have more.
    const decimal = prepared ? value : this.getPrepValue(value);
    return Decimal.isDecimal(decimal) ? connection.operations.adaptDecimal(decimal, {}) : decimal;
  }

  override getDbPrepSave(value: unknown, connection: DatabaseWrapper): unknown {
    const decimal = this.getPrepValue(value);
    if (!Decimal.isDecimal(decimal)) return decimal;
    const rounded =
      this.decimalPlaces === undefined ? decimal : decimal.toDecimalPlaces(this.decimalPlaces, Decimal.ROUND_HALF_EVEN);
    this.#checkDigits(rounded);
    // How half a unit is rounded is the database's business.
    return connection.operations.adaptDecimal(decimal, this);
  }

  override fromDb(connection: DatabaseWrapper): (value: unknown) => unknown {
    return connection.operations.decimalConverter(this.maxDigits, this.decimalPlaces);
  }

  override get defaultValidators(): readonly Validator[] {
    return [DecimalValidator(this.maxDigits ?? null, this.decimalPlaces ?? null)];
  }

  #checkDigits(value: Decimal): void {
    if (this.maxDigits === undefined || this.decimalPlaces === undefined) return;
    if (value.abs().lt(new Decimal(10).pow(this.maxDigits - this.decimalPlaces))) return;
    throw new ValidationError(
      `${this.toString()}: ${value.toString()} has more than ${this.maxDigits - this.decimalPlaces} digits before the decimal point.`,
      {
        code: "max_whole_digits",
      },
    );
  }
}

/** Whether a value is a `Decimal`, whichever copy of the library made it. */
export function isDecimal(value: unknown): value is Decimal {
  return Decimal.isDecimal(value);
}

// What holds on every database, so that validation says the same everywhere.
const SHARED_RANGES: Readonly<Record<string, readonly [number | bigint, number | bigint]>> = {
  SmallAutoField: [-32_768, 32_767],
  AutoField: [-2_147_483_648, 2_147_483_647],
  BigAutoField: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  SmallIntegerField: [-32_768, 32_767],
  IntegerField: [-2_147_483_648, 2_147_483_647],
  BigIntegerField: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  PositiveSmallIntegerField: [0, 32_767],
  PositiveIntegerField: [0, 2_147_483_647],
  PositiveBigIntegerField: [0, 9_223_372_036_854_775_807n],
};

/** A whole number for a lookup or a save: a safe number, or a bigint where it is beyond. A fraction would be another number. */
export function toInteger(value: unknown, field: Field): number | bigint {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return value;
    if (Number.isInteger(value)) return BigInt(value);
  }
  if (typeof value === "bigint") return narrow(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string" && INTEGER_TEXT.test(value.trim()))
    return narrow(BigInt(value.trim().replace(/^\+/, "")));
  if (isDecimal(value) && value.isInteger()) return narrow(BigInt(value.toFixed(0)));
  throw new FieldError(`Field '${field.name}' expected a whole number but got ${describeValue(value)}.`);
}

function toBigInt(value: unknown, field: Field): bigint {
  return BigInt(toInteger(value, field));
}

function narrow(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function toSafeNumber(value: bigint, field: Field): number {
  const number = narrow(value);
  if (typeof number === "number") return number;
  throw new FieldError(
    `${field.toString()}: ${value} is beyond 2^53 and would lose digits as a number. Use BigIntegerField.`,
  );
}

function toFloat(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (isDecimal(value)) return value.toNumber();
  if (
    typeof value === "string" &&
    value.trim() !== "" &&
    /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value.trim())
  )
    return Number(value);
  return undefined;
}

function toDecimal(value: unknown): Decimal | undefined {
  if (isDecimal(value)) return value;
  if (typeof value === "number" || typeof value === "bigint") return new Decimal(value.toString());
  if (typeof value === "string" && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value.trim()))
    return new Decimal(value.trim());
  return undefined;
}
