import { Expression, type Sql, type SqlCompiler, Value } from "@tsgo/orm/models";

/** The name of a configuration of full text search (`"english"`), or an expression that gives one. */
export type SearchConfiguration = string | Expression;

/** A configuration of full text search as part of a query. Answers to `SearchConfig`. */
export class SearchConfig extends Expression<string> {
  static override readonly reference: string = "tsgo/contrib/postgres:SearchConfig";
  readonly config: Expression;

  constructor(config: SearchConfiguration) {
    super();
    this.config = typeof config === "string" ? new Value(config) : config;
  }

  /** A configuration as it may be given, as an expression. */
  static from(config: SearchConfiguration | undefined): SearchConfig | undefined {
    return config === undefined || config instanceof SearchConfig ? config : new SearchConfig(config);
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.config];
  }

  override withSourceExpressions([config]: readonly (Expression | undefined)[]): this {
    return config === this.config ? this : this.copyWith({ config });
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.config);
    return { sql: `${sql}::regconfig`, params };
  }

  override getGroupByCols(): readonly Expression[] {
    return this.config.getGroupByCols();
  }

  override deconstruct(): ReturnType<Expression["deconstruct"]> {
    return {
      type: "SearchConfig",
      args: [this.config instanceof Value ? this.config.value : this.config],
      options: {},
    };
  }
}
