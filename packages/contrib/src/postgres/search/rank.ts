import { FieldError } from "@tsgo/core/exceptions";
import { F, type Field, FloatField, Func, type Sql, type SqlCompiler, Value, type Expression } from "@tsgo/orm/models";

import { arrayText } from "../values/literals.ts";
import { SearchQuery, type SearchTerms, isSearchTerms } from "./query.ts";
import { SearchVector } from "./vector.ts";

/** What a rank takes beside vector and search. */
export interface SearchRankOptions {
  /** What words of the weights D, C, B and A count, from 0 to 1. */
  readonly weights?: readonly [d: number, c: number, b: number, a: number];
  /** How the length of the text counts: a sum of PostgreSQL's numbers. */
  readonly normalization?: number;
  /** Counts how near the words stand to each other. */
  readonly coverDensity?: boolean;
}

/**
 * How well a text matches a search: the greater, the better. Answers to `SearchRank`.
 *
 * @example
 * Entry.objects.annotate({ rank: new SearchRank(new SearchVector("body"), new SearchQuery("cheese")) }).orderBy("-rank")
 */
export class SearchRank extends Func<number> {
  override readonly function: string;
  readonly weights: string | undefined;
  readonly normalization: number | undefined;

  constructor(vector: string | Expression, query: string | SearchTerms | F, options: SearchRankOptions = {}) {
    const { weights, normalization, coverDensity = false } = options;
    super(
      typeof vector === "string" ? new SearchVector(vector) : vector,
      isSearchTerms(query) || query instanceof F ? query : new SearchQuery(query),
    );
    if (weights !== undefined && (weights.length !== 4 || !weights.every(Number.isFinite)))
      throw new FieldError("The weights of a SearchRank are four numbers, for D, C, B and A.");
    if (normalization !== undefined && !Number.isSafeInteger(normalization))
      throw new FieldError(`The normalization of a SearchRank is a whole number, not ${String(normalization)}.`);
    this.function = coverDensity ? "ts_rank_cd" : "ts_rank";
    this.weights = weights === undefined ? undefined : arrayText(weights, (weight) => weight);
    this.normalization = normalization;
  }

  protected override resolveOutputField(): Field {
    return new FloatField.Class();
  }

  override compile(compiler: SqlCompiler): Sql {
    const weights = this.weights === undefined ? undefined : compiler.parameter(this.weights);
    const [vector, query] = [compiler.compile(this.source(0)), compiler.compile(this.source(1))];
    const parts = [
      ...(weights === undefined ? [] : [{ sql: `${weights.sql}::float4[]`, params: weights.params }]),
      vector,
      query,
      ...(this.normalization === undefined ? [] : [compiler.compile(new Value(this.normalization))]),
    ];
    return {
      sql: `${this.function}(${parts.map((part) => part.sql).join(", ")})`,
      params: parts.flatMap((part) => part.params),
    };
  }
}
