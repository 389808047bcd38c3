// The rows of one result, for fetching what one of them lacks for all of them.

import type { ModelBase } from "./model.ts";

/** The most rows that share one fetch: a statement has no room for the keys of any number of rows. */
const MOST = 1000;

/** Rows that came together. It does not keep them alive: who keeps one row does not keep the others. */
export class Peers {
  readonly #rows: readonly WeakRef<ModelBase>[];
  readonly #pending = new Map<string, Promise<void>>();

  constructor(rows: readonly ModelBase[]) {
    this.#rows = rows.map((row) => new WeakRef(row));
  }

  /**
   * Fetches something by name for the rows that are still there. Who asks for the same while it is under way waits for that fetch,
   * so that reading from many rows at once (`Promise.all`) is still one statement.
   */
  fetch(name: string, load: (rows: readonly ModelBase[]) => Promise<void>): Promise<void> {
    const pending = this.#pending.get(name);
    if (pending !== undefined) return pending;
    const rows = this.#rows.map((row) => row.deref()).filter((row) => row !== undefined);
    const started = load(rows).finally(() => this.#pending.delete(name));
    this.#pending.set(name, started);
    return started;
  }
}

/** Groups rows into peers. A row that came alone has none. */
export function groupPeers(rows: readonly ModelBase[], assign: (row: ModelBase, peers: Peers) => void): void {
  if (rows.length < 2) return;
  for (let at = 0; at < rows.length; at += MOST) {
    const group = rows.slice(at, at + MOST);
    const peers = new Peers(group);
    for (const row of group) assign(row, peers);
  }
}
