import { FieldError } from "@tsgo/core/exceptions";
import { CombinedExpression, Expression, type Field, type Sql, type SqlCompiler, Value } from "@tsgo/orm/models";

import { SearchQueryField } from "../fields/search-vector.ts";
import { SearchConfig, type SearchConfiguration } from "./config.ts";
import { type Lexeme, isLexeme } from "./lexeme.ts";

const FUNCTIONS = {
  plain: "plainto_tsquery",
  phrase: "phraseto_tsquery",
  raw: "to_tsquery",
  websearch: "websearch_to_tsquery",
} as const;

/** How the text of a search is read: words that all occur, a phrase, an expression of PostgreSQL's, or as web searches have it. */
export type SearchType = keyof typeof FUNCTIONS;

/** What a search takes beside its words. */
export interface SearchQueryOptions {
  readonly config?: SearchConfiguration;
  /** Finds what does not match. */
  readonly invert?: boolean;
  readonly searchType?: SearchType;
}

/** A search, or several that were combined. */
export type SearchTerms = SearchQuery | CombinedSearchQuery;

/**
 * What is searched for. `both`, `either` and `not` combine searches. Answers to `SearchQuery`, with `&`, `|` and `~`.
 *
 * @example new SearchQuery("cheese").both(new SearchQuery("blue").not())
 */
export class SearchQuery extends Expression<string> {
  readonly text: Expression;
  readonly config: SearchConfig | undefined;
  readonly invert: boolean;
  readonly searchType: SearchType;

  constructor(text: string | Expression | Lexeme, options: SearchQueryOptions = {}) {
    super(new SearchQueryField());
    const searchType = options.searchType ?? (isLexeme(text) ? "raw" : "plain");
    if (!Object.hasOwn(FUNCTIONS, searchType))
      throw new FieldError(
        `The searchType of a SearchQuery is one of ${Object.keys(FUNCTIONS).join(", ")}, not ${JSON.stringify(searchType)}.`,
      );
    if (isLexeme(text) && searchType !== "raw")
      throw new FieldError("A Lexeme is searched for as it is: leave searchType out.");
    this.text = text instanceof Expression ? text : new Value(String(text));
    this.config = SearchConfig.from(options.config);
    this.invert = options.invert ?? false;
    this.searchType = searchType;
  }

  override getSourceExpressions(): readonly Expression[] {
    return this.config === undefined ? [this.text] : [this.text, this.config];
  }

  override withSourceExpressions([text, config]: readonly (Expression | undefined)[]): this {
    return this.copyWith({ text, config });
  }

  override compile(compiler: SqlCompiler): Sql {
    const text = compiler.compile(this.text);
    const config = this.config === undefined ? undefined : compiler.compile(this.config);
    const args = config === undefined ? text.sql : `${config.sql}, ${text.sql}`;
    const sql = `${FUNCTIONS[this.searchType]}(${args})`;
    return { sql: this.invert ? `!!(${sql})` : sql, params: [...(config?.params ?? []), ...text.params] };
  }

  override getGroupByCols(): readonly Expression[] {
    return this.text.getGroupByCols();
  }

  /** What matches both searches. */
  both(other: SearchTerms): CombinedSearchQuery {
    return new CombinedSearchQuery(this, "&&", other);
  }

  /** What matches at least one of the searches. */
  either(other: SearchTerms): CombinedSearchQuery {
    return new CombinedSearchQuery(this, "||", other);
  }

  /** What does not match. */
  not(): SearchQuery {
    return this.copyWith({ invert: !this.invert });
  }
}

/** Two searches combined. */
export class CombinedSearchQuery extends CombinedExpression {
  readonly joiner: "&&" | "||";
  readonly invert: boolean = false;

  constructor(lhs: SearchTerms, joiner: "&&" | "||", rhs: SearchTerms) {
    super(lhs, "&", rhs, new SearchQueryField());
    this.joiner = joiner;
  }

  protected override resolveOutputField(): Field {
    return new SearchQueryField();
  }

  override compile(compiler: SqlCompiler): Sql {
    const [lhs, rhs] = [compiler.compile(this.lhs), compiler.compile(this.rhs)];
    const sql = `(${lhs.sql} ${this.joiner} ${rhs.sql})`;
    return { sql: this.invert ? `!!${sql}` : sql, params: [...lhs.params, ...rhs.params] };
  }

  /** What matches both searches. */
  both(other: SearchTerms): CombinedSearchQuery {
    return new CombinedSearchQuery(this, "&&", other);
  }

  /** What matches at least one of the searches. */
  either(other: SearchTerms): CombinedSearchQuery {
    return new CombinedSearchQuery(this, "||", other);
  }

  /** What does not match. */
  not(): CombinedSearchQuery {
    return this.copyWith({ invert: !this.invert });
  }
}

/** Whether a value is a search. */
export function isSearchTerms(value: unknown): value is SearchTerms {
  return value instanceof SearchQuery || value instanceof CombinedSearchQuery;
}

/** The configuration that a search names. */
export function configOf(terms: SearchTerms): SearchConfig | undefined {
  if (terms instanceof SearchQuery) return terms.config;
  const { lhs, rhs } = terms;
  return (isSearchTerms(lhs) ? configOf(lhs) : undefined) ?? (isSearchTerms(rhs) ? configOf(rhs) : undefined);
}
