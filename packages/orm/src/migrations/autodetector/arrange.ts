// Puts the operations that were found into migrations.

import { CircularDependencyError } from "../exceptions.ts";
import type { MigrationGraph } from "../graph.ts";
import { Migration, type MigrationDependency } from "../migration.ts";
import { optimizeOperations } from "../optimizer.ts";
import { splitModelKey } from "../state/model-key.ts";
import { type OperationDependency, type PlannedOperation, satisfies } from "./dependency.ts";

/** Migrations by app, in their order. Until they are named they are called `auto_1`, `auto_2`, ... */
export type DetectedChanges = Map<string, Migration[]>;

/**
 * Brings the operations of one app into an order that respects what they need of each other: in rounds of those that need
 * nothing more, each round in the order in which the last need of its members was met.
 */
export function sortOperations(appLabel: string, planned: readonly PlannedOperation[]): PlannedOperation[] {
  const needs = new Map(planned.map((entry) => [entry, predecessors(appLabel, planned, entry)]));
  const missing = new Map([...needs].map(([entry, before]) => [entry, before.length]));
  const sorted: PlannedOperation[] = [];
  let ready = planned.filter((entry) => missing.get(entry) === 0);
  while (ready.length > 0) {
    sorted.push(...ready);
    const next: PlannedOperation[] = [];
    for (const done of ready)
      for (const [entry, before] of needs) {
        if (!before.includes(done)) continue;
        const left = (missing.get(entry) ?? 0) - 1;
        missing.set(entry, left);
        if (left === 0) next.push(entry);
      }
    ready = next;
  }
  if (sorted.length === planned.length) return sorted;
  const stuck = planned.filter((entry) => !sorted.includes(entry)).map(({ operation }) => operation.describe());
  throw new CircularDependencyError(
    `The operations of app '${appLabel}' need each other in a ring: ${stuck.join("; ")}.`,
  );
}

function predecessors(
  appLabel: string,
  planned: readonly PlannedOperation[],
  entry: PlannedOperation,
): PlannedOperation[] {
  const needs = entry.dependencies.filter(({ model }) => splitModelKey(model)[0] === appLabel);
  return planned.filter((other) => needs.some((need) => satisfies(other.operation, need)));
}

/**
 * Cuts the operations of all apps into migrations. An app's operations go into one migration if what they need of other apps
 * is there already; only when no app can be completed is one cut in two.
 */
export function buildMigrations(
  operations: ReadonlyMap<string, readonly PlannedOperation[]>,
  existingApps: ReadonlySet<string>,
  graph?: MigrationGraph<unknown>,
): DetectedChanges {
  const pending = new Map(operations);
  const changes: DetectedChanges = new Map();
  let cutting = false;
  while ([...pending.values()].some((list) => list.length > 0)) {
    let progress = false;
    for (const appLabel of [...pending.keys()].toSorted()) {
      const list = pending.get(appLabel) ?? [];
      const { taken, dependencies } = takePossible(appLabel, list, pending, changes, cutting ? { graph } : undefined);
      if (taken.length === 0 || (taken.length < list.length && !cutting)) continue;
      pending.set(appLabel, list.slice(taken.length));
      const migrations = changes.get(appLabel) ?? [];
      changes.set(appLabel, migrations);
      migrations.push(
        new Migration(
          {
            operations: taken.map(({ operation }) => operation),
            dependencies,
            initial: !existingApps.has(appLabel),
          },
          [appLabel, `auto_${migrations.length + 1}`],
        ),
      );
      cutting = false;
      progress = true;
    }
    if (progress) continue;
    if (cutting) throw unresolvable(pending);
    cutting = true;
  }
  return linkAndOptimize(changes);
}

/** The operations at the head of an app's list that can be applied now, and the migrations they need for it. */
function takePossible(
  appLabel: string,
  list: readonly PlannedOperation[],
  pending: ReadonlyMap<string, readonly PlannedOperation[]>,
  changes: DetectedChanges,
  cutting: { readonly graph: MigrationGraph<unknown> | undefined } | undefined,
): { taken: PlannedOperation[]; dependencies: MigrationDependency[] } {
  const taken: PlannedOperation[] = [];
  const dependencies: MigrationDependency[] = [];
  for (const entry of list) {
    const needed: MigrationDependency[] = [];
    let possible = true;
    for (const need of entry.dependencies) {
      const [otherApp] = splitModelKey(need.model);
      if (otherApp === appLabel) continue;
      const other = pending.get(otherApp) ?? [];
      if (other.some(({ operation }) => satisfies(operation, need))) possible = false;
      else {
        const dependency = dependencyOn(need, otherApp, changes, cutting);
        if (dependency === undefined) possible = false;
        else needed.push(dependency);
      }
      if (!possible) break;
    }
    if (!possible) break;
    taken.push(entry);
    dependencies.push(...needed);
  }
  return { taken, dependencies };
}

function dependencyOn(
  need: OperationDependency,
  otherApp: string,
  changes: DetectedChanges,
  cutting: { readonly graph: MigrationGraph<unknown> | undefined } | undefined,
): MigrationDependency | undefined {
  if (need.swappable !== undefined) return { setting: need.swappable };
  const last = changes.get(otherApp)?.at(-1);
  if (last !== undefined) return last.key;
  // Nothing of this run creates what is needed. That is only settled once every app has had its turn.
  if (cutting === undefined) return undefined;
  return cutting.graph?.leafNodes(otherApp)[0] ?? [otherApp, "__first__"];
}

function unresolvable(pending: ReadonlyMap<string, readonly PlannedOperation[]>): CircularDependencyError {
  const left = [...pending].filter(([, list]) => list.length > 0);
  const text = left
    .map(([app, list]) => `${app}: ${list.map(({ operation }) => operation.describe()).join("; ")}`)
    .join(" | ");
  return new CircularDependencyError(`These operations need each other across apps, so no order is possible: ${text}.`);
}

function linkAndOptimize(changes: DetectedChanges): DetectedChanges {
  for (const [appLabel, migrations] of changes)
    changes.set(
      appLabel,
      migrations.map((migration, index) => {
        const previous = migrations[index - 1];
        const dependencies =
          previous === undefined ? migration.dependencies : [...migration.dependencies, previous.key];
        return migration.with({
          dependencies: uniqueDependencies(dependencies),
          operations: optimizeOperations(migration.operations, appLabel),
        });
      }),
    );
  return changes;
}

/** The dependencies without repetition, in the order of their apps and names, settings last. */
export function uniqueDependencies(dependencies: readonly MigrationDependency[]): MigrationDependency[] {
  return [...new Map(dependencies.map((dependency) => [dependencyText(dependency), dependency])).values()].toSorted(
    (a, b) => (dependencyText(a) < dependencyText(b) ? -1 : 1),
  );
}

function dependencyText(dependency: MigrationDependency): string {
  return "setting" in dependency ? `~${dependency.setting}` : dependency.join(".");
}
