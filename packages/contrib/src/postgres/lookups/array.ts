// Lookups of arrays.

import {
  Expression,
  type Field,
  Func,
  IntegerField,
  type LookupEntry,
  lookups,
  type Sql,
  type SqlCompiler,
  Transform,
  Value,
} from "@tsgo/orm/models";

import { COMPARISONS, TypedOperator, operatorLookup } from "./parts.ts";

/** `ARRAY[a, b]`, for a list that has expressions among its items. */
class ArrayConstructor extends Func {
  override readonly function = "ARRAY";
  override readonly template = "%(function)s[%(expressions)s]";
}

/** An operator between arrays. A list with expressions among its items is put together by the database. */
abstract class ArrayOperator extends TypedOperator {
  protected override prepare(value: unknown): unknown {
    if (!Array.isArray(value) || !value.some((item) => item instanceof Expression)) return super.prepare(value);
    const field = (this.valueField as { readonly baseField?: Field } | undefined)?.baseField;
    const options = field === undefined ? {} : { outputField: field };
    return new ArrayConstructor(
      ...value.map((item) => (item instanceof Expression ? item : new Value(item as unknown, options))),
    );
  }
}

/** `in`: the array is one of several. */
class ArrayIn extends lookups.In {
  static override readonly lookupName: string = "in";
  protected override get takesContainers(): boolean {
    return true;
  }
}

/** `len`: the number of items. */
class ArrayLength extends Transform<number> {
  static override readonly lookupName: string = "len";

  protected override resolveOutputField(): Field {
    return new IntegerField.Class();
  }

  // The length of an empty array is NULL to PostgreSQL.
  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.lhs);
    return {
      sql: `CASE WHEN ${sql} IS NULL THEN NULL ELSE coalesce(array_length(${sql}, 1), 0) END`,
      params: [...params, ...params],
    };
  }
}

const OPERATORS = [...COMPARISONS, ["contains", "@>"], ["contained_by", "<@"], ["overlap", "&&"]] as const;

/** What `ArrayField` has. */
export const arrayLookups: readonly LookupEntry[] = [
  ...OPERATORS.map(([name, operator]) => operatorLookup(name, operator, ArrayOperator)),
  ArrayIn,
  ArrayLength,
];
