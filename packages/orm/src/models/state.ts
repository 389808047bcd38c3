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
  #relations: Map<string, CachedRelation> | undefined = undefined;
  #prefetched: Map<string, unknown> | undefined = undefined;

  cached(name: string): CachedRelation | undefined {
    return this.#relations?.get(name);
  }

  cache(name: string, value: unknown, key: unknown): void {
    (this.#relations ??= new Map()).set(name, { value, key });
  }

  uncache(name: string): void {
    this.#relations?.delete(name);
  }

  /** The names of the relations that were loaded. */
  get cachedNames(): string[] {
    return [...(this.#relations?.keys() ?? [])];
  }

  clearCache(): void {
    this.#relations = undefined;
    this.#prefetched = undefined;
  }

  /** The rows of a relation with many that prefetchRelated loaded. */
  prefetched(name: string): unknown {
    return this.#prefetched?.get(name);
  }

  setPrefetched(name: string, value: unknown): void {
    (this.#prefetched ??= new Map()).set(name, value);
  }

  dropPrefetched(name: string): void {
    this.#prefetched?.delete(name);
  }
}

/** The state of an instance. */
export function stateOf(instance: { [STATE]: InstanceState }): InstanceState {
  return instance[STATE];
}
