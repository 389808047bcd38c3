// The recipe of one row by its key: what saving and deleting instances begin with.

import { Q } from "../../expressions/q.ts";
import type { ModelClass } from "../../models/model.ts";
import { Recipe } from "./recipe.ts";
import type { Token } from "./shape.ts";
import { addValue } from "./tokens.ts";

const BY_KEY = Symbol("by key");

/** The row of a model with this key. */
export function rowByKey(model: ModelClass, key: unknown): Recipe {
  const tokens: Token[] = [BY_KEY];
  const values: unknown[] = [];
  const known = addValue(key, tokens, values);
  return Recipe.ofModel(model).with(known ? tokens : undefined, values, (query, place) => {
    query.addQ(Q.create([["pk", known ? place(key) : key]]));
  });
}
