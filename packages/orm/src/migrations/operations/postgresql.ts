// Operations that only PostgreSQL has: they spare a table in use a long lock.

import type { Constraint } from "../../models/constraints/constraint.ts";
import { CheckConstraint } from "../../models/constraints/check.ts";
import { NotSupportedError } from "../../exceptions.ts";
import type { SchemaEditor } from "../../schema/editor.ts";
import { constraintSql } from "../../schema/constraint-sql.ts";
import { createIndexSql } from "../../schema/index-sql.ts";
import { InvalidMigrationState } from "../exceptions.ts";
import type { ProjectState } from "../state/project-state.ts";
import { AddConstraint } from "./add-constraint.ts";
import { AddIndex } from "./add-index.ts";
import type { Hazard } from "./hazard.ts";
import { IndexOperation } from "./index-operation.ts";
import type { DeconstructedOperation } from "./operation.ts";
import { RemoveIndex } from "./remove-index.ts";

function requirePostgresql(editor: SchemaEditor, what: string): void {
  if (editor.connection.vendor !== "postgresql")
    throw new NotSupportedError(
      `${what} is an operation of PostgreSQL, and '${editor.connection.alias}' is ${editor.connection.vendor}.`,
    );
}

function requireNoTransaction(editor: SchemaEditor, what: string): void {
  requirePostgresql(editor, what);
  if (editor.connection.inAtomicBlock)
    throw new NotSupportedError(`${what} cannot run in a transaction: set "atomic: false" in its migration.`);
}

/** Adds an index while rows go on being written. Its migration must have `atomic: false`. */
export class AddIndexConcurrently extends AddIndex {
  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    requireNoTransaction(editor, "AddIndexConcurrently");
    const model = to.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.execute(createIndexSql(editor, model, this.index, "CONCURRENTLY"));
  }

  override async databaseBackwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    requireNoTransaction(editor, "AddIndexConcurrently");
    const model = from.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.execute(dropConcurrently(editor, this.index.name));
  }

  override hazards(): readonly Hazard[] {
    return [];
  }

  override describe(): string {
    return `Concurrently create index ${this.index.name} on model ${this.modelName}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { ...super.deconstruct(), name: "AddIndexConcurrently" };
  }
}

/** Drops an index while rows go on being written. Its migration must have `atomic: false`. */
export class RemoveIndexConcurrently extends RemoveIndex {
  override async databaseForwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    requireNoTransaction(editor, "RemoveIndexConcurrently");
    const model = from.modelClass(appLabel, this.modelName);
    if (editor.allowsModel(model)) await editor.execute(dropConcurrently(editor, this.name));
  }

  override async databaseBackwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    requireNoTransaction(editor, "RemoveIndexConcurrently");
    const model = to.modelClass(appLabel, this.modelName);
    const index = to.get(appLabel, this.modelName).getIndex(this.name);
    if (editor.allowsModel(model)) await editor.execute(createIndexSql(editor, model, index, "CONCURRENTLY"));
  }

  override describe(): string {
    return `Concurrently remove index ${this.name} from ${this.modelName}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { ...super.deconstruct(), name: "RemoveIndexConcurrently" };
  }
}

function dropConcurrently(editor: SchemaEditor, name: string): string {
  return `DROP INDEX CONCURRENTLY IF EXISTS ${editor.quoteName(name)}`;
}

/** Adds a check for the rows to come; those that are there are looked at by a later `ValidateConstraint`. */
export class AddConstraintNotValid extends AddConstraint {
  constructor(options: { readonly modelName: string; readonly constraint: Constraint }) {
    super(options);
    if (!(options.constraint instanceof CheckConstraint))
      throw new InvalidMigrationState(
        `AddConstraintNotValid takes a CheckConstraint; ${options.constraint.name} is none.`,
      );
  }

  override async databaseForwards(
    appLabel: string,
    editor: SchemaEditor,
    _from: ProjectState,
    to: ProjectState,
  ): Promise<void> {
    requirePostgresql(editor, "AddConstraintNotValid");
    const model = to.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(model)) return;
    const rule = constraintSql(editor, model, this.constraint);
    await editor.execute(`ALTER TABLE ${editor.quoteName(model._meta.dbTable)} ADD ${rule} NOT VALID`);
  }

  override hazards(): readonly Hazard[] {
    return [];
  }

  override describe(): string {
    return `Create not valid constraint ${this.constraint.name} on model ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `${super.nameFragment}_not_valid`;
  }

  override deconstruct(): DeconstructedOperation {
    return { ...super.deconstruct(), name: "AddConstraintNotValid" };
  }
}

/** Looks at the rows that were there before a constraint was added with `AddConstraintNotValid`. */
export class ValidateConstraint extends IndexOperation {
  override readonly sign = "~";
  readonly name: string;

  constructor({ modelName, name }: { readonly modelName: string; readonly name: string }) {
    super(modelName);
    this.name = name;
  }

  override stateForwards(_appLabel: string, state: ProjectState): ProjectState {
    return state;
  }

  override async databaseForwards(appLabel: string, editor: SchemaEditor, from: ProjectState): Promise<void> {
    requirePostgresql(editor, "ValidateConstraint");
    const model = from.modelClass(appLabel, this.modelName);
    if (!editor.allowsModel(model)) return;
    const table = editor.quoteName(model._meta.dbTable);
    await editor.execute(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${editor.quoteName(this.name)}`);
  }

  override databaseBackwards(): void {
    // What was found to be true needs no undoing.
  }

  override hazards(): readonly Hazard[] {
    return [{ kind: "may-fail", detail: `fails where rows of ${this.modelName} break ${this.name}` }];
  }

  override describe(): string {
    return `Validate constraint ${this.name} on model ${this.modelName}`;
  }

  override get nameFragment(): string {
    return `${this.modelName.toLowerCase()}_validate_${this.name.toLowerCase()}`;
  }

  override deconstruct(): DeconstructedOperation {
    return { name: "ValidateConstraint", options: { modelName: this.modelName, name: this.name } };
  }
}
