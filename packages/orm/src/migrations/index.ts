// What a migration file may use: `import { migrations } from "tsgo/db"`.

export {
  Migration,
  type MigrationDefinition,
  type MigrationDependency,
  type SwappableDependency,
  swappableDependency,
} from "./migration.ts";
export { AddConstraint } from "./operations/add-constraint.ts";
export { AddField } from "./operations/add-field.ts";
export { AddIndex } from "./operations/add-index.ts";
export { AlterConstraint } from "./operations/alter-constraint.ts";
export { AlterField } from "./operations/alter-field.ts";
export { AlterModelManagers } from "./operations/alter-model-managers.ts";
export { AlterModelOptions } from "./operations/alter-model-options.ts";
export { AlterModelTableComment } from "./operations/alter-model-table-comment.ts";
export { AlterModelTable } from "./operations/alter-model-table.ts";
export { AlterOrderWithRespectTo } from "./operations/alter-order-with-respect-to.ts";
export { AlterUniqueTogether } from "./operations/alter-unique-together.ts";
export { CreateModel, type CreateModelOptions } from "./operations/create-model.ts";
export { DeleteModel } from "./operations/delete-model.ts";
export type { Hazard } from "./operations/hazard.ts";
export { Operation, type DeconstructedOperation, type OperationSign, type Reduction } from "./operations/operation.ts";
export {
  AddConstraintNotValid,
  AddIndexConcurrently,
  RemoveIndexConcurrently,
  ValidateConstraint,
} from "./operations/postgresql.ts";
export { RemoveConstraint } from "./operations/remove-constraint.ts";
export { RemoveField } from "./operations/remove-field.ts";
export { RemoveIndex } from "./operations/remove-index.ts";
export { RenameField } from "./operations/rename-field.ts";
export { RenameIndex } from "./operations/rename-index.ts";
export { RenameModel } from "./operations/rename-model.ts";
export { RunSQL, type RunSQLOptions, type SqlScript } from "./operations/run-sql.ts";
export { RunTypeScript, type MigrationProgram, type RunTypeScriptOptions } from "./operations/run-typescript.ts";
export { SeparateDatabaseAndState, type SeparateOptions } from "./operations/separate-database-and-state.ts";
export type { SchemaEditor } from "../schema/editor.ts";
export type { ProjectState } from "./state/project-state.ts";
export type { StateApps } from "./state/state-apps.ts";
export {
  AmbiguityError,
  BadMigrationError,
  CircularDependencyError,
  InconsistentMigrationHistory,
  InvalidBasesError,
  InvalidMigrationState,
  IrreversibleError,
  NodeNotFoundError,
} from "./exceptions.ts";
