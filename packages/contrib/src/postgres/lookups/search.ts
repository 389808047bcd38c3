import { Lookup, type Sql, type SqlCompiler } from "@tsgo/orm/models";

import { SearchVectorField } from "../fields/search-vector.ts";
import { SearchQuery, type SearchTerms, configOf, isSearchTerms } from "../search/query.ts";
import { SearchVector } from "../search/vector.ts";

/** `search`: the words of the text match. Takes words or a `SearchQuery`; on a text the vector is made on the way. */
export class SearchLookup extends Lookup {
  static override readonly lookupName: string = "search";

  protected override prepare(value: unknown): SearchTerms {
    return isSearchTerms(value) ? value : new SearchQuery(String(value));
  }

  override compile(compiler: SqlCompiler): Sql {
    const config = isSearchTerms(this.rhs) ? configOf(this.rhs) : undefined;
    const lhs = compiler.compile(
      this.lhs.outputField instanceof SearchVectorField
        ? this.lhs
        : new SearchVector([this.lhs], config === undefined ? {} : { config }),
    );
    const rhs = this.compileRhs(compiler);
    return { sql: `${lhs.sql} @@ ${rhs.sql}`, params: [...lhs.params, ...rhs.params] };
  }
}

/** `exact` of a vector: a search is not compared but made. */
export class SearchExact extends SearchLookup {
  static override readonly lookupName: string = "exact";
}
