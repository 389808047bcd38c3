import { FieldError } from "@tsgo/core/exceptions";
import {
  Cast,
  Coalesce,
  CombinedExpression,
  Expression,
  F,
  type Field,
  type Sql,
  type SqlCompiler,
  TextField,
  Value,
} from "@tsgo/orm/models";

import { SearchVectorField } from "../fields/search-vector.ts";
import { SearchConfig, type SearchConfiguration } from "./config.ts";

/** How much the words of a vector count in a rank, from most to least. */
export type SearchWeight = "A" | "B" | "C" | "D";

/** What a vector takes beside its texts. */
export interface SearchVectorOptions {
  readonly config?: SearchConfiguration;
  readonly weight?: SearchWeight;
}

/**
 * The words of one or more texts, for a search in all of them. `add` joins vectors of different weight. Answers to `SearchVector`.
 *
 * @example
 * const vector = new SearchVector("title", { weight: "A" }).add(new SearchVector("body", { weight: "B" }));
 * await Entry.objects.annotate({ search: vector }).filter({ search: "cheese" });
 */
export class SearchVector extends Expression<string> {
  static override readonly reference: string = "tsgo/contrib/postgres:SearchVector";
  readonly texts: readonly Expression[];
  readonly config: SearchConfig | undefined;
  readonly weight: SearchWeight | undefined;

  constructor(texts: string | Expression | readonly (string | Expression)[], options: SearchVectorOptions = {}) {
    super(new SearchVectorField());
    const { config, weight } = options;
    if (weight !== undefined && !["A", "B", "C", "D"].includes(weight))
      throw new FieldError(`The weight of a SearchVector is A, B, C or D, not ${JSON.stringify(weight)}.`);
    const list = Array.isArray(texts) ? (texts as readonly (string | Expression)[]) : [texts as string | Expression];
    if (list.length === 0) throw new FieldError("A SearchVector needs a text: the name of a field or an expression.");
    this.texts = list.map((text) => (typeof text === "string" ? new F(text) : text));
    this.config = SearchConfig.from(config);
    this.weight = weight;
  }

  override getSourceExpressions(): readonly Expression[] {
    return this.config === undefined ? this.texts : [...this.texts, this.config];
  }

  override withSourceExpressions(sources: readonly (Expression | undefined)[]): this {
    const count = this.texts.length;
    return this.copyWith({
      texts: sources.slice(0, count),
      config: this.config === undefined ? undefined : sources[count],
    });
  }

  override compile(compiler: SqlCompiler): Sql {
    const texts = this.texts.map((text) => compiler.compile(asText(text)));
    const config = this.config === undefined ? undefined : compiler.compile(this.config);
    const args = [...(config === undefined ? [] : [config.sql]), texts.map((text) => text.sql).join(" || ' ' || ")];
    const params = [...(config?.params ?? []), ...texts.flatMap((text) => text.params)];
    const vector = `to_tsvector(${args.join(", ")})`;
    return { sql: this.weight === undefined ? vector : `setweight(${vector}, '${this.weight}')`, params };
  }

  /** Both vectors in one. */
  override add(other: unknown): CombinedSearchVector {
    return joinVectors(this, other);
  }

  override deconstruct(): ReturnType<Expression["deconstruct"]> {
    const { config, weight } = this;
    return {
      type: "SearchVector",
      args: [[...this.texts]],
      options: { ...(config !== undefined && { config }), ...(weight !== undefined && { weight }) },
    };
  }
}

function asText(expression: Expression): Expression {
  const isText = expression.outputFieldOrUndefined instanceof TextField.Class;
  const text = isText ? expression : new Cast(expression, new TextField.Class());
  return new Coalesce(text, new Value(""));
}

/** Vectors joined to one. */
export class CombinedSearchVector extends CombinedExpression {
  static override readonly reference: string = "tsgo/contrib/postgres:CombinedSearchVector";

  constructor(lhs: Expression, rhs: Expression) {
    super(lhs, "+", rhs, new SearchVectorField());
  }

  protected override resolveOutputField(): Field {
    return new SearchVectorField();
  }

  override compile(compiler: SqlCompiler): Sql {
    const [lhs, rhs] = [compiler.compile(this.lhs), compiler.compile(this.rhs)];
    return { sql: `(${lhs.sql} || ${rhs.sql})`, params: [...lhs.params, ...rhs.params] };
  }

  override add(other: unknown): CombinedSearchVector {
    return joinVectors(this, other);
  }

  override deconstruct(): ReturnType<Expression["deconstruct"]> {
    return { type: "CombinedSearchVector", args: [this.lhs, this.rhs], options: {} };
  }
}

function joinVectors(lhs: Expression, rhs: unknown): CombinedSearchVector {
  if (rhs instanceof SearchVector || rhs instanceof CombinedSearchVector || rhs instanceof F)
    return new CombinedSearchVector(lhs, rhs);
  throw new FieldError("A SearchVector can only be joined with another one.");
}
