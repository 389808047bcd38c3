// Applies migrations, and takes them back.

import { performance } from "node:perf_hooks";

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import { schemaEditor } from "../../schema/schema-editor.ts";
import { type MigrationKey, keyText } from "../graph.ts";
import type { Migration } from "../migration.ts";
import type { ProjectState } from "../state/project-state.ts";
import { type OperationReport, applyOperations, refuseIrreversible, unapplyOperations } from "./apply-operations.ts";
import { Attempt } from "./attempt.ts";
import { migrationChecksum } from "./checksum.ts";
import { softApplied } from "./fake-initial.ts";
import { MigrationFailure } from "./failure.ts";
import type { LoadedMigrations } from "./loader.ts";
import { MigrationRecorder } from "./recorder.ts";

/** One step of a plan. */
export interface PlannedMigration {
  readonly migration: Migration;
  readonly backwards: boolean;
}

/** What to reach: a migration, or an app without any of its migrations (`name` null). */
export type MigrationTarget = readonly [appLabel: string, name: string | null];

/** What happens while migrations run. */
export type MigrationProgress =
  | { readonly kind: "start"; readonly migration: Migration; readonly backwards: boolean; readonly fake: boolean }
  | {
      readonly kind: "done";
      readonly migration: Migration;
      readonly backwards: boolean;
      readonly fake: boolean;
      /** True where another process has applied it while this one waited for the database. */
      readonly elsewhere: boolean;
      /** How long it took, in milliseconds. */
      readonly duration: number;
    };

/** How a plan is carried out. */
export interface ExecuteOptions {
  /** Notes the migrations as applied, or as not, without touching the tables. */
  readonly fake?: boolean;
  /** Notes a first migration as applied where its tables exist already. */
  readonly fakeInitial?: boolean;
  readonly onProgress?: (progress: MigrationProgress) => void;
}

/** The steps to the targets, given what is applied. With `cleanStart` as if nothing were. */
export function migrationPlan(
  loaded: LoadedMigrations,
  targets: readonly MigrationTarget[],
  cleanStart = false,
): PlannedMigration[] {
  const applied = new Set(
    cleanStart ? [] : [...loaded.applied.keys()].filter((text) => loaded.graph.has(splitText(text))),
  );
  const plan: PlannedMigration[] = [];
  const forwards = (key: MigrationKey): void => {
    for (const step of loaded.graph.forwardsPlan(key)) {
      if (applied.has(keyText(step))) continue;
      plan.push({ migration: loaded.graph.get(step), backwards: false });
      applied.add(keyText(step));
    }
  };
  const backwards = (key: MigrationKey): void => {
    for (const step of loaded.graph.backwardsPlan(key))
      if (applied.delete(keyText(step))) plan.push({ migration: loaded.graph.get(step), backwards: true });
  };
  for (const [appLabel, name] of targets) {
    if (name === null) for (const root of loaded.graph.rootNodes(appLabel)) backwards(root);
    else if (applied.has(`${appLabel}.${name}`)) {
      // Back to this one: what follows it in its own app goes, with all that depends on that.
      const followers = loaded.graph.children([appLabel, name]).filter(([childApp]) => childApp === appLabel);
      for (const follower of followers) backwards(follower);
    } else forwards([appLabel, name]);
  }
  return plan;
}

function splitText(text: string): MigrationKey {
  const dot = text.indexOf(".");
  return [text.slice(0, dot), text.slice(dot + 1)];
}

/** Carries plans out on one database. Answers to `MigrationExecutor`. */
export class MigrationExecutor {
  readonly #connection: BaseWrapper;
  readonly #loaded: LoadedMigrations;
  readonly #recorder: MigrationRecorder;

  constructor(connection: BaseWrapper, loaded: LoadedMigrations) {
    this.#connection = connection;
    this.#loaded = loaded;
    this.#recorder = new MigrationRecorder(connection);
  }

  /** Carries a plan out, all forwards or all backwards, and gives the state it leads to. */
  async migrate(plan: readonly PlannedMigration[], options: ExecuteOptions = {}): Promise<ProjectState> {
    await this.#recorder.ensureTable();
    return plan.some(({ backwards }) => backwards) ? this.#backwards(plan, options) : this.#forwards(plan, options);
  }

  /** The state that what is applied amounts to. */
  appliedState(): ProjectState {
    const applied = this.#loaded.graph.keys().filter((key) => this.#loaded.isApplied(key));
    return this.#loaded.projectState(applied);
  }

  async #forwards(plan: readonly PlannedMigration[], options: ExecuteOptions): Promise<ProjectState> {
    if (options.fake === true) return this.#fake(plan, options);
    let state = this.appliedState();
    for (const { migration } of plan) state = await this.#apply(migration, state, options);
    return state;
  }

  /** Only notes the migrations, which also closes gaps in the record: there the states cannot be made one from another. */
  async #fake(plan: readonly PlannedMigration[], options: ExecuteOptions): Promise<ProjectState> {
    for (const { migration } of plan)
      await this.#timed({ migration, backwards: false, fake: true }, options, async () => {
        await this.#recordApplied(migration);
        return "here";
      });
    const applied = new Set([...this.#loaded.applied.keys(), ...plan.map(({ migration }) => keyText(migration.key))]);
    return this.#loaded.projectState(this.#loaded.graph.keys().filter((key) => applied.has(keyText(key))));
  }

  async #apply(migration: Migration, before: ProjectState, options: ExecuteOptions): Promise<ProjectState> {
    const after = migration.mutateState(before);
    const fake = options.fakeInitial === true && (await softApplied(this.#connection, migration, before, after));
    await this.#timed({ migration, backwards: false, fake }, options, async () => {
      if (!fake)
        return this.#run(migration, false, (editor, report) =>
          this.#applyOperations(editor, migration, before, report),
        );
      await this.#recordApplied(migration);
      return "here";
    });
    return after;
  }

  async #applyOperations(
    editor: SchemaEditor,
    migration: Migration,
    before: ProjectState,
    report: OperationReport,
  ): Promise<"here" | "elsewhere"> {
    // Another process may have applied it while this one waited for the database.
    if ((await this.#recorder.applied()).has(keyText(migration.key))) return "elsewhere";
    await applyOperations(editor, migration, before, report);
    await this.#recordApplied(migration);
    return "here";
  }

  async #backwards(plan: readonly PlannedMigration[], options: ExecuteOptions): Promise<ProjectState> {
    const undone = new Set(plan.map(({ migration }) => keyText(migration.key)));
    const applied = this.#loaded.graph.keys().filter((key) => this.#loaded.isApplied(key));
    const states = this.#statesBefore(applied, undone);
    if (options.fake !== true) for (const { migration } of plan) refuseIrreversible(migration);
    for (const { migration } of plan) {
      const before = states.get(keyText(migration.key));
      await this.#timed({ migration, backwards: true, fake: options.fake === true }, options, async () => {
        if (options.fake === true || before === undefined) await this.#recordUnapplied(migration);
        else
          await this.#run(migration, true, async (editor, report) => {
            await unapplyOperations(editor, migration, before, report);
            await this.#recordUnapplied(migration);
            return "here";
          });
        return "here";
      });
    }
    return this.#loaded.projectState(applied.filter((key) => !undone.has(keyText(key))));
  }

  /** The state before each of the migrations that are to be undone. */
  #statesBefore(applied: readonly MigrationKey[], undone: ReadonlySet<string>): Map<string, ProjectState> {
    const states = new Map<string, ProjectState>();
    let state = this.#loaded.projectState([]);
    const done = new Set<string>();
    for (const target of applied)
      for (const key of this.#loaded.graph.forwardsPlan(target)) {
        const text = keyText(key);
        if (done.has(text)) continue;
        done.add(text);
        if (undone.has(text)) states.set(text, state);
        state = this.#loaded.graph.get(key).mutateState(state);
      }
    return states;
  }

  async #timed(
    step: { readonly migration: Migration; readonly backwards: boolean; readonly fake: boolean },
    options: ExecuteOptions,
    run: () => Promise<"here" | "elsewhere">,
  ): Promise<void> {
    options.onProgress?.({ kind: "start", ...step });
    const started = performance.now();
    const elsewhere = (await run()) === "elsewhere";
    options.onProgress?.({ kind: "done", ...step, elsewhere, duration: performance.now() - started });
  }

  /** Runs a migration in its transaction; an error is told with the file and the operation. */
  async #run(
    migration: Migration,
    backwards: boolean,
    work: (editor: SchemaEditor, report: OperationReport) => Promise<"here" | "elsewhere">,
  ): Promise<"here" | "elsewhere"> {
    const attempt = new Attempt(this.#connection, this.#recorder, migration, backwards);
    try {
      return await schemaEditor(
        this.#connection,
        (editor) => work(editor, (operation) => attempt.begin(operation, editor)),
        {
          atomic: migration.atomic,
        },
      );
    } catch (error) {
      const file = this.#loaded.files.get(keyText(migration.key));
      const previous = this.#loaded.previousName(migration.key);
      throw new MigrationFailure({ migration, backwards, file, previous, cause: error, ...(await attempt.giveUp()) });
    }
  }

  async #recordApplied(migration: Migration): Promise<void> {
    const { replaces } = migration;
    for (const key of replaces) await this.#recorder.recordApplied(key, "");
    if (replaces.length === 0 || this.#loaded.disk.has(keyText(migration.key)))
      await this.#recorder.recordApplied(migration.key, migrationChecksum(migration));
  }

  /** Notes that an applied migration counts as done in the form that it has now. */
  async accept(migration: Migration): Promise<void> {
    if (this.#loaded.isApplied(migration.key)) await this.#recordApplied(migration);
  }

  async #recordUnapplied(migration: Migration): Promise<void> {
    for (const key of [migration.key, ...migration.replaces]) await this.#recorder.recordUnapplied(key);
  }

  /** Notes squashed migrations as applied whose replaced ones all are. */
  async checkReplacements(): Promise<void> {
    const applied = await this.#recorder.applied();
    for (const migration of this.#loaded.disk.values()) {
      if (migration.replaces.length === 0 || applied.has(keyText(migration.key))) continue;
      if (migration.replaces.every((key) => applied.has(keyText(key))))
        await this.#recorder.recordApplied(migration.key, migrationChecksum(migration));
    }
  }
}
