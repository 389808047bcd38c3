// How a query was made: the calls one after another, with the shape that they add up to and the values in their conditions.
// The query itself is built when somebody needs it, which a shape that was compiled before does not.

import type { ModelClass } from "../../models/model.ts";
import { Query } from "../query.ts";
import { Shape, type Token, rootOf } from "./shape.ts";
import { type Place, Slots } from "./slots.ts";

/** What a call does to a copy of the query, or makes of it. */
export type Change = (query: Query, place: Place) => Query | undefined | void;

const asItIs: Place = (value) => value;
const NO_VALUES: readonly unknown[] = [];

export class Recipe {
  /** Undefined where what was given is more than names and plain values: such a query is compiled each time. */
  readonly shape: Shape | undefined;
  /** The values of the shape's slots, checked and converted. */
  readonly values: readonly unknown[];
  #query: Query | undefined;
  readonly #from: Recipe | undefined;
  readonly #change: Change | undefined;

  private constructor(
    shape: Shape | undefined,
    values: readonly unknown[],
    query: Query | undefined,
    from?: Recipe,
    change?: Change,
  ) {
    this.shape = shape;
    this.values = values;
    this.#query = query;
    this.#from = from;
    this.#change = change;
  }

  /** All rows of a model. */
  static ofModel(model: ModelClass): Recipe {
    return rootOf(model, () => {
      const query = new Query(model);
      return new Recipe(new Shape(query), NO_VALUES, query);
    });
  }

  /** A query that was put together otherwise. */
  static ofQuery(query: Query): Recipe {
    return new Recipe(undefined, NO_VALUES, query);
  }

  /** The query. It is shared: copy it to change it. */
  get query(): Query {
    return (this.#query ??= this.#build());
  }

  /** A query of the same shape, for questions that do not depend on values. */
  get specimen(): Query {
    return this.shape?.specimen ?? this.query;
  }

  /** The recipe with one more call. `tokens` tell it from others but for `values`; undefined where they cannot. */
  with(tokens: readonly Token[] | undefined, values: readonly unknown[], change: Change): Recipe {
    const { shape } = this;
    if (shape === undefined || tokens === undefined) return Recipe.ofQuery(changed(this.query, change, asItIs));
    const known = shape.find(tokens);
    if (known === undefined) return this.#withNew(shape, tokens, values, change);
    const prepared = known.prepare(values);
    if (prepared === undefined) return Recipe.ofQuery(changed(this.query, change, asItIs));
    return new Recipe(known, joined(this.values, prepared), undefined, this, change);
  }

  #withNew(shape: Shape, tokens: readonly Token[], values: readonly unknown[], change: Change): Recipe {
    const slots = new Slots(this.values.length);
    const query = changed(this.query, change, slots.place);
    const made = shape.add(tokens, query, slots.made);
    const prepared = made?.prepare(values);
    if (made === undefined || prepared === undefined) return Recipe.ofQuery(query);
    return new Recipe(made, joined(this.values, prepared), query, this, change);
  }

  #build(): Query {
    const from = this.#from as Recipe;
    return changed(from.query, this.#change as Change, new Slots(from.values.length).place);
  }
}

function changed(query: Query, change: Change, place: Place): Query {
  const copy = query.chain();
  return change(copy, place) ?? copy;
}

function joined(before: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  return before.length === 0 ? added : added.length === 0 ? before : [...before, ...added];
}
