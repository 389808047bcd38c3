// Changes of models that no migration has yet, and migrations that are not applied.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { connections } from "../../db/connections.ts";
import { modelRegistry } from "../../models/registry.ts";
import { changesForGraph } from "../autodetector/autodetector.ts";
import type { MigrationKey } from "../graph.ts";
import { CheckingQuestioner } from "../questioner/silent-questioner.ts";
import { projectStateOf } from "../state/from-model.ts";
import { migrationPlan } from "./executor.ts";
import { type LoadedMigrations, loadMigrations } from "./loader.ts";

const NO_ANSWERS = {
  renamedModels: new Map<string, string>(),
  renamedFields: new Map<string, string>(),
  defaults: new Map<string, string>(),
};

/** The apps whose models have changes that are in no migration. */
export async function changedApps(loaded: LoadedMigrations): Promise<string[]> {
  const questioner = new CheckingQuestioner(NO_ANSWERS, loaded.migratedApps);
  const changes = await changesForGraph(loaded.projectState(), projectStateOf(modelRegistry), loaded.graph, questioner);
  return [...changes.keys()].toSorted();
}

/** The migrations that `migrate` would apply. For the server, which says so when it starts. */
export async function unappliedMigrations(connection: BaseWrapper): Promise<MigrationKey[]> {
  const loaded = await loadMigrations(connection);
  return migrationPlan(loaded, loaded.graph.leafNodes()).map(({ migration }) => migration.key);
}

/** The lines with which the development server tells what there is to migrate; none where all is well. */
export async function startReport(): Promise<string[]> {
  const unapplied = await unappliedMigrations(connections.get());
  if (unapplied.length === 0) return [];
  const names = [...new Set(unapplied.map(([appLabel]) => appLabel))].toSorted().join(", ");
  return [
    `You have ${unapplied.length} unapplied migration(s) for: ${names}. The project may not work until they are applied.`,
    "Run 'node manage migrate' to apply them.",
  ];
}
