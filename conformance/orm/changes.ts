// What a case changed in the tables.

import type { Harness } from "./harness.ts";
import { same } from "./compare.ts";

type Tables = Awaited<ReturnType<Harness["dump"]>>;
type Row = Record<string, unknown>;

interface TableChanges {
  added?: Row[];
  changed?: Row[];
  removed?: unknown[];
}

/** The difference between two dumps, by table. */
export function changesBetween(before: Tables, after: Tables, keyName: (label: string) => string): Record<string, TableChanges> {
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
    if (Object.keys(found).length > 0) changes[label] = found;
  }
  return changes;
}
