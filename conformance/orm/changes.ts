// What a case changed in the tables.

import { same } from "./compare.ts";
import type { Tables } from "./harness.ts";

type Row = Record<string, unknown>;

/** What became of the rows of one table. */
export interface TableChanges {
  added?: Row[];
  changed?: Row[];
  removed?: unknown[];
}

function compareKeys(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : 1;
}

function byKey(key: string): (a: Row, b: Row) => number {
  return (a, b) => compareKeys(a[key], b[key]);
}

/** The difference between two dumps, by table. */
export function changesBetween(
  before: Tables,
  after: Tables,
  keyName: (label: string) => string,
): Record<string, TableChanges> {
  const changes: Record<string, TableChanges> = {};
  for (const [label, rows] of after) {
    const old = before.get(label) ?? new Map<string, Row>();
    const key = keyName(label);
    const found: TableChanges = {};
    for (const [id, row] of rows) {
      const previous = old.get(id);
      if (previous === undefined) (found.added ??= []).push(row);
      else {
        const changed = Object.entries(row).filter(([name, value]) => !same(value, previous[name]));
        if (changed.length > 0) (found.changed ??= []).push({ [key]: row[key], ...Object.fromEntries(changed) });
      }
    }
    for (const [id, row] of old) if (!rows.has(id)) (found.removed ??= []).push(row[key]);
    found.added?.sort(byKey(key));
    found.changed?.sort(byKey(key));
    found.removed?.sort(compareKeys);
    if (Object.keys(found).length > 0) changes[label] = found;
  }
  return changes;
}
