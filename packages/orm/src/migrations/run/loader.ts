// All migrations of the project, in a graph, with what the database knows of them.

import { type AppConfig, apps } from "@tsgo/core/apps";
import { settings } from "@tsgo/core/conf";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import { DEFAULT_DB_ALIAS } from "../../db/connections.ts";
import { modelRegistry } from "../../models/registry.ts";
import { AmbiguityError, InconsistentMigrationHistory, NodeNotFoundError } from "../exceptions.ts";
import { MigrationGraph, type MigrationKey, keyText } from "../graph.ts";
import { type Migration, type MigrationDependency, isSwappable } from "../migration.ts";
import { modelStateOf } from "../state/from-model.ts";
import { ProjectState } from "../state/project-state.ts";
import { listMigrationFiles, loadMigrationFile, migrationsFolder } from "./migration-files.ts";
import { type AppliedMigration, MigrationRecorder } from "./recorder.ts";

/** How migrations are loaded. */
export interface LoaderOptions {
  /** False leaves squashed migrations out, and those they replace in. */
  readonly replaceMigrations?: boolean;
  /** The apps to look at; those of the project where left out. */
  readonly appConfigs?: readonly AppConfig[];
}

/** The migrations of a project. Answers to `MigrationLoader`; made by {@link loadMigrations}. */
export class LoadedMigrations {
  /** All migrations that lie on the disk, by text key. */
  readonly disk: ReadonlyMap<string, Migration>;
  /** The files they come from. */
  readonly files: ReadonlyMap<string, string>;
  readonly applied: ReadonlyMap<string, AppliedMigration>;
  readonly graph: MigrationGraph<Migration>;
  readonly migratedApps: ReadonlySet<string>;
  readonly unmigratedApps: ReadonlySet<string>;

  constructor(found: FoundMigrations, applied: ReadonlyMap<string, AppliedMigration>, replaceMigrations: boolean) {
    this.disk = found.disk;
    this.files = found.files;
    this.migratedApps = found.migratedApps;
    this.unmigratedApps = found.unmigratedApps;
    const all = new Map(applied);
    this.graph = buildGraph(found, all, replaceMigrations);
    this.applied = all;
  }

  isApplied(key: MigrationKey): boolean {
    return this.applied.has(keyText(key));
  }

  /** The one migration of an app whose name begins so. */
  byPrefix(appLabel: string, prefix: string): Migration {
    const all = [...this.disk.values()].filter((migration) => migration.appLabel === appLabel);
    const exact = all.find((migration) => migration.name === prefix);
    const found = exact === undefined ? all.filter((migration) => migration.name.startsWith(prefix)) : [exact];
    const [migration] = found;
    if (migration === undefined)
      throw new NodeNotFoundError(
        `No migration of app '${appLabel}' begins with '${prefix}'. It has: ${all.map(({ name }) => name).join(", ") || "none"}.`,
        [appLabel, prefix],
      );
    if (found.length > 1)
      throw new AmbiguityError(
        `Several migrations of app '${appLabel}' begin with '${prefix}': ${found.map(({ name }) => name).join(", ")}. Say more of the name.`,
      );
    return migration;
  }

  /** The name of the migration before this one in its app; `zero` for the first. */
  previousName(key: MigrationKey): string {
    const parents = this.graph.has(key) ? this.graph.parents(key) : [];
    return parents.find(([appLabel]) => appLabel === key[0])?.[1] ?? "zero";
  }

  /** The state of the models after these migrations and all that they depend on; after all where left out. */
  projectState(targets: readonly MigrationKey[] = this.graph.leafNodes(), atEnd = true): ProjectState {
    let state = ProjectState.of(this.#unmigratedModels(), this.unmigratedApps);
    const done = new Set<string>();
    const last = new Set(targets.map(keyText));
    for (const target of targets)
      for (const key of this.graph.forwardsPlan(target)) {
        const text = keyText(key);
        if (done.has(text) || (!atEnd && last.has(text))) continue;
        done.add(text);
        state = this.graph.get(key).mutateState(state);
      }
    return state;
  }

  #unmigratedModels() {
    return modelRegistry
      .getModels()
      .filter(
        ({ _meta }) => this.unmigratedApps.has(_meta.appLabel) && _meta.autoCreated === false && _meta.swapped === null,
      )
      .map(modelStateOf);
  }

  /** Apps with more than one last migration, with these. */
  conflicts(): Map<string, string[]> {
    const leaves = new Map<string, string[]>();
    for (const [appLabel, name] of this.graph.leafNodes())
      leaves.set(appLabel, [...(leaves.get(appLabel) ?? []), name]);
    return new Map([...leaves].filter(([, names]) => names.length > 1));
  }

  /** Refuses a record in which a migration is applied and one it depends on is not. */
  checkConsistentHistory(alias: string): void {
    for (const { key } of this.applied.values()) {
      if (!this.graph.has(key)) continue;
      for (const parent of this.graph.parents(key)) {
        if (this.applied.has(keyText(parent))) continue;
        // A squashed migration counts as applied once all that it replaces are.
        const { replaces } = this.graph.get(parent);
        if (replaces.length > 0 && replaces.every((replaced) => this.applied.has(keyText(replaced)))) continue;
        const database = alias === DEFAULT_DB_ALIAS ? "" : ` --database ${alias}`;
        throw new InconsistentMigrationHistory(
          `Migration ${keyText(key)} is applied, and ${keyText(parent)}, which it depends on, is not, on database '${alias}'. ` +
            `Apply that one with 'migrate${database} --fake ${parent.join(" ")}' if its changes are in the database already.`,
        );
      }
    }
  }
}

interface FoundMigrations {
  readonly disk: Map<string, Migration>;
  readonly files: Map<string, string>;
  readonly migratedApps: Set<string>;
  readonly unmigratedApps: Set<string>;
}

/** Loads the migrations of all apps, and what the database knows of them; without a connection nothing counts as applied. */
export async function loadMigrations(
  connection: BaseWrapper | null,
  { replaceMigrations = true, appConfigs = apps.getAppConfigs() }: LoaderOptions = {},
): Promise<LoadedMigrations> {
  const found = await findMigrations(appConfigs);
  const applied =
    connection === null ? new Map<string, AppliedMigration>() : await new MigrationRecorder(connection).applied();
  return new LoadedMigrations(found, applied, replaceMigrations);
}

async function findMigrations(appConfigs: readonly AppConfig[]): Promise<FoundMigrations> {
  const found: FoundMigrations = {
    disk: new Map(),
    files: new Map(),
    migratedApps: new Set(),
    unmigratedApps: new Set(),
  };
  for (const app of appConfigs) {
    const files = listMigrationFiles(migrationsFolder(app));
    (files === undefined ? found.unmigratedApps : found.migratedApps).add(app.label);
    for (const [name, file] of files ?? []) {
      const key: MigrationKey = [app.label, name];
      found.disk.set(keyText(key), await loadMigrationFile(file, key));
      found.files.set(keyText(key), file);
    }
  }
  return found;
}

function buildGraph(
  found: FoundMigrations,
  applied: Map<string, AppliedMigration>,
  replaceMigrations: boolean,
): MigrationGraph<Migration> {
  const graph = new MigrationGraph<Migration>();
  for (const migration of found.disk.values()) graph.addNode(migration.key, migration);
  for (const migration of found.disk.values()) addDependencies(graph, found, migration);
  const squashed = [...found.disk.values()].filter(({ replaces }) => replaces.length > 0);
  if (replaceMigrations) for (const migration of squashed) settleReplacement(graph, migration, applied);
  graph.validate();
  return graph;
}

function addDependencies(graph: MigrationGraph<Migration>, found: FoundMigrations, migration: Migration): void {
  for (const dependency of migration.dependencies) {
    const parent = resolveDependency(dependency, found, migration);
    // A dependency within the app on its own first or last migration would be one on itself.
    if (parent !== undefined && keyText(parent) !== keyText(migration.key)) graph.addDependency(migration.key, parent);
  }
  for (const child of migration.runBefore) graph.addDependency(child, migration.key);
}

/** The migration that a dependency stands for; undefined for an app without migrations. */
function resolveDependency(
  dependency: MigrationDependency,
  found: FoundMigrations,
  migration: Migration,
): MigrationKey | undefined {
  const [appLabel, name] = isSwappable(dependency) ? [swappedApp(dependency.setting), "__first__"] : dependency;
  if (name !== "__first__" && name !== "__latest__") return [appLabel, name];
  if (appLabel === migration.appLabel || found.unmigratedApps.has(appLabel)) return undefined;
  const own = [...found.disk.values()].filter((other) => other.appLabel === appLabel);
  if (own.length === 0)
    throw new NodeNotFoundError(
      `Migration ${keyText(migration.key)} depends on app '${appLabel}', which has no migrations or is not in INSTALLED_APPS.`,
      [appLabel, name],
    );
  const inner = new MigrationGraph<Migration>();
  for (const other of own) inner.addNode(other.key, other);
  for (const other of own)
    for (const parent of other.dependencies)
      if (!isSwappable(parent) && parent[0] === appLabel && inner.has(parent)) inner.addDependency(other.key, parent);
  return name === "__first__" ? inner.rootNodes(appLabel)[0] : inner.leafNodes(appLabel)[0];
}

function swappedApp(setting: string): string {
  const label = (settings as unknown as Record<string, unknown>)[setting];
  return typeof label === "string" ? (label.split(".", 1)[0] ?? "") : "";
}

/** A squashed migration takes the place of those it replaces where all or none of them are applied. */
function settleReplacement(
  graph: MigrationGraph<Migration>,
  migration: Migration,
  applied: Map<string, AppliedMigration>,
): void {
  const records = migration.replaces.map((key) => applied.get(keyText(key)));
  const all = records.every((record) => record !== undefined);
  const none = records.every((record) => record === undefined);
  const text = keyText(migration.key);
  const last = records.at(-1);
  if (all && last !== undefined) applied.set(text, { key: migration.key, appliedAt: last.appliedAt, checksum: "" });
  else if (!none) applied.delete(text);
  if (all || none) graph.removeReplacedNodes(migration.key, migration.replaces);
  else graph.removeReplacementNode(migration.key, migration.replaces);
}
