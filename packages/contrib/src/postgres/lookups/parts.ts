// What the lookups of several types of PostgreSQL have in common.

import { type Expression, Lookup, type LookupEntry, type Sql, type SqlCompiler } from "@tsgo/orm/models";

/**
 * A lookup that is an operator between two values of one type. The value on the right is cast to that type, since an array or
 * a range in a parameter does not tell what it is.
 */
export abstract class TypedOperator extends Lookup {
  /** The operator, `@>`. */
  protected abstract readonly operator: string;

  protected override get takesContainers(): boolean {
    return true;
  }

  /** The type that the right side is cast to. */
  protected castType(compiler: SqlCompiler): string | null {
    return this.valueField?.castDbType(compiler.connection) ?? null;
  }

  override compile(compiler: SqlCompiler): Sql {
    const { lhs, rhs } = this.sides(compiler);
    const type = this.castType(compiler);
    const right = type === null ? rhs.sql : `${rhs.sql}::${type}`;
    return { sql: `${lhs.sql} ${this.operator} ${right}`, params: [...lhs.params, ...rhs.params] };
  }
}

type OperatorBase = abstract new (lhs: Expression, rhs: unknown) => TypedOperator;

/** The class of a lookup by name and operator. */
export function operatorLookup(lookupName: string, operator: string, Base: OperatorBase = TypedOperator): LookupEntry {
  abstract class Named extends Base {
    protected override readonly operator: string = operator;
  }
  return Object.assign(class extends Named {}, { lookupName });
}

/** Names and operators of equality and order between values of one type. */
export const COMPARISONS = [
  ["exact", "="],
  ["gt", ">"],
  ["gte", ">="],
  ["lt", "<"],
  ["lte", "<="],
] as const;
