import { Expression, type Sql, type SqlCompiler, Value } from "@tsgo/orm/models";

/** Which bounds belong to a range that a function makes: the last argument of `TSTZRANGE` and its kin. Answers to `RangeBoundary`. */
export class RangeBoundary extends Expression<string> {
  static override readonly reference: string = "tsgo/contrib/postgres:RangeBoundary";
  readonly inclusiveLower: boolean;
  readonly inclusiveUpper: boolean;

  constructor({
    inclusiveLower = true,
    inclusiveUpper = false,
  }: { readonly inclusiveLower?: boolean; readonly inclusiveUpper?: boolean } = {}) {
    super();
    this.inclusiveLower = inclusiveLower;
    this.inclusiveUpper = inclusiveUpper;
  }

  override compile(compiler: SqlCompiler): Sql {
    return compiler.compile(new Value(`${this.inclusiveLower ? "[" : "("}${this.inclusiveUpper ? "]" : ")"}`));
  }

  override deconstruct(): ReturnType<Expression["deconstruct"]> {
    const { inclusiveLower, inclusiveUpper } = this;
    return { type: "RangeBoundary", args: [], options: { inclusiveLower, inclusiveUpper } };
  }
}
