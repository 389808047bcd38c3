// The extras of PostgreSQL. Answers to `django.contrib.postgres`.

export {
  ArrayAgg,
  BitAnd,
  BitOr,
  BitXor,
  BoolAnd,
  BoolOr,
  Corr,
  CovarPop,
  JSONBAgg,
  RegrAvgX,
  RegrAvgY,
  RegrCount,
  RegrIntercept,
  RegrR2,
  RegrSXX,
  RegrSXY,
  RegrSYY,
  RegrSlope,
} from "./aggregates.ts";
export { ExclusionConstraint, type ExclusionConstraintOptions, RangeOperators } from "./constraints.ts";
export { ArraySubquery } from "./expressions.ts";
export type { ArrayFieldOptions } from "./fields/array.ts";
export * from "./fields/factories.ts";
export type { ContinuousRangeOptions } from "./fields/ranges.ts";
export type { ArrayLookups, HStoreLookups, RangeLookups, SearchVectorLookups } from "./fields/types.ts";
export { RandomUUID, TransactionNow } from "./functions.ts";
export {
  BTreeIndex,
  type BTreeIndexOptions,
  BloomIndex,
  type BloomIndexOptions,
  BrinIndex,
  type BrinIndexOptions,
  GinIndex,
  type GinIndexOptions,
  GistIndex,
  type GistIndexOptions,
  HashIndex,
  type HashIndexOptions,
  SpGistIndex,
  type SpGistIndexOptions,
} from "./indexes.ts";
export {
  BloomExtension,
  BtreeGinExtension,
  BtreeGistExtension,
  CITextExtension,
  type CollationOptions,
  CreateCollation,
  CreateExtension,
  type CreateExtensionOptions,
  CryptoExtension,
  HStoreExtension,
  RemoveCollation,
  TrigramExtension,
  UnaccentExtension,
} from "./operations.ts";
// With its lookups of texts, numbers and dates.
export type { RangeInput } from "./lookups/typed.ts";
export { RangeBoundary } from "./range-functions.ts";
export { SearchConfig, type SearchConfiguration } from "./search/config.ts";
export { SearchHeadline, type SearchHeadlineOptions } from "./search/headline.ts";
export { Lexeme, type LexemeOptions } from "./search/lexeme.ts";
export {
  CombinedSearchQuery,
  SearchQuery,
  type SearchQueryOptions,
  type SearchTerms,
  type SearchType,
} from "./search/query.ts";
export { SearchRank, type SearchRankOptions } from "./search/rank.ts";
export {
  TrigramDistance,
  TrigramSimilarity,
  TrigramStrictWordDistance,
  TrigramStrictWordSimilarity,
  TrigramWordDistance,
  TrigramWordSimilarity,
} from "./search/trigram.ts";
export { Unaccent } from "./search/unaccent.ts";
export { CombinedSearchVector, SearchVector, type SearchVectorOptions, type SearchWeight } from "./search/vector.ts";
export {
  ArrayMaxLengthValidator,
  ArrayMinLengthValidator,
  type KeysOptions,
  KeysValidator,
  RangeMaxValueValidator,
  RangeMinValueValidator,
} from "./validators.ts";
export { Range, type RangeBounds } from "./values/range.ts";
