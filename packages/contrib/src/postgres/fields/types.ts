// The lookups of the fields, for the compiler.

import type { AnyLookups, NumberLookups, OrderLookups, TextLookups } from "@tsgo/orm/models";

import type { Range } from "../values/range.ts";

/** Lookups of an array. A number behind the field names an item, two name a piece. */
export interface ArrayLookups<T> extends OrderLookups<readonly T[]> {
  contains: readonly T[];
  contained_by: readonly T[];
  overlap: readonly T[];
  len: NumberLookups;
  [item: `${number}`]: T | null;
  [piece: `${number}_${number}`]: AnyLookups<readonly T[]>;
}

/** Lookups of a store of keys. Any other name behind the field is a key. */
export interface HStoreLookups {
  exact: Readonly<Record<string, string | null>> | null;
  isnull: boolean;
  contains: Readonly<Record<string, string | null>>;
  contained_by: Readonly<Record<string, string | null>>;
  has_key: string;
  has_keys: readonly string[];
  has_any_keys: readonly string[];
  keys: ArrayLookups<string>;
  values: ArrayLookups<string | null>;
  [key: string]: unknown;
}

/** What stands for a range in a lookup or a value: itself, or its two bounds. */
export type RangeInput<T> = Range<T> | readonly [lower: T | null, upper: T | null];

/** Lookups of a range. */
export interface RangeLookups<T> extends AnyLookups<RangeInput<T>> {
  gt: RangeInput<T>;
  gte: RangeInput<T>;
  lt: RangeInput<T>;
  lte: RangeInput<T>;
  contains: T | RangeInput<T>;
  contained_by: RangeInput<T>;
  overlap: RangeInput<T>;
  fully_lt: RangeInput<T>;
  fully_gt: RangeInput<T>;
  not_lt: RangeInput<T>;
  not_gt: RangeInput<T>;
  adjacent_to: RangeInput<T>;
  startswith: OrderLookups<T>;
  endswith: OrderLookups<T>;
  isempty: boolean;
  lower_inc: boolean;
  lower_inf: boolean;
  upper_inc: boolean;
  upper_inf: boolean;
}

/** Lookups of a search vector: `search` takes words or a `SearchQuery`. */
export interface SearchVectorLookups extends AnyLookups<string> {
  search: string;
}

export type { TextLookups };
