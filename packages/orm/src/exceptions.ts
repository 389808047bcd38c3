// Errors of databases. Each database's driver errors are turned into these, with the driver's own as the cause.

import { TsgoError } from "@tsgo/core/exceptions";

export {
  EmptyResultSet,
  FieldDoesNotExist,
  FieldError,
  MultipleObjectsReturned,
  ObjectDoesNotExist,
  ValidationError,
} from "@tsgo/core/exceptions";

type Options = { code?: string; cause?: unknown };

/** Anything that went wrong in the database or its driver. */
export class DatabaseError extends TsgoError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "database_error", ...options });
  }
}

/** A constraint of the database was violated: uniqueness, a foreign key, a check, NOT NULL. */
export class IntegrityError extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "integrity_error", ...options });
  }
}

/** The database could not do it for reasons of its own: no connection, no table, locked, full. */
export class OperationalError extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "operational_error", ...options });
  }
}

/** A value does not go into its column: too long, out of range, malformed. */
export class DataError extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "data_error", ...options });
  }
}

/** The statement itself is wrong: syntax, an unknown table, the wrong number of parameters. */
export class ProgrammingError extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "programming_error", ...options });
  }
}

/** The database cannot do that at all. */
export class NotSupportedError extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "not_supported", ...options });
  }
}

/** The database found itself in a state that should not be, or a procedure in it raised an error of its own. */
export class InternalError extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "internal_error", ...options });
  }
}

/** The driver or pool failed, rather than the database. */
export class InterfaceError extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "interface_error", ...options });
  }
}

/** A transaction is used in a way it does not allow. */
export class TransactionManagementError extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "transaction_management_error", ...options });
  }
}

/** `save({ forceUpdate })` or `save({ updateFields })` found no row to change. */
export class NotUpdated extends DatabaseError {
  constructor(message: string, options: Options = {}) {
    super(message, { code: "not_updated", ...options });
  }
}
