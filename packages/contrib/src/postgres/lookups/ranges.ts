// Lookups of ranges, and `contained_by` of the values that ranges are made of.

import { FieldError } from "@tsgo/core/exceptions";
import {
  AutoField,
  BigAutoField,
  BigIntegerField,
  BooleanField,
  DateField,
  DateTimeField,
  DecimalField,
  type Expression,
  type Field,
  FloatField,
  IntegerField,
  Lookup,
  type LookupEntry,
  PositiveIntegerField,
  SmallIntegerField,
  type Sql,
  type SqlCompiler,
  Transform,
} from "@tsgo/orm/models";

import { RangeField } from "../fields/ranges.ts";
import { Range } from "../values/range.ts";
import { rangeText } from "../values/literals.ts";
import { COMPARISONS, TypedOperator, operatorLookup } from "./parts.ts";

/** `contains`: the range has all of another, or a single value. */
class RangeContains extends TypedOperator {
  static override readonly lookupName: string = "contains";
  protected override readonly operator = "@>";

  get #takesValue(): boolean {
    return !(this.rhs instanceof Range);
  }

  protected override prepareScalar(value: unknown): unknown {
    const field = this.valueField;
    if (!(field instanceof RangeField)) return value;
    return value instanceof Range || Array.isArray(value)
      ? field.getPrepValue(value)
      : field.baseField.getPrepValue(value);
  }

  protected override dbValue(compiler: SqlCompiler, value: unknown): unknown {
    const field = this.valueField;
    if (!(field instanceof RangeField)) return value;
    return (this.#takesValue ? field.baseField : field).getDbPrepValue(value, compiler.connection, true);
  }

  protected override castType(compiler: SqlCompiler): string | null {
    const field = this.valueField;
    // An expression has a type of its own.
    if (!(field instanceof RangeField) || isExpression(this.rhs)) return null;
    return (this.#takesValue ? field.baseField : field).castDbType(compiler.connection);
  }
}

function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && "compile" in value;
}

/** Bounds of a range as values. */
abstract class Bound extends Transform {
  protected override resolveOutputField(): Field | undefined {
    const field = this.lhs.outputField;
    return field instanceof RangeField ? field.baseField : undefined;
  }
}

/** `startswith`: the lower bound. */
class LowerBound extends Bound {
  static override readonly lookupName: string = "startswith";
  override readonly function = "lower";
}

/** `endswith`: the upper bound. */
class UpperBound extends Bound {
  static override readonly lookupName: string = "endswith";
  override readonly function = "upper";
}

function question(lookupName: string): LookupEntry {
  class Question extends Transform<boolean> {
    override readonly function = lookupName;
    protected override resolveOutputField(): Field {
      return new BooleanField.Class();
    }
  }
  return Object.assign(Question, { lookupName });
}

/** What the fields of ranges have. */
export const rangeLookups: readonly LookupEntry[] = [
  ...COMPARISONS.map(([name, operator]) => operatorLookup(name, operator)),
  RangeContains,
  operatorLookup("contained_by", "<@"),
  operatorLookup("overlap", "&&"),
  operatorLookup("fully_lt", "<<"),
  operatorLookup("fully_gt", ">>"),
  operatorLookup("not_lt", "&>"),
  operatorLookup("not_gt", "&<"),
  operatorLookup("adjacent_to", "-|-"),
  LowerBound,
  UpperBound,
  question("isempty"),
  question("lower_inc"),
  question("lower_inf"),
  question("upper_inc"),
  question("upper_inf"),
];

/** The fields whose values `contained_by` looks for in a range. */
export const rangedFields: readonly (abstract new (...args: never[]) => Field)[] = [
  IntegerField.Class,
  BigIntegerField.Class,
  SmallIntegerField.Class,
  PositiveIntegerField.Class,
  AutoField.Class,
  BigAutoField.Class,
  FloatField.Class,
  DecimalField.Class,
  DateField.Class,
  DateTimeField.Class,
];

const RANGE_TYPES: Readonly<Record<string, { readonly range: string; readonly value: string }>> = {
  SmallIntegerField: { range: "int4range", value: "integer" },
  IntegerField: { range: "int4range", value: "integer" },
  PositiveIntegerField: { range: "int4range", value: "integer" },
  PositiveSmallIntegerField: { range: "int4range", value: "integer" },
  AutoField: { range: "int4range", value: "integer" },
  BigIntegerField: { range: "int8range", value: "bigint" },
  PositiveBigIntegerField: { range: "int8range", value: "bigint" },
  BigAutoField: { range: "int8range", value: "bigint" },
  DecimalField: { range: "numrange", value: "numeric" },
  FloatField: { range: "numrange", value: "numeric" },
  DateField: { range: "daterange", value: "date" },
  DateTimeField: { range: "tstzrange", value: "timestamptz" },
};

/** `contained_by` of a number, a date or an instant: a range has it. */
export class ValueContainedBy extends Lookup {
  static override readonly lookupName: string = "contained_by";

  protected override prepare(value: unknown): unknown {
    const range =
      Array.isArray(value) && value.length === 2 ? new Range<unknown>(value[0] ?? null, value[1] ?? null) : value;
    if (!(range instanceof Range))
      throw new FieldError(`The lookup 'contained_by' takes a Range or a list of two bounds.`);
    return range.map((bound) => this.prepareScalar(bound));
  }

  protected override dbValue(compiler: SqlCompiler, value: unknown): unknown {
    return rangeText(value as Range<unknown>, (bound) =>
      this.valueField?.getDbPrepValue(bound, compiler.connection, true),
    );
  }

  override compile(compiler: SqlCompiler): Sql {
    const { lhs, rhs } = this.sides(compiler);
    const type = RANGE_TYPES[this.valueField?.targetValueField.internalType ?? ""];
    const params = [...lhs.params, ...rhs.params];
    if (type === undefined) return { sql: `${lhs.sql} <@ ${rhs.sql}`, params };
    const right = isExpression(this.rhs) ? rhs.sql : `${rhs.sql}::${type.range}`;
    return { sql: `${lhs.sql}::${type.value} <@ ${right}`, params };
  }
}
