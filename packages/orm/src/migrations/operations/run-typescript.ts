import type { SchemaEditor } from "../../schema/editor.ts";
import { IrreversibleError } from "../exceptions.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { StateApps } from "../state/state-apps.ts";
import { type Hints, allowsHinted } from "./hinted.ts";
import { type DeconstructedOperation, Operation } from "./operation.ts";

/** A program that a migration runs: it gets the models as they are at this point, and the editor of the database. */
export type MigrationProgram = (apps: StateApps, editor: SchemaEditor) => void | Promise<void>;

/** What RunTypeScript is told. */
export interface RunTypeScriptOptions {
  readonly code: MigrationProgram;
  /** What undoes it. Without it the migration cannot be taken back. */
  readonly reverseCode?: MigrationProgram;
  /** True gives the program a transaction although its migration has none. */
  readonly atomic?: boolean;
  /** Facts for the database router. */
  readonly hints?: Hints;
  /** True lets squashing leave it out. */
  readonly elidable?: boolean;
}

/**
 * Runs a program on the rows. Answers to `RunPython`.
 *
 * Take models from `apps`, never by import: an imported class has the fields of today, not of this point of the history.
 *
 * @example
 * migrations.RunTypeScript({
 *   code: async (apps) => {
 *     const Question = apps.getModel("polls", "Question");
 *     await Question.objects.filter({ questionText: "" }).delete();
 *   },
 *   reverseCode: migrations.RunTypeScript.noop,
 * })
 */
export class RunTypeScript extends Operation {
  /** A program that does nothing: for the direction that needs none. */
  static readonly noop: MigrationProgram = () => {};

  override readonly sign = "t";
  readonly options: RunTypeScriptOptions;

  constructor(options: RunTypeScriptOptions) {
    super();
    this.options = options;
  }

  override get reversible(): boolean {
    return this.options.reverseCode !== undefined;
  }

  override get reducesToSql(): boolean {
    return false;
  }

  override get atomic(): boolean {
    return this.options.atomic ?? false;
  }

  override get elidable(): boolean {
    return this.options.elidable ?? false;
  }

  override stateForwards(_appLabel: string, state: ProjectState): ProjectState {
    return state;
  }

  override async databaseForwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    if (allowsHinted(editor, appLabel, this.options.hints)) await this.options.code(from.apps, editor);
  }

  override async databaseBackwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    const { reverseCode, hints } = this.options;
    if (reverseCode === undefined)
      throw new IrreversibleError("RunTypeScript has no reverseCode, so it cannot be taken back.");
    if (allowsHinted(editor, appLabel, hints)) await reverseCode(from.apps, editor);
  }

  override describe(): string {
    return "Raw TypeScript operation";
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "RunTypeScript", options: { ...this.options } };
  }
}
