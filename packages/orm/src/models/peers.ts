// The rows of one result, for fetching what one of them lacks for all of them.

import type { ModelBase } from "./model.ts";

/** The most rows that share one fetch: a statement has no room for the keys of any number of rows. */
const MOST = 1000;

type Load = (rows: readonly ModelBase[]) => Promise<void>;

/** Rows that came together. */
export class Peers {
  readonly #rows: readonly ModelBase[];
  #pending: Map<string, Promise<void>> | undefined = undefined;

  constructor(rows: readonly ModelBase[]) {
    this.#rows = rows;
  }

  /**
   * Fetches something by name for all of the rows. Who asks for the same while it is under way waits for that fetch, so that
   * reading from many rows at once (`Promise.all`) is still one statement.
   */
  fetch(name: string, load: Load): Promise<void> {
    const pending = this.#pending?.get(name);
    if (pending !== undefined) return pending;
    const started = load(this.#rows).finally(() => this.#pending?.delete(name));
    (this.#pending ??= new Map()).set(name, started);
    return started;
  }
}

/** Groups rows into peers. A row that came alone has none. */
export function groupPeers(rows: readonly ModelBase[], assign: (row: ModelBase, peers: Peers) => void): void {
  if (rows.length < 2) return;
  for (let at = 0; at < rows.length; at += MOST) {
    const group = at === 0 && rows.length <= MOST ? rows : rows.slice(at, at + MOST);
    const peers = new Peers(group);
    for (const row of group) assign(row, peers);
  }
}
