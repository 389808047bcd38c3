// The lookups that a value has, by its type. They are interfaces, so that a project can add its own by declaration merging:
//
//   declare module "@tsgo/orm/models" {
//     interface TextLookups { unaccent: TextLookups }
//   }

import type { Decimal } from "decimal.js";
import type { Temporal } from "temporal-polyfill";

import type { FieldFile, FileValue } from "../fields/field-file.ts";

/** Lookups that every value has. */
export interface AnyLookups<T> {
  exact: T | null;
  in: Iterable<T>;
  isnull: boolean;
}

/** Lookups of values that have an order. */
export interface OrderLookups<T> extends AnyLookups<T> {
  gt: T;
  gte: T;
  lt: T;
  lte: T;
  range: readonly [T, T];
}

/** Lookups of text. */
export interface TextLookups extends OrderLookups<string> {
  iexact: string | null;
  contains: string;
  icontains: string;
  startswith: string;
  istartswith: string;
  endswith: string;
  iendswith: string;
  regex: string;
  iregex: string;
}

/** Lookups of numbers. */
export interface NumberLookups<T = number> extends OrderLookups<T> {
  contains: string | number;
  startswith: string | number;
  endswith: string | number;
  regex: string;
}

/** Transforms that give a part of a date. */
export interface DateParts {
  year: NumberLookups;
  iso_year: NumberLookups;
  quarter: NumberLookups;
  month: NumberLookups;
  week: NumberLookups;
  week_day: NumberLookups;
  iso_week_day: NumberLookups;
  day: NumberLookups;
}

/** Transforms that give a part of a time. */
export interface TimeParts {
  hour: NumberLookups;
  minute: NumberLookups;
  second: NumberLookups;
}

/** Lookups of dates. */
export interface DateLookups extends OrderLookups<Temporal.PlainDate>, DateParts {}

/** Lookups of times. */
export interface TimeLookups extends OrderLookups<Temporal.PlainTime>, TimeParts {}

/** Lookups of instants; parts of them are taken in the current time zone. */
export interface DateTimeLookups extends OrderLookups<Date>, DateParts, TimeParts {
  date: DateLookups;
  time: TimeLookups;
}

/** Lookups of JSON. Below them, each part of a key is an object's key or a list's index. */
export interface JsonLookups<T = unknown> extends AnyLookups<T> {
  contains: unknown;
  contained_by: unknown;
  has_key: string | number;
  has_keys: readonly string[];
  has_any_keys: readonly string[];
  icontains: string;
}

/** Lookups of composite primary keys, whose values are lists. */
export interface TupleLookups<T> extends AnyLookups<T> {
  gt: T;
  gte: T;
  lt: T;
  lte: T;
}

/** The lookups of a primary key of type `T`. */
export type KeyLookups<T> = [T] extends [readonly unknown[]] ? TupleLookups<T> : LookupsOf<T>;

/** A JSON value other than text, number and boolean, as a field declares it. */
type Structured = object;

/** The lookups of a value of type `T`. */
export type LookupsOf<T> = unknown extends T
  ? JsonLookups
  : [T] extends [boolean | null]
    ? AnyLookups<boolean>
    : [T] extends [string | null]
      ? TextLookups
      : [T] extends [number | null]
        ? NumberLookups
        : [T] extends [bigint | null]
          ? NumberLookups<bigint | number>
          : [T] extends [Date | null]
            ? DateTimeLookups
            : [T] extends [Temporal.PlainDate | null]
              ? DateLookups
              : [T] extends [Temporal.PlainTime | null]
                ? TimeLookups
                : [T] extends [Decimal | null]
                  ? NumberLookups<Decimal | number | string>
                  : [T] extends [Temporal.Duration | null]
                    ? OrderLookups<Temporal.Duration>
                    : [T] extends [Uint8Array | null]
                      ? AnyLookups<Uint8Array>
                      : [T] extends [FieldFile | null]
                        ? TextLookups
                        : [T] extends [Structured | null]
                          ? JsonLookups<T>
                          : AnyLookups<T>;

/** What may be given where a value of type `T` is stored or compared. */
export type InputOf<T> = T extends Decimal
  ? Decimal | number | string
  : T extends bigint
    ? bigint | number
    : T extends FieldFile
      ? FileValue
      : T;

/** What a column of a field that holds `T` on an instance gives in `values()`: of a file it is the name. */
export type ColumnOf<T> = T extends FieldFile ? string : T;

/** What a lookup or a chain of transforms and a lookup (`year__gte`) wants; an `Unknown` where there is no such thing. */
export type LookupInput<Lookups, Path extends string, Whole extends string = Path> = Path extends keyof Lookups
  ? Lookups[Path] extends AnyLookups<infer T>
    ? T | null
    : Lookups[Path]
  : Path extends `${infer Head}__${infer Rest}`
    ? Head extends keyof Lookups
      ? Lookups[Head] extends AnyLookups<unknown>
        ? LookupInput<Lookups[Head], Rest, Whole>
        : Unknown<Whole>
      : Below<Lookups, Whole>
    : Below<Lookups, Whole>;

// Keys of JSON cannot be known.
type Below<Lookups, Whole extends string> = Lookups extends JsonLookups ? unknown : Unknown<Whole>;

/** What a chain of transforms gives, in `values()` and in orderings. */
export type TransformOutput<Lookups, Path extends string, Whole extends string = Path> = Path extends keyof Lookups
  ? Lookups[Path] extends AnyLookups<infer T>
    ? T
    : Unknown<Whole>
  : Path extends `${infer Head}__${infer Rest}`
    ? Head extends keyof Lookups
      ? TransformOutput<Lookups[Head], Rest, Whole>
      : Below<Lookups, Whole>
    : Below<Lookups, Whole>;

/** Stands in the place of a type that a key has not: the compiler's message names the key. */
export interface Unknown<Key extends string> {
  readonly "no such field, relation or lookup": Key;
}
