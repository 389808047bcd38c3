// What can be wrong with a set of migrations. The names are those of `django.db.migrations.exceptions`.

import { TsgoError } from "@tsgo/core/exceptions";

/** Several migrations begin with the prefix that was given. */
export class AmbiguityError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "ambiguous_migration" });
  }
}

/** A file in a `migrations` folder is no migration, or fails to load. */
export class BadMigrationError extends TsgoError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: "bad_migration", cause });
  }
}

/** Migrations depend on each other in a ring. */
export class CircularDependencyError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "circular_migration_dependency" });
  }
}

/** The record in the database has a migration whose dependency it lacks, or that is not the file's any more. */
export class InconsistentMigrationHistory extends TsgoError {
  constructor(message: string) {
    super(message, { code: "inconsistent_migration_history" });
  }
}

/** The bases of a historical model cannot be found in the state. */
export class InvalidBasesError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "invalid_bases" });
  }
}

/** A migration that cannot be undone was to be undone. */
export class IrreversibleError extends TsgoError {
  constructor(message: string) {
    super(message, { code: "irreversible_migration" });
  }
}

/** A migration is named, as a target or a dependency, that does not exist. */
export class NodeNotFoundError extends TsgoError {
  /** The migration that was looked for. */
  readonly node: readonly [appLabel: string, name: string];

  constructor(message: string, node: readonly [appLabel: string, name: string]) {
    super(message, { code: "migration_not_found" });
    this.node = node;
  }
}

/** The operations of a state do not fit together: a field of a model that is not there, two models of one name. */
export class InvalidMigrationState extends TsgoError {
  constructor(message: string) {
    super(message, { code: "invalid_migration_state" });
  }
}
