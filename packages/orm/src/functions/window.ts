// Functions that look at the rows of a window.

import { Expression, Value } from "../expressions/expression.ts";
import { Func, type FuncArgument } from "../expressions/func.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";
import type { Field } from "../fields/field.ts";
import { FloatField, IntegerField } from "../fields/numbers.ts";

abstract class WindowFunc<T = unknown> extends Func<T> {
  override readonly windowCompatible: boolean = true;
  override readonly filterable: boolean = true;
}

abstract class Ranking<T = number> extends WindowFunc<T> {
  protected override resolveOutputField(): Field {
    return new IntegerField();
  }
}

/** The number of the row in its window, from 1. */
export class RowNumber extends Ranking {
  override readonly function = "ROW_NUMBER";
}
/** The rank, with gaps behind equal rows. */
export class Rank extends Ranking {
  override readonly function = "RANK";
}
/** The rank, without gaps. */
export class DenseRank extends Ranking {
  override readonly function = "DENSE_RANK";
}
abstract class Fraction extends WindowFunc<number> {
  // MariaDB would give ten digits.
  override compileOver(compiler: SqlCompiler, over: Sql): Sql {
    const { sql, params } = super.compileOver(compiler, over);
    return { sql: compiler.connection.vendor === "mysql" ? `(${sql} + 0e0)` : sql, params };
  }
  protected override resolveOutputField(): Field {
    return new FloatField();
  }
}

/** The rank as a fraction from 0 to 1. */
export class PercentRank extends Fraction {
  override readonly function = "PERCENT_RANK";
}
/** The fraction of rows that are not after this one. */
export class CumeDist extends Fraction {
  override readonly function = "CUME_DIST";
}
/** The number of the bucket that the row falls into. */
export class Ntile extends Ranking {
  override readonly function = "NTILE";
  constructor(buckets = 1) {
    if (!Number.isSafeInteger(buckets) || buckets < 1)
      throw new RangeError(`Ntile() takes a whole number of buckets from 1, not ${buckets}.`);
    super(new Value(buckets));
  }
}

abstract class OfFirst<T> extends WindowFunc<T> {
  protected override resolveOutputField(): Field | undefined {
    return this.source(0).outputFieldOrUndefined;
  }
}

/** The value in the first row of the frame. */
export class FirstValue<T = unknown> extends OfFirst<T> {
  override readonly function = "FIRST_VALUE";
}
/** The value in the last row of the frame. */
export class LastValue<T = unknown> extends OfFirst<T> {
  override readonly function = "LAST_VALUE";
}
/** The value in the row of a number, from 1. */
export class NthValue<T = unknown> extends OfFirst<T> {
  override readonly function = "NTH_VALUE";
  constructor(expression: FuncArgument, nth = 1) {
    if (!Number.isSafeInteger(nth) || nth < 1)
      throw new RangeError(`NthValue() takes a whole number from 1, not ${nth}.`);
    super(expression, new Value(nth));
  }
}

/** What to look at before or after, and what to take where there is no such row. */
export interface LagOptions {
  readonly offset?: number;
  readonly default?: unknown;
}

abstract class Shifted<T> extends OfFirst<T> {
  constructor(expression: FuncArgument, { offset = 1, default: fallback }: LagOptions = {}) {
    if (!Number.isSafeInteger(offset) || offset < 1)
      throw new RangeError(`The offset is a whole number from 1, not ${offset}.`);
    const extra: Expression[] =
      fallback === undefined ? [] : [fallback instanceof Expression ? fallback : new Value(fallback)];
    super(expression, new Value(offset), ...extra);
  }

  // MariaDB takes no default. There is no such row where not even a number is found in it.
  override compileOver(compiler: SqlCompiler, over: Sql): Sql {
    const [value, offset, fallback] = this.sources;
    if (value === undefined || offset === undefined || fallback === undefined || compiler.connection.vendor !== "mysql")
      return super.compileOver(compiler, over);
    const parts = [
      this.compileAs(compiler, {}, [new Value(1), offset]),
      over,
      compiler.compile(fallback),
      this.compileAs(compiler, {}, [value, offset]),
      over,
    ] as const;
    const [probe, , none, found] = parts.map(({ sql }) => sql);
    return {
      sql: `(CASE WHEN ${probe} OVER (${over.sql}) IS NULL THEN ${none} ELSE ${found} OVER (${over.sql}) END)`,
      params: parts.flatMap(({ params }) => params),
    };
  }
}

/** The value in a row before. */
export class Lag<T = unknown> extends Shifted<T> {
  override readonly function = "LAG";
}
/** The value in a row after. */
export class Lead<T = unknown> extends Shifted<T> {
  override readonly function = "LEAD";
}
