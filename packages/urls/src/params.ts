// The parameters of a route, as types read from its text.

import type { LazyText } from "@tsgo/utils/functional";

import type { Converters } from "./converters.ts";

type Flatten<T> = { [K in keyof T]: T[K] };

type Parameter<P extends string> = P extends `${infer C}:${infer N}`
  ? { [K in N]: C extends keyof Converters ? Converters[C] : unknown }
  : { [K in P]: string };

type CollectParams<R extends string, Found> = R extends `${string}<${infer P}>${infer Rest}`
  ? CollectParams<Rest, Found & Parameter<P>>
  : Found;

/**
 * The keyword arguments that a route gives to its view. `never` for a text that the compiler does not know, which
 * leaves the view unchecked.
 *
 * @example
 * type Kwargs = RouteParams<"<int:year>/<slug:title>/">; // { year: number; title: string }
 */
export type RouteParams<R> = R extends string ? (string extends R ? never : Flatten<CollectParams<R, {}>>) : never;

type UnknownConverter<R extends string> = R extends `${string}<${infer P}>${infer Rest}`
  ? P extends `${infer C}:${string}`
    ? C extends keyof Converters
      ? UnknownConverter<Rest>
      : C
    : UnknownConverter<Rest>
  : never;

/** Nothing that a route has to be besides, or what no route is, with the name of a converter that there is not. */
export type CheckRoute<R> = R extends string
  ? [UnknownConverter<R>] extends [never]
    ? unknown
    : { readonly unknownConverter: UnknownConverter<R> }
  : unknown;

/** A route whose text depends on the active language: `gettextLazy("users/")`. */
export type LazyRoute = LazyText;

type GroupNames<R extends string> = R extends `${string}(?P<${infer N}>${infer Rest}`
  ? N | GroupNames<Rest>
  : R extends `${string}(?<${infer N}>${infer Rest}`
    ? (N extends `=${string}` | `!${string}` ? never : N) | GroupNames<Rest>
    : never;

// Which group may be missing is more than a type should find out; what makes groups optional is easily seen.
type MayMiss<R extends string> = R extends
  | `${string})?${string}`
  | `${string})*${string}`
  | `${string}){0,${string}`
  | `${string}){,${string}`
  | `${string}|${string}`
  ? true
  : false;

/**
 * The keyword arguments that a regular expression gives to its view: its named groups, all of them optional where
 * anything in the expression is.
 *
 * @example
 * type Kwargs = RegexParams<"^articles/(?P<year>[0-9]{4})/$">; // { year: string }
 */
export type RegexParams<R> = R extends string
  ? string extends R
    ? never
    : MayMiss<R> extends true
      ? { [K in GroupNames<R>]?: string }
      : { [K in GroupNames<R>]: string }
  : never;

/** The positional arguments that a regular expression gives to its view. */
export type RegexArgs<R> = R extends string
  ? string extends R
    ? never
    : MayMiss<R> extends true
      ? (string | undefined)[]
      : string[]
  : never;

/** What a view receives: the default keyword arguments of its pattern, over what was captured. */
export type ViewKwargs<Captured, Defaults> = [Captured] extends [never]
  ? never
  : Flatten<Omit<Captured, keyof Defaults> & Defaults>;
