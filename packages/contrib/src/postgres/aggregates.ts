// Aggregates that PostgreSQL has beside the usual ones.

import {
  Aggregate,
  type AggregateOptions,
  type Expression,
  type Field,
  FloatField,
  IntegerField,
  JSONField,
} from "@tsgo/orm/models";

import { ArrayField } from "./fields/array.ts";

/**
 * The values of the group as a list, nulls included; null where there is no row. Answers to `ArrayAgg`.
 *
 * @example Publisher.objects.annotate({ titles: new ArrayAgg("books__title", { orderBy: "books__title" }) })
 */
export class ArrayAgg<T = unknown> extends Aggregate<T[]> {
  static override readonly aggregateName: string = "arrayagg";
  override readonly function = "ARRAY_AGG";
  override readonly allowDistinct = true;
  override readonly allowOrderBy = true;

  protected override resolveOutputField(): Field | undefined {
    const field = this.source(0).outputFieldOrUndefined?.targetValueField;
    return field === undefined ? undefined : new ArrayField({ baseField: field });
  }
}

/** The values of the group as a list in JSON. Answers to `JSONBAgg`. */
export class JSONBAgg<T = unknown> extends Aggregate<T[]> {
  static override readonly aggregateName: string = "jsonbagg";
  override readonly function = "JSONB_AGG";
  override readonly allowDistinct = true;
  override readonly allowOrderBy = true;

  protected override resolveOutputField(): Field {
    return new JSONField.Class();
  }
}

/** The bits that all values have. */
export class BitAnd extends Aggregate<number> {
  static override readonly aggregateName: string = "bitand";
  override readonly function = "BIT_AND";
}

/** The bits that at least one value has. */
export class BitOr extends Aggregate<number> {
  static override readonly aggregateName: string = "bitor";
  override readonly function = "BIT_OR";
}

/** The bits that an odd number of values has. */
export class BitXor extends Aggregate<number> {
  static override readonly aggregateName: string = "bitxor";
  override readonly function = "BIT_XOR";
}

/** All are true. */
export class BoolAnd extends Aggregate<boolean> {
  static override readonly aggregateName: string = "booland";
  override readonly function = "BOOL_AND";
}

/** At least one is true. */
export class BoolOr extends Aggregate<boolean> {
  static override readonly aggregateName: string = "boolor";
  override readonly function = "BOOL_OR";
}

/** The parent of what is computed from pairs of numbers: `y`, the dependent one, comes first. */
abstract class StatAggregate extends Aggregate<number> {
  constructor(y: string | Expression, x: string | Expression, options: AggregateOptions = {}) {
    super([y, x], options);
  }

  protected override resolveOutputField(): Field {
    return new FloatField.Class();
  }
}

/** The correlation of `y` and `x`, from -1 to 1. */
export class Corr extends StatAggregate {
  override readonly function = "CORR";
}

/** The covariance of `y` and `x`; of a sample with `sample: true`. */
export class CovarPop extends StatAggregate {
  override readonly function: string;

  constructor(
    y: string | Expression,
    x: string | Expression,
    { sample = false, ...options }: AggregateOptions & { readonly sample?: boolean } = {},
  ) {
    super(y, x, options);
    this.function = sample ? "COVAR_SAMP" : "COVAR_POP";
  }
}

/** The mean of `x` where both are there. */
export class RegrAvgX extends StatAggregate {
  override readonly function = "REGR_AVGX";
}

/** The mean of `y` where both are there. */
export class RegrAvgY extends StatAggregate {
  override readonly function = "REGR_AVGY";
}

/** The number of rows where both are there. */
export class RegrCount extends StatAggregate {
  override readonly function = "REGR_COUNT";

  override get emptyResultSetValue(): unknown {
    return 0;
  }

  protected override resolveOutputField(): Field {
    return new IntegerField.Class();
  }
}

/** Where the line of least squares meets the axis of `y`. */
export class RegrIntercept extends StatAggregate {
  override readonly function = "REGR_INTERCEPT";
}

/** The square of the correlation. */
export class RegrR2 extends StatAggregate {
  override readonly function = "REGR_R2";
}

/** The slope of the line of least squares. */
export class RegrSlope extends StatAggregate {
  override readonly function = "REGR_SLOPE";
}

/** The sum of the squares of `x` about its mean. */
export class RegrSXX extends StatAggregate {
  override readonly function = "REGR_SXX";
}

/** The sum of the products of `x` and `y` about their means. */
export class RegrSXY extends StatAggregate {
  override readonly function = "REGR_SXY";
}

/** The sum of the squares of `y` about its mean. */
export class RegrSYY extends StatAggregate {
  override readonly function = "REGR_SYY";
}
