import { ValidationError } from "@tsgo/core/exceptions";
import type { DatabaseWrapper } from "@tsgo/orm/db";
import {
  BigIntegerField,
  DateField,
  DateTimeField,
  DecimalField,
  Field,
  type FieldOptions,
  IntegerField,
} from "@tsgo/orm/models";

import { fixtureJson, itemText } from "../values/fixture-text.ts";
import { parseRange, rangeText } from "../values/literals.ts";
import { Range, type RangeBounds } from "../values/range.ts";
import { itemError, itemReader, requirePostgresql } from "./inner.ts";

/** Options of a range over values that have no next one. */
export interface ContinuousRangeOptions extends FieldOptions {
  /** The bounds of a range that is given as a list of two values. `"[)"` where left out. */
  readonly defaultBounds?: RangeBounds;
}

/** The parent of the fields that hold a {@link Range}. A list of two values counts as one. */
export abstract class RangeField<T = unknown, Optional extends boolean = boolean> extends Field<T, Optional> {
  declare readonly options: ContinuousRangeOptions;
  /** The type of the column. */
  abstract readonly rangeType: string;
  /** The field that a bound is one of. */
  abstract readonly baseField: Field;

  // Not the name of the class: IntegerRangeField would count as a field of integers.
  override get internalType(): string {
    return this.rangeType;
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override dbType(connection: DatabaseWrapper): string {
    requirePostgresql("A range", connection);
    return this.rangeType;
  }

  override placeholder(parameter: string): string {
    return `${parameter}::${this.rangeType}`;
  }

  // Messages about a bound name the field that it is in.
  override setAttributesFromName(name: string): void {
    super.setAttributesFromName(name);
    this.baseField.setAttributesFromName(name);
  }

  /** Takes a range, a list of two bounds, or the JSON that fixtures have. */
  override toValue(value: unknown): unknown {
    const given = typeof value === "string" ? fromJson(value) : value;
    const range = this.#asRange(given);
    if (range === undefined) return given;
    try {
      return range.map((bound) => this.baseField.toValue(bound));
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      throw itemError(error, "A bound of the range did not validate:", "bound_invalid", 0);
    }
  }

  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    const range = this.#asRange(value) ?? this.refuse(value, "a Range or a list of two bounds");
    return range.map((bound) => this.baseField.getPrepValue(bound));
  }

  #asRange(value: unknown): Range<unknown> | undefined {
    if (value instanceof Range) return value as Range<unknown>;
    if (!Array.isArray(value) || value.length !== 2) return undefined;
    return new Range(value[0] ?? null, value[1] ?? null, this.options.defaultBounds);
  }

  override getDbPrepValue(value: unknown, connection: DatabaseWrapper, prepared = false): unknown {
    const range = prepared ? value : this.getPrepValue(value);
    if (!(range instanceof Range)) return range;
    return rangeText(range, (bound) => this.baseField.getDbPrepValue(bound, connection, true));
  }

  override fromDb(connection: DatabaseWrapper): (value: unknown) => unknown {
    const read = itemReader(this.baseField, connection);
    return (value) => (typeof value === "string" ? (parseRange(value, read) ?? value) : value);
  }

  /** The bounds as texts, in JSON. */
  override valueToString(instance: Parameters<Field["valueToString"]>[0]): string {
    const { isEmpty, lower, upper, bounds } = this.valueFromObject(instance) as Range<unknown>;
    return fixtureJson(
      isEmpty
        ? { empty: true }
        : { lower: itemText(this.baseField, lower), upper: itemText(this.baseField, upper), bounds },
    );
  }

  override validate(value: unknown, instance: Parameters<Field["validate"]>[1]): void {
    super.validate(value, instance);
    if (value !== null && value !== undefined && !(value instanceof Range))
      throw new ValidationError("This is not a range.", { code: "invalid", params: { value } });
  }
}

function fromJson(text: string): unknown {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch (error) {
    throw new ValidationError("This is not a range in JSON.", {
      code: "invalid",
      params: { value: text },
      cause: error,
    });
  }
  if (typeof parts !== "object" || parts === null || Array.isArray(parts)) return parts;
  const { lower, upper, bounds, empty } = parts as Record<string, unknown>;
  if (empty === true) return Range.empty();
  return new Range(lower ?? null, upper ?? null, (bounds ?? "[)") as RangeBounds);
}

/** A range of 32-bit whole numbers (`int4range`). */
export class IntegerRangeField<T = Range<number>, Optional extends boolean = boolean> extends RangeField<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:IntegerRangeField()";
  override readonly rangeType = "int4range";
  override readonly baseField: Field = new IntegerField.Class();
}

/** A range of 64-bit whole numbers, which are `bigint` (`int8range`). */
export class BigIntegerRangeField<T = Range<bigint>, Optional extends boolean = boolean> extends RangeField<
  T,
  Optional
> {
  static override readonly reference: string = "tsgo/contrib/postgres:BigIntegerRangeField()";
  override readonly rangeType = "int8range";
  override readonly baseField: Field = new BigIntegerField.Class();
}

/** A range of decimals (`numrange`). */
export class DecimalRangeField<T = unknown, Optional extends boolean = boolean> extends RangeField<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:DecimalRangeField()";
  override readonly rangeType = "numrange";
  override readonly baseField: Field = new DecimalField.Class();
}

/** A range of instants (`tstzrange`). */
export class DateTimeRangeField<T = Range<Date>, Optional extends boolean = boolean> extends RangeField<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:DateTimeRangeField()";
  override readonly rangeType = "tstzrange";
  override readonly baseField: Field = new DateTimeField.Class();
}

/** A range of dates (`daterange`). */
export class DateRangeField<T = unknown, Optional extends boolean = boolean> extends RangeField<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:DateRangeField()";
  override readonly rangeType = "daterange";
  override readonly baseField: Field = new DateField.Class();
}
