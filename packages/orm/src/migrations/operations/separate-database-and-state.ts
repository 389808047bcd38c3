import type { SchemaEditor } from "../../schema/editor.ts";
import type { ProjectState } from "../state/project-state.ts";
import type { Hazard } from "./hazard.ts";
import { type DeconstructedOperation, Operation } from "./operation.ts";

/** What SeparateDatabaseAndState is told. */
export interface SeparateOptions {
  readonly databaseOperations?: readonly Operation[];
  readonly stateOperations?: readonly Operation[];
}

/** Does one thing to the database and another to the state, where the two do not go together. */
export class SeparateDatabaseAndState extends Operation {
  override readonly sign = "~";
  readonly databaseOperations: readonly Operation[];
  readonly stateOperations: readonly Operation[];

  constructor({ databaseOperations = [], stateOperations = [] }: SeparateOptions) {
    super();
    this.databaseOperations = databaseOperations;
    this.stateOperations = stateOperations;
  }

  override get reversible(): boolean {
    return this.databaseOperations.every((operation) => operation.reversible);
  }

  override stateForwards(appLabel: string, state: ProjectState): ProjectState {
    return this.stateOperations.reduce((before, step) => step.stateForwards(appLabel, before), state);
  }

  override async databaseForwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    let before = from;
    for (const operation of this.databaseOperations) {
      const after = operation.stateForwards(appLabel, before);
      await operation.databaseForwards(appLabel, editor, before, after);
      before = after;
    }
  }

  override async databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    // The states between the database operations, made from the one before the whole.
    const states = [to];
    for (const operation of this.databaseOperations)
      states.push(operation.stateForwards(appLabel, states.at(-1) ?? to));
    for (const [index, operation] of [...this.databaseOperations.entries()].reverse())
      await operation.databaseBackwards(appLabel, editor, states[index + 1] ?? to, states[index] ?? to);
  }

  override hazards(appLabel: string, from: ProjectState, _to: ProjectState, vendor: string): readonly Hazard[] {
    let before = from;
    return this.databaseOperations.flatMap((operation) => {
      const after = operation.stateForwards(appLabel, before);
      const hazards = operation.hazards(appLabel, before, after, vendor);
      before = after;
      return hazards;
    });
  }

  override hazardsBackwards(
    appLabel: string,
    _from: ProjectState,
    to: ProjectState,
    vendor: string,
  ): readonly Hazard[] {
    let before = to;
    const hazards = this.databaseOperations.map((operation) => {
      const state = before;
      before = operation.stateForwards(appLabel, state);
      return operation.hazardsBackwards(appLabel, before, state, vendor);
    });
    return hazards.toReversed().flat();
  }

  override describe(): string {
    return "Custom state/database change combination";
  }

  override deconstruct(): DeconstructedOperation {
    const { databaseOperations, stateOperations } = this;
    return { name: "SeparateDatabaseAndState", options: { databaseOperations, stateOperations } };
  }
}
