// What an instance knows about itself beside its values.

import type { FetchMode } from "../fetch-modes.ts";
import type { Peers } from "./peers.ts";

/** The key of the state on an instance: a symbol, so that loops over the values do not meet it. */
export const STATE: unique symbol = Symbol.for("tsgo.orm.state");

/** A related row that was loaded, and the key it was loaded for. */
export interface CachedRelation {
  readonly value: unknown;
  readonly key: unknown;
}

/** What is kept under one name. A row has one or two of them, so that a chain takes less than a map, in memory and in time. */
interface Kept extends CachedRelation {
  readonly name: string;
  readonly next: Kept | undefined;
}

function find(first: Kept | undefined, name: string): Kept | undefined {
  for (let kept = first; kept !== undefined; kept = kept.next) if (kept.name === name) return kept;
  return undefined;
}

function without(first: Kept | undefined, name: string): Kept | undefined {
  if (find(first, name) === undefined || first === undefined) return first;
  return first.name === name ? first.next : { ...first, next: without(first.next, name) };
}

/** Where a row comes from, and what was loaded with it. Answers to `ModelState`. */
export class InstanceState {
  /** The alias of the database, or undefined for a row that was never there. */
  db: string | undefined = undefined;
  /** The row is not in the database yet. */
  adding = true;
  /** How what is missing is fetched. */
  fetchMode: FetchMode | undefined = undefined;
  /** The rows of the same result, for fetching for all of them. */
  peers: Peers | undefined = undefined;
  #relations: Kept | undefined = undefined;
  #prefetched: Kept | undefined = undefined;

  cached(name: string): CachedRelation | undefined {
    return find(this.#relations, name);
  }

  cache(name: string, value: unknown, key: unknown): void {
    this.#relations = { name, value, key, next: without(this.#relations, name) };
  }

  uncache(name: string): void {
    this.#relations = without(this.#relations, name);
  }

  clearCache(): void {
    this.#relations = undefined;
    this.#prefetched = undefined;
  }

  /** The rows of a relation with many that prefetchRelated loaded. */
  prefetched(name: string): unknown {
    return find(this.#prefetched, name)?.value;
  }

  setPrefetched(name: string, value: unknown): void {
    this.#prefetched = { name, value, key: undefined, next: without(this.#prefetched, name) };
  }

  dropPrefetched(name: string): void {
    this.#prefetched = without(this.#prefetched, name);
  }
}

/** The state of an instance. */
export function stateOf(instance: { [STATE]: InstanceState }): InstanceState {
  return instance[STATE];
}
