export { Decimal } from "decimal.js";
export * as migrations from "@tsgo/orm/migrations";
export * as models from "@tsgo/orm/models";
export { Temporal } from "@tsgo/orm/temporal";
export * from "@tsgo/orm/db";
export {
  DataError,
  DatabaseError,
  IntegrityError,
  InterfaceError,
  InternalError,
  NotSupportedError,
  NotUpdated,
  OperationalError,
  ProgrammingError,
  TransactionManagementError,
} from "@tsgo/orm/exceptions";
