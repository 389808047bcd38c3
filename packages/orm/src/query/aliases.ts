// The tables of one query under their aliases, and how often each is used.

import type { FilteredRelation } from "../expressions/filtered-relation.ts";
import type { Relabeling } from "../expressions/expression.ts";
import { BaseTable, INNER, Join, LOUTER } from "./tables.ts";

/** A table of a query. */
export type Table = BaseTable | Join;

/** The tables in the order in which they were added. Only those that are used stand in the SQL. */
export class Aliases {
  readonly tables: Map<string, Table>;
  readonly #counts: Map<string, number>;
  readonly #byTable: Map<string, string[]>;
  prefix: string;
  /** Prefixes that subqueries use. */
  subqueryPrefixes: Set<string>;

  constructor(from?: Aliases) {
    this.tables = new Map(from?.tables);
    this.#counts = new Map(from === undefined ? [] : from.#counts);
    this.#byTable = new Map(
      [...(from === undefined ? [] : from.#byTable)].map(([table, aliases]) => [table, [...aliases]]),
    );
    this.prefix = from?.prefix ?? "T";
    this.subqueryPrefixes = new Set(from?.subqueryPrefixes ?? ["T"]);
  }

  clone(): Aliases {
    return new Aliases(this);
  }

  get(alias: string): Table {
    const table = this.tables.get(alias);
    if (table === undefined) throw new Error(`The query has no table under the alias '${alias}'.`);
    return table;
  }

  has(alias: string): boolean {
    return this.tables.has(alias);
  }

  count(alias: string): number {
    return this.#counts.get(alias) ?? 0;
  }

  ref(alias: string): void {
    this.#counts.set(alias, this.count(alias) + 1);
  }

  unref(alias: string): void {
    this.#counts.set(alias, this.count(alias) - 1);
  }

  /** The counts as they are, to be put back later. */
  snapshot(): ReadonlyMap<string, number> {
    return new Map(this.#counts);
  }

  restore(counts: ReadonlyMap<string, number>): void {
    for (const alias of this.#counts.keys()) this.#counts.set(alias, counts.get(alias) ?? 0);
  }

  /** The first table, which stands in FROM. */
  get base(): string | undefined {
    return this.tables.keys().next().value;
  }

  get anyUsed(): boolean {
    return [...this.tables.keys()].some((alias) => this.count(alias) > 0);
  }

  addBase(tableName: string): string {
    const alias = this.#newAlias(tableName, undefined);
    this.tables.set(alias, new BaseTable(tableName, alias));
    return alias;
  }

  /** Puts a table in the place of another, under the same alias. */
  replace(alias: string, table: Table): void {
    this.tables.set(alias, table);
  }

  /** Moves a table behind those that were added after it. */
  moveToEnd(alias: string): void {
    const table = this.get(alias);
    this.tables.delete(alias);
    this.tables.set(alias, table);
  }

  /** Adds a join, or uses an equal one among `reuse` (any, where that is undefined). Gives its alias. */
  join(join: Join, reuse: ReadonlySet<string> | undefined): { readonly alias: string; readonly added: boolean } {
    const same = [...this.tables]
      .filter(([alias, table]) => (reuse === undefined || reuse.has(alias)) && join.equals(table))
      .map(([alias]) => alias);
    const last = same.at(-1);
    if (last !== undefined) {
      const alias = same.includes(join.alias) ? join.alias : last;
      this.ref(alias);
      return { alias, added: false };
    }
    const alias = this.#newAlias(join.tableName, join.filteredRelation);
    const outer = this.get(join.parentAlias).joinType === LOUTER || join.nullable;
    this.tables.set(alias, join.with({ alias, joinType: outer ? LOUTER : INNER }));
    return { alias, added: true };
  }

  #newAlias(tableName: string, filteredRelation: FilteredRelation | undefined): string {
    const known = this.#byTable.get(tableName);
    let alias: string;
    if (known !== undefined) {
      alias = `${this.prefix}${this.tables.size + 1}`;
      known.push(alias);
    } else {
      alias = filteredRelation?.alias ?? tableName;
      this.#byTable.set(tableName, [alias]);
    }
    this.#counts.set(alias, 1);
    return alias;
  }

  /** Makes joins outer where a row may lack its partner, and those that hang on them. */
  promote(aliases: Iterable<string>): void {
    const queue = [...aliases];
    for (let alias = queue.shift(); alias !== undefined; alias = queue.shift()) {
      const table = this.get(alias);
      if (!(table instanceof Join) || table.joinType === LOUTER) continue;
      if (!table.nullable && this.get(table.parentAlias).joinType !== LOUTER) continue;
      this.tables.set(alias, table.with({ joinType: LOUTER }));
      for (const [other, child] of this.tables)
        if (child.parentAlias === alias && !queue.includes(other)) queue.push(other);
    }
  }

  /** Makes joins inner, and those that they hang on. */
  demote(aliases: Iterable<string>): void {
    const queue = [...aliases];
    for (let alias = queue.shift(); alias !== undefined; alias = queue.shift()) {
      const table = this.get(alias);
      if (!(table instanceof Join) || table.joinType !== LOUTER) continue;
      this.tables.set(alias, table.with({ joinType: INNER }));
      if (this.get(table.parentAlias).joinType === INNER) queue.push(table.parentAlias);
    }
  }

  /** Renames tables. */
  relabel(changes: Relabeling): void {
    const tables = [...this.tables];
    const counts = new Map(this.#counts);
    this.tables.clear();
    for (const [alias, table] of tables) {
      const name = changes.get(alias) ?? alias;
      this.tables.set(name, table.relabeled(changes));
    }
    for (const before of changes.keys()) this.#counts.delete(before);
    for (const [before, after] of changes) {
      const count = counts.get(before);
      if (count !== undefined) this.#counts.set(after, count);
    }
    for (const aliases of this.#byTable.values()) {
      for (const [index, alias] of aliases.entries()) aliases[index] = changes.get(alias) ?? alias;
    }
  }
}

/** The prefixes of aliases in order: `U`, `V`, ... after `T`; then pairs of letters. */
export function* prefixesAfter(prefix: string): Generator<string> {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (const letter of letters.slice(letters.indexOf(prefix) + 1)) yield letter;
  for (const first of letters) for (const second of letters) yield first + second;
}
