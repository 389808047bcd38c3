// The databases of the project and its transactions.

export { BaseWrapper } from "../backends/base/base-wrapper.ts";
export { type Execute, type ExecuteWrapper, resetQueries } from "../backends/base/observers.ts";
export type {
  DatabaseSettings,
  DatabaseWrapper,
  LoggedQuery,
  Row,
  StatementResult,
  Vendor,
} from "../backends/base/wrapper.ts";
export { atomicView, nonAtomicRequests } from "./atomic-requests.ts";
export { type ConnectionHandler, DEFAULT_DB_ALIAS, connections, createConnection } from "./connections.ts";
export { type SqlResult, executeSql } from "./execute-sql.ts";
export {
  type AtomicOptions,
  atomic,
  getRollback,
  inAtomicBlock,
  onCommit,
  savepoint,
  savepointCommit,
  savepointRollback,
  setRollback,
} from "./transaction.ts";
