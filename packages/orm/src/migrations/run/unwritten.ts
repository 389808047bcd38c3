// Changes of models that no migration has yet, and migrations that are not applied.

import { connections } from "../../db/connections.ts";
import { modelRegistry } from "../../models/registry.ts";
import { changesForGraph } from "../autodetector/autodetector.ts";
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

/** The lines with which the development server tells what there is to migrate; none where all is well. */
export async function startReport(): Promise<string[]> {
  const loaded = await loadMigrations(connections.get());
  const conflicts = [...loaded.conflicts()].map(
    ([app, names]) =>
      `Several migrations are the last of application '${app}': ${names.join(", ")}. Run 'node manage makemigrations --merge'.`,
  );
  if (conflicts.length > 0) return conflicts;
  return [...unappliedLines(loaded), ...changedLines(await changedApps(loaded))];
}

function unappliedLines(loaded: LoadedMigrations): string[] {
  const unapplied = migrationPlan(loaded, loaded.graph.leafNodes());
  if (unapplied.length === 0) return [];
  const names = [...new Set(unapplied.map(({ migration }) => migration.appLabel))].toSorted().join(", ");
  return [
    `You have ${unapplied.length} unapplied migration(s) for: ${names}. The project may not work until they are applied.`,
    "Run 'node manage migrate' to apply them.",
  ];
}

function changedLines(changed: readonly string[]): string[] {
  if (changed.length === 0) return [];
  const names = changed.map((app) => `'${app}'`).join(", ");
  return [
    `The models of ${names} have changes that are in no migration yet.`,
    "Run 'node manage makemigrations', and then 'node manage migrate'.",
  ];
}
