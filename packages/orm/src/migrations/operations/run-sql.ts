import type { SchemaEditor } from "../../schema/editor.ts";
import { IrreversibleError } from "../exceptions.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { Hazard } from "./hazard.ts";
import { type DeconstructedOperation, Operation } from "./operation.ts";
import { type Hints, allowsHinted } from "./hinted.ts";

/** One statement, or several, each with the values of its placeholders where it has some. */
export type SqlScript = string | readonly (string | readonly [sql: string, params: readonly unknown[]])[];

/** What RunSQL is told. */
export interface RunSQLOptions {
  /** A script of statements, or a list of them. */
  readonly sql: SqlScript;
  /** What undoes it. Without it the migration cannot be taken back. */
  readonly reverseSql?: SqlScript;
  /** What the SQL does to the models, for the state. */
  readonly stateOperations?: readonly Operation[];
  /** Facts for the database router. */
  readonly hints?: Hints;
  /** True lets squashing leave it out. */
  readonly elidable?: boolean;
}

/**
 * Runs SQL of your own.
 *
 * @example
 * migrations.RunSQL({ sql: "CREATE VIEW loud AS SELECT 1", reverseSql: "DROP VIEW loud" })
 */
export class RunSQL extends Operation {
  /** SQL that does nothing: for the direction that needs none. */
  static readonly noop = "";

  override readonly sign = "s";
  readonly options: RunSQLOptions;

  constructor(options: RunSQLOptions) {
    super();
    this.options = options;
  }

  override get reversible(): boolean {
    return this.options.reverseSql !== undefined;
  }

  override get elidable(): boolean {
    return this.options.elidable ?? false;
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return (this.options.stateOperations ?? []).reduce((before, step) => step.stateForwards(appLabel, before), state);
  }

  override async databaseForwards(appLabel: string, editor: SchemaEditor): Promise<void> {
    await this.#run(appLabel, editor, this.options.sql);
  }

  override async databaseBackwards(appLabel: string, editor: SchemaEditor): Promise<void> {
    const { reverseSql } = this.options;
    if (reverseSql === undefined)
      throw new IrreversibleError("RunSQL has no reverseSql, so it cannot be taken back. Give one, or RunSQL.noop.");
    await this.#run(appLabel, editor, reverseSql);
  }

  async #run(appLabel: string, editor: SchemaEditor, script: SqlScript): Promise<void> {
    if (!allowsHinted(editor, appLabel, this.options.hints)) return;
    if (typeof script === "string") return editor.executeScript(script);
    for (const step of script) {
      if (typeof step === "string") await editor.execute(step);
      else await editor.execute(...step);
    }
  }

  override hazards(): readonly Hazard[] {
    return destructive(this.options.sql)
      ? [{ kind: "data-loss", detail: "runs SQL that drops, truncates or deletes" }]
      : [];
  }

  override describe(): string {
    return "Raw SQL operation";
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "RunSQL", options: { ...this.options } };
  }
}

function destructive(script: SqlScript): boolean {
  const texts =
    typeof script === "string" ? [script] : script.map((step) => (typeof step === "string" ? step : step[0]));
  return texts.some((text) => /\b(?:DROP|TRUNCATE|DELETE)\b/i.test(text));
}
