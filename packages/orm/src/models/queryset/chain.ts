// One queryset from another: a new recipe, other settings, the same class.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { connections } from "../../db/connections.ts";
import { routerDbForWrite } from "../../db/routing.ts";
import type { FetchMode } from "../../fetch-modes.ts";
import type { Query } from "../../query/query.ts";
import { type Change, Recipe } from "../../query/shapes/recipe.ts";
import type { Token } from "../../query/shapes/shape.ts";
import type { RowKind } from "../iterables.ts";
import type { ModelBase, ModelClass } from "../model.ts";
import type { PrefetchLookup } from "../prefetch.ts";

/** The rows that a queryset's instances may know of, so that they need not be fetched: the row on the other side of a relation. */
export interface KnownRelated {
  readonly attach: (object: ModelBase) => void;
}

/** What a queryset knows beside its tree. */
export interface Settings {
  readonly kind: RowKind;
  readonly db: string | undefined;
  readonly prefetch: readonly PrefetchLookup[];
  readonly known: readonly KnownRelated[];
  readonly fetchMode: FetchMode | undefined;
  readonly forWrite: boolean;
  readonly instance: ModelBase | undefined;
}

/** The settings of all rows of a model. */
export const PLAIN: Settings = {
  kind: "model",
  db: undefined,
  prefetch: [],
  known: [],
  fetchMode: undefined,
  forWrite: false,
  instance: undefined,
};

// Symbols, since classes of users extend these and must be free in their names.

/** The key of how a queryset's query was made. */
export const RECIPE: unique symbol = Symbol("recipe");
/** The key of a queryset's settings. */
export const SETTINGS: unique symbol = Symbol("settings");
/** The key of the rows that were fetched. */
export const ROWS: unique symbol = Symbol("rows");
/** The key of the method that fetches the rows the first time, and gives the queryset's own list of them. */
export const FETCH: unique symbol = Symbol("fetch");

/** Any queryset, as far as copies are concerned. */
interface AnyRows {
  readonly model: ModelClass;
  readonly db: string;
  readonly [RECIPE]: Recipe;
  readonly [SETTINGS]: Settings;
}

/** A queryset like another one, over another query. */
export function withRecipe<Q>(queryset: Q & AnyRows, recipe: Recipe, changes?: Partial<Settings>): Q {
  const settings = changes === undefined ? queryset[SETTINGS] : { ...queryset[SETTINGS], ...changes };
  return new (queryset.constructor as new (model: ModelClass, recipe: Recipe, settings: Settings) => Q)(
    queryset.model,
    recipe,
    settings,
  );
}

/** A queryset like another one, over a query that was put together otherwise. */
export function withQuery<Q>(queryset: Q & AnyRows, query: Query): Q {
  return withRecipe<Q>(queryset, Recipe.ofQuery(query));
}

/** A queryset like another one, but for its settings. */
export function withSettings<Q>(queryset: Q & AnyRows, changes: Partial<Settings>): Q {
  return withRecipe<Q>(queryset, unstuck(queryset[RECIPE]), changes);
}

/**
 * A queryset like another one, with a query that was changed. `tokens` tell the change from all others but for `values`, so
 * that what it leads to is compiled once; undefined where they cannot.
 */
export function chained<Q>(
  queryset: Q & AnyRows,
  tokens: readonly Token[] | undefined,
  values: readonly unknown[],
  change: Change,
  changes?: Partial<Settings>,
): Q {
  return withRecipe<Q>(queryset, queryset[RECIPE].with(tokens, values, change), changes);
}

/** The recipe, without the word that the next filter shares the joins of the last: that holds for one call. */
export function unstuck(recipe: Recipe): Recipe {
  return recipe.specimen.filterIsSticky ? Recipe.ofQuery(recipe.query.chain()) : recipe;
}

/** The connection that the rows are read from. */
export function connectionOf(queryset: AnyRows): BaseWrapper {
  return connections.get(queryset.db);
}

/** The connection that rows are written to. */
export function writeConnectionOf(queryset: AnyRows): BaseWrapper {
  const { db, instance } = queryset[SETTINGS];
  return connections.get(db ?? routerDbForWrite(queryset.model, instance));
}
