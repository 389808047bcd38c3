// The fields as models name them.

import {
  type FieldOptions,
  type LOOKUPS,
  type MadeField,
  type TypedField,
  type ValueOf,
  fieldFactory,
} from "@tsgo/orm/models";
import type { CharFieldOptions } from "@tsgo/orm/models";
import type { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";

import type { Range } from "../values/range.ts";
// oxlint-disable-next-line import/no-unassigned-import -- the fields are of no use without their lookups
import "./register.ts";
import * as array from "./array.ts";
import * as citext from "./citext.ts";
import * as hstore from "./hstore.ts";
import * as ranges from "./ranges.ts";
import * as vector from "./search-vector.ts";
import type { ArrayLookups, HStoreLookups, RangeLookups, SearchVectorLookups } from "./types.ts";

type Exactly<O, Options> = O & { readonly [K in Exclude<keyof O, keyof Options>]: never };

interface WithLookups<T, L, Options, Class> {
  <const O extends Options = Options>(options?: Exactly<O, Options>): MadeField<T, O> & { readonly [LOOKUPS]: L };
  readonly Class: Class;
}

interface ArrayFactory {
  <const O extends array.ArrayFieldOptions & { readonly baseField: TypedField }>(
    options: Exactly<O, array.ArrayFieldOptions>,
  ): MadeField<ValueOf<O["baseField"]>[], O> & { readonly [LOOKUPS]: ArrayLookups<ValueOf<O["baseField"]>> };
  readonly Class: typeof array.ArrayField;
}

interface TextFactory<Options, Class> {
  <const O extends Options = Options>(options?: Exactly<O, Options>): MadeField<string, O>;
  readonly Class: Class;
}

type RangeFactory<T, Options, Class> = WithLookups<Range<T>, RangeLookups<T>, Options, Class>;

/** A list of values: `ArrayField({ baseField: models.CharField({ maxLength: 20 }) })`. */
export const ArrayField = fieldFactory<ArrayFactory>(array.ArrayField, ["baseField", "size"]);
/** Texts under keys: `HStoreField({ default: () => ({}) })`. */
export const HStoreField = fieldFactory<
  WithLookups<Record<string, string | null>, HStoreLookups, FieldOptions, typeof hstore.HStoreField>
>(hstore.HStoreField);

/** A range of 32-bit whole numbers. */
export const IntegerRangeField = fieldFactory<RangeFactory<number, FieldOptions, typeof ranges.IntegerRangeField>>(
  ranges.IntegerRangeField,
);
/** A range of 64-bit whole numbers, which are `bigint`. */
export const BigIntegerRangeField = fieldFactory<
  RangeFactory<bigint, FieldOptions, typeof ranges.BigIntegerRangeField>
>(ranges.BigIntegerRangeField);
/** A range of decimals. */
export const DecimalRangeField = fieldFactory<
  RangeFactory<Decimal, ranges.ContinuousRangeOptions, typeof ranges.DecimalRangeField>
>(ranges.DecimalRangeField, ["defaultBounds"]);
/** A range of instants. */
export const DateTimeRangeField = fieldFactory<
  RangeFactory<Date, ranges.ContinuousRangeOptions, typeof ranges.DateTimeRangeField>
>(ranges.DateTimeRangeField, ["defaultBounds"]);
/** A range of dates. */
export const DateRangeField = fieldFactory<
  RangeFactory<Temporal.PlainDate, FieldOptions, typeof ranges.DateRangeField>
>(ranges.DateRangeField);

/** A text of any length that compares without regard to case. */
export const CITextField = fieldFactory<TextFactory<FieldOptions, typeof citext.CITextField>>(citext.CITextField);
/** A text of at most `maxLength` characters that compares without regard to case. */
export const CICharField = fieldFactory<TextFactory<CharFieldOptions, typeof citext.CICharField>>(citext.CICharField);
/** An e-mail address that compares without regard to case. */
export const CIEmailField = fieldFactory<TextFactory<FieldOptions, typeof citext.CIEmailField>>(citext.CIEmailField);

/** The words of a text as full text search needs them. */
export const SearchVectorField = fieldFactory<
  WithLookups<string, SearchVectorLookups, FieldOptions, typeof vector.SearchVectorField>
>(vector.SearchVectorField);
