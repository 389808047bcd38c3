// Joins migrations that were made side by side.

import { CommandError } from "@tsgo/core/management";

import { parseNumber } from "./autodetector/naming.ts";
import { type MigrationKey, keyText } from "./graph.ts";
import { Migration } from "./migration.ts";
import type { Operation } from "./operations/operation.ts";
import type { LoadedMigrations } from "./run/loader.ts";

/** One side of a merge: what it does since the sides parted. */
export interface MergeBranch {
  readonly name: string;
  readonly operations: readonly Operation[];
}

/** The migration, without operations, that follows all of these, and what each of them brings. */
export function mergeMigrations(
  loaded: LoadedMigrations,
  appLabel: string,
  names: readonly string[],
  givenName: string | undefined,
): { readonly migration: Migration; readonly branches: readonly MergeBranch[] } {
  const keys = names.map((name): MigrationKey => [appLabel, name]);
  const plans = keys.map((key) => loaded.graph.forwardsPlan(key).filter(([app]) => app === appLabel));
  const common = plans
    .map((plan) => new Set(plan.map(keyText)))
    .reduce((a, b) => new Set([...a].filter((text) => b.has(text))));
  if (common.size === 0)
    throw new CommandError(
      `The migrations ${names.join(" and ")} of '${appLabel}' have no beginning in common to merge from.`,
    );
  const branches = plans.map((plan, index) => ({
    name: names[index] ?? "",
    operations: plan.filter((key) => !common.has(keyText(key))).flatMap((key) => loaded.graph.get(key).operations),
  }));
  const number = Math.max(...names.map((name) => parseNumber(name) ?? 0)) + 1;
  const joined = names.toSorted().join("_");
  const ending = givenName ?? (`merge_${joined}`.length > 47 ? `merge_${timestamp()}` : `merge_${joined}`);
  const name = `${String(number).padStart(4, "0")}_${ending}`;
  return { migration: new Migration({ operations: [], dependencies: keys }, [appLabel, name]), branches };
}

function timestamp(): string {
  return new Date().toISOString().slice(0, 16).replaceAll("-", "").replace("T", "_").replace(":", "");
}
