// The shape of a query: which calls made it with which names, apart from the values in its conditions.

import type { ModelClass } from "../../models/model.ts";
import type { Query } from "../query.ts";
import { type Slot, UNFIT } from "./slots.ts";

/** What tells one call from another: its name, names of fields, kinds of values. Compared by identity, so texts cannot pass for calls. */
export type Token = string | number | boolean | null | undefined | symbol | object;

/** How many shapes are kept before all are forgotten: what a program writes down is far below, what it computes may be endless. */
const MOST_SHAPES = 20_000;

let generation = 0;
let count = 0;

/** Forgets all shapes: models or lookups have changed. */
export function forgetShapes(): void {
  generation += 1;
  count = 0;
}

/** How often shapes were forgotten: what depends on them is out of date when it changes. */
export function shapeGeneration(): number {
  return generation;
}

type Prepare = (value: unknown) => unknown;

/** One shape, and the way to those that further calls lead to. */
export class Shape {
  /** A query of this shape: all that does not depend on values can be seen in it. */
  readonly specimen: Query;
  /** What was compiled for it, by connection. */
  readonly statements = new WeakMap<object, unknown>();
  readonly #prepare: readonly Prepare[];
  readonly #next = new Branch();

  constructor(specimen: Query, slots: readonly Slot[] = []) {
    this.specimen = specimen;
    this.#prepare = slots.map(({ prepare }) => prepare as Prepare);
  }

  /** The shape that a call leads to, if it was made before. */
  find(tokens: readonly Token[]): Shape | undefined {
    let branch: Branch | undefined = this.#next;
    for (const token of tokens) {
      branch = branch.ways?.get(token);
      if (branch === undefined) return undefined;
    }
    return branch.shape;
  }

  /** Keeps the shape that a call led to. Undefined where its SQL depends on values. */
  add(tokens: readonly Token[], specimen: Query, slots: readonly Slot[]): Shape | undefined {
    if (slots.some(({ prepare }) => prepare === undefined)) return undefined;
    count += 1;
    if (count > MOST_SHAPES) forgetShapes();
    let branch = this.#next;
    for (const token of tokens) {
      branch.ways ??= new Map();
      let next = branch.ways.get(token);
      if (next === undefined) branch.ways.set(token, (next = new Branch()));
      branch = next;
    }
    return (branch.shape = new Shape(specimen, slots));
  }

  /** The values of the last call, checked and converted. Undefined where one of them does not fit. */
  prepare(values: readonly unknown[]): unknown[] | undefined {
    const prepared: unknown[] = [];
    try {
      for (let index = 0; index < values.length; index += 1) {
        const value = (this.#prepare[index] as Prepare)(values[index]);
        if (value === UNFIT || value === null || value === undefined) return undefined;
        prepared.push(value);
      }
    } catch {
      // Building the query anew says what is wrong with the value.
      return undefined;
    }
    return prepared;
  }
}

class Branch {
  ways: Map<Token, Branch> | undefined = undefined;
  shape: Shape | undefined = undefined;
}

const roots = new WeakMap<ModelClass, { readonly generation: number; readonly root: unknown }>();

/** Something that is made once for each model, and again when shapes were forgotten. */
export function rootOf<T>(model: ModelClass, make: () => T): T {
  const known = roots.get(model);
  if (known !== undefined && known.generation === generation) return known.root as T;
  const root = make();
  roots.set(model, { generation, root });
  return root;
}
