// Functions of numbers.

import type { Field } from "../fields/field.ts";
import { Value } from "../expressions/expression.ts";
import { Func, type FuncArgument } from "../expressions/func.ts";
import { DecimalField, FloatField } from "../fields/numbers.ts";
import { Transform } from "../lookups/transform.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";
import { Cast } from "./cast.ts";

// Integers and decimals have results that are none: floats, but decimals where the value is one.
abstract class NumberTransform extends Transform<number> {
  protected override resolveOutputField(): Field | undefined {
    const field = super.resolveOutputField();
    return field?.targetValueField.internalType === "DecimalField" ? field : new FloatField();
  }
}

/** The value without its sign. */
export class Abs extends Transform<number> {
  static override readonly lookupName: string = "abs";
  override readonly function = "ABS";
}
/** The least whole number from the value up. */
export class Ceil extends Transform<number> {
  static override readonly lookupName: string = "ceil";
  override readonly function = "CEILING";
}
/** The greatest whole number from the value down. */
export class Floor extends Transform<number> {
  static override readonly lookupName: string = "floor";
  override readonly function = "FLOOR";
}
/** -1, 0 or 1. */
export class Sign extends Transform<number> {
  static override readonly lookupName: string = "sign";
  override readonly function = "SIGN";
}
/** The square root. */
export class Sqrt extends NumberTransform {
  static override readonly lookupName: string = "sqrt";
  override readonly function = "SQRT";
}
/** e to the power of the value. */
export class Exp extends NumberTransform {
  static override readonly lookupName: string = "exp";
  override readonly function = "EXP";
}
/** The natural logarithm. */
export class Ln extends NumberTransform {
  static override readonly lookupName: string = "ln";
  override readonly function = "LN";
}
/** The sine. */
export class Sin extends NumberTransform {
  static override readonly lookupName: string = "sin";
  override readonly function = "SIN";
}
/** The cosine. */
export class Cos extends NumberTransform {
  static override readonly lookupName: string = "cos";
  override readonly function = "COS";
}
/** The tangent. */
export class Tan extends NumberTransform {
  static override readonly lookupName: string = "tan";
  override readonly function = "TAN";
}
/** The cotangent. */
export class Cot extends NumberTransform {
  static override readonly lookupName: string = "cot";
  override readonly function = "COT";
}
/** The arc sine. */
export class ASin extends NumberTransform {
  static override readonly lookupName: string = "asin";
  override readonly function = "ASIN";
}
/** The arc cosine. */
export class ACos extends NumberTransform {
  static override readonly lookupName: string = "acos";
  override readonly function = "ACOS";
}
/** The arc tangent. */
export class ATan extends NumberTransform {
  static override readonly lookupName: string = "atan";
  override readonly function = "ATAN";
}
/** Radians as degrees. */
export class Degrees extends NumberTransform {
  static override readonly lookupName: string = "degrees";
  override readonly function = "DEGREES";
}
/** Degrees as radians. */
export class Radians extends NumberTransform {
  static override readonly lookupName: string = "radians";
  override readonly function = "RADIANS";
}

/** The angle of a point. */
export class ATan2 extends Func<number> {
  override readonly function = "ATAN2";
  constructor(y: FuncArgument, x: FuncArgument) {
    super(y, x, { outputField: new FloatField() });
  }
}

/** π. */
export class Pi extends Func<number> {
  override readonly function = "PI";
  // It would be given with six places.
  override readonly forms = { mysql: { template: "(PI() + 0e0)" } };
  constructor() {
    super({ outputField: new FloatField() });
  }
}

// PostgreSQL has these functions for decimals, but not for floats.
abstract class DecimalFunc extends Func<number> {
  override compile(compiler: SqlCompiler): Sql {
    if (compiler.connection.vendor !== "postgresql") return super.compile(compiler);
    const sources = this.sources.map((source) =>
      source.outputFieldOrUndefined?.targetValueField.internalType === "FloatField"
        ? new Cast(source, new DecimalField())
        : source,
    );
    return this.compileAs(compiler, {}, sources);
  }
}

/** The logarithm of a value to a base. */
export class Log extends DecimalFunc {
  override readonly function = "LOG";
  constructor(base: FuncArgument, value: FuncArgument) {
    super(base, value, { outputField: new FloatField() });
  }
}

/** The rest of a division. */
export class Mod extends DecimalFunc {
  override readonly function = "MOD";
  constructor(value: FuncArgument, divisor: FuncArgument) {
    super(value, divisor, { outputField: new FloatField() });
  }
}

/** A value to the power of another. */
export class Power extends Func<number> {
  override readonly function = "POWER";
  constructor(value: FuncArgument, exponent: FuncArgument) {
    super(value, exponent, { outputField: new FloatField() });
  }
}

/** A value to so many decimal places: `new Round("price", { precision: 1 })`. */
export class Round extends DecimalFunc {
  static readonly lookupName: string = "round";
  static readonly isTransform: boolean = true;
  override readonly function = "ROUND";
  readonly precision: number;

  constructor(expression: FuncArgument, options: { readonly precision?: number } = {}) {
    super(expression, new Value(options.precision ?? 0));
    this.precision = options.precision ?? 0;
  }

  protected override resolveOutputField(): Field | undefined {
    return this.source(0).outputFieldOrUndefined;
  }

  // MariaDB rounds halves of decimals away from zero, as everyone does, but halves of floats to the even neighbour. Floats
  // beyond the range of decimals are too large to have a fraction.
  override compile(compiler: SqlCompiler): Sql {
    if (compiler.connection.vendor === "sqlite" && this.precision < 0)
      return roundedTens(compiler.compile(this.source(0)), -this.precision);
    const isFloat = this.source(0).outputFieldOrUndefined?.targetValueField.internalType === "FloatField";
    if (!isFloat || compiler.connection.vendor !== "mysql") return super.compile(compiler);
    const [value, places] = this.sources.map((source) => compiler.compile(source));
    if (value === undefined || places === undefined) return super.compile(compiler);
    return {
      sql: `IF(ABS(${value.sql}) < 1e30, ROUND(CAST(${value.sql} AS DECIMAL(65, 30)), ${places.sql}) + 0e0, ${value.sql})`,
      params: [...value.params, ...value.params, ...places.params, ...value.params],
    };
  }
}

// SQLite takes no negative number of places.
function roundedTens({ sql, params }: Sql, zeros: number): Sql {
  return { sql: `(ROUND(${sql} / 1e${zeros}) * 1e${zeros})`, params };
}
