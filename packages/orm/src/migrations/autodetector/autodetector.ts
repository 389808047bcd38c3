// Finds what must be done to get from one state of the models to another.

import type { MigrationGraph } from "../graph.ts";
import type { Questioner } from "../questioner/questioner.ts";
import type { ProjectState } from "../state/project-state.ts";
import { type DetectedChanges, buildMigrations, sortOperations } from "./arrange.ts";
import { detectCreatedModels, detectCreatedProxies } from "./created-models.ts";
import { detectDeletedModels, detectDeletedProxies, findThroughUsers } from "./deleted-models.ts";
import { Detection } from "./detection.ts";
import {
  addRenamedFields,
  detectAddedFields,
  detectAlteredFields,
  detectRemovedFields,
  findRenamedFields,
  prepareFields,
} from "./fields.ts";
import { addIndexAdditions, addIndexRemovals, addIndexRenamings, compareIndexes } from "./indexes.ts";
import { arrangeForGraph, trimToApps } from "./naming.ts";
import {
  detectAddedTogether,
  detectAlteredManagers,
  detectAlteredOptions,
  detectAlteredOrder,
  detectAlteredTableComments,
  detectAlteredTables,
  detectRemovedTogether,
} from "./options.ts";
import { detectRenamedModels } from "./renamed-models.ts";

/** What the search may take into account beside the states. */
export interface DetectOptions {
  /** Apps without migrations that are to get their first. */
  readonly convertApps?: ReadonlySet<string>;
  /** The migrations there are, so that a dependency on another app can name its last one. */
  readonly graph?: MigrationGraph<unknown>;
}

/**
 * The migrations that lead from one state to another, by app, not yet named.
 *
 * The order of the steps counts: what is renamed is not removed and added; indexes go before the fields they are on.
 */
export async function detectChanges(
  from: ProjectState,
  to: ProjectState,
  questioner: Questioner,
  { convertApps = new Set(), graph }: DetectOptions = {},
): Promise<DetectedChanges> {
  const detection = new Detection(from, to, questioner, convertApps);
  await detectRenamedModels(detection);
  prepareFields(detection);
  findThroughUsers(detection);
  detectDeletedModels(detection);
  detectCreatedModels(detection);
  detectDeletedProxies(detection);
  detectCreatedProxies(detection);
  detectAlteredOptions(detection);
  detectAlteredManagers(detection);
  detectAlteredTableComments(detection);
  const renamed = await findRenamedFields(detection);
  const indexes = compareIndexes(detection);
  addIndexRemovals(detection, indexes);
  addRenamedFields(detection, renamed);
  addIndexRenamings(detection, indexes);
  detectRemovedTogether(detection);
  detectRemovedFields(detection);
  await detectAddedFields(detection);
  await detectAlteredFields(detection);
  detectAlteredOrder(detection);
  detectAddedTogether(detection);
  addIndexAdditions(detection, indexes);
  detectAlteredTables(detection);
  const sorted = new Map(
    [...detection.operations].map(([appLabel, planned]) => [appLabel, sortOperations(appLabel, planned)]),
  );
  const existingApps = new Set([...from.models.values()].map((model) => model.appLabel));
  return buildMigrations(sorted, existingApps, graph);
}

/** How the migrations of a run are named and which are kept. */
export interface ChangesOptions extends Omit<DetectOptions, "graph"> {
  /** Keeps the migrations of these apps and what they need. */
  readonly trimToApps?: ReadonlySet<string>;
  readonly migrationName?: string;
}

/** The named migrations that lead from one state to another, behind those of a graph. */
export async function changesForGraph(
  from: ProjectState,
  to: ProjectState,
  graph: MigrationGraph<unknown>,
  questioner: Questioner,
  options: ChangesOptions = {},
): Promise<DetectedChanges> {
  const changes = await detectChanges(from, to, questioner, { ...options, graph });
  const arranged = await arrangeForGraph(changes, graph, questioner, options.migrationName);
  return options.trimToApps === undefined ? arranged : trimToApps(arranged, options.trimToApps);
}
