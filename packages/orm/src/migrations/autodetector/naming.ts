// Gives detected migrations their names and their place behind those that are there.

import type { Questioner } from "../questioner/questioner.ts";
import type { MigrationGraph, MigrationKey } from "../graph.ts";
import { keyText } from "../graph.ts";
import { type Migration, type MigrationDependency, isSwappable } from "../migration.ts";
import { type DetectedChanges, uniqueDependencies } from "./arrange.ts";

/** What a migration is called whose operations suggest nothing. */
export type FallbackName = () => string;

/** `auto_20240229_1301` */
export function timestampName(now: Date = new Date()): string {
  const day = `${now.getFullYear()}${pad(now.getMonth() + 1)}${pad(now.getDate())}`;
  return `auto_${day}_${pad(now.getHours())}${pad(now.getMinutes())}`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/**
 * Names the migrations and lets them follow the last one of their app. An app that has none gets some only if the questioner
 * agrees. Answers to `arrange_for_graph`.
 */
export async function arrangeForGraph(
  changes: DetectedChanges,
  graph: MigrationGraph<unknown>,
  questioner: Questioner,
  givenName?: string,
): Promise<DetectedChanges> {
  const names = new Map<string, MigrationKey>();
  const named: DetectedChanges = new Map();
  for (const [appLabel, migrations] of changes) {
    const leaf = graph.leafNodes(appLabel)[0];
    if (leaf === undefined && !(await questioner.askInitial(appLabel))) {
      for (const { key } of migrations) names.set(keyText(key), [appLabel, "__first__"]);
      continue;
    }
    const first = leaf === undefined ? 1 : (parseNumber(leaf[1]) ?? 0) + 1;
    const list = migrations.map((migration, index) => {
      const ending = givenName ?? (index === 0 && leaf === undefined ? "initial" : suggestedName(migration));
      const name = `${String(first + index).padStart(4, "0")}_${ending}`;
      names.set(keyText(migration.key), [appLabel, name]);
      const follows = index === 0 && leaf !== undefined ? [leaf] : [];
      return migration.with({ name, dependencies: [...migration.dependencies, ...follows] });
    });
    named.set(appLabel, list);
  }
  const rename = (dependency: MigrationDependency): MigrationDependency =>
    isSwappable(dependency) ? dependency : (names.get(keyText(dependency)) ?? dependency);
  for (const [appLabel, migrations] of named)
    named.set(
      appLabel,
      migrations.map((migration) =>
        migration.with({ dependencies: uniqueDependencies(migration.dependencies.map(rename)) }),
      ),
    );
  return named;
}

function suggestedName(migration: Migration): string {
  return (migration.suggestName() ?? timestampName()).slice(0, 100);
}

/** Keeps the migrations of these apps, and of those that they depend on. */
export function trimToApps(changes: DetectedChanges, appLabels: ReadonlySet<string>): DetectedChanges {
  const required = new Set(appLabels);
  for (const appLabel of required)
    for (const migration of changes.get(appLabel) ?? [])
      for (const dependency of migration.dependencies) if (!isSwappable(dependency)) required.add(dependency[0]);
  return new Map([...changes].filter(([appLabel]) => required.has(appLabel)));
}

/** The number at the beginning of a migration's name; of a squashed one (`0001_squashed_0004_x`) the second. */
export function parseNumber(name: string): number | undefined {
  const digits = /.*_squashed_(\d+)/.exec(name)?.[1] ?? /^\d+/.exec(name)?.[0];
  return digits === undefined ? undefined : Number(digits);
}
