/** What a database can do. Code asks for a feature, never for the name of a database. */
export interface DatabaseFeatures {
  readonly hasNativeUuid: boolean;
  /** Reads columns back after INSERT. */
  readonly canReturnRows: boolean;
  readonly canReturnRowsFromBulkInsert: boolean;
  /** DDL takes part in transactions. */
  readonly canRollbackDdl: boolean;
  readonly supportsForeignKeys: boolean;
  readonly supportsTransactions: boolean;
  readonly supportsSavepoints: boolean;
  readonly supportsPartialIndexes: boolean;
  readonly supportsExpressionIndexes: boolean;
  readonly supportsCoveringIndexes: boolean;
  readonly supportsTableCheckConstraints: boolean;
  readonly supportsDeferrableUniqueConstraints: boolean;
  readonly supportsNullsDistinctUniqueConstraints: boolean;
  readonly supportsComments: boolean;
  readonly supportsStoredGeneratedColumns: boolean;
  readonly supportsVirtualGeneratedColumns: boolean;
  readonly supportsIgnoreConflicts: boolean;
  readonly supportsUpdateConflicts: boolean;
  /** A foreign key has the type of the column that it refers to, unsigned ones included. */
  readonly relatedFieldsMatchType: boolean;
  /** A subquery of UPDATE or DELETE may read the table that is written. */
  readonly updateCanSelfSelect: boolean;
  /** The subquery of IN may have LIMIT. */
  readonly allowsSlicedSubqueriesWithIn: boolean;
  /** Foreign keys are checked when the transaction ends, not row by row. */
  readonly canDeferConstraintChecks: boolean;
  readonly supportsOrderByNullsModifier: boolean;
  /** NULL comes behind every value in ascending order. */
  readonly nullsAreLargest: boolean;
  readonly supportsDistinctOn: boolean;
  readonly hasSelectForUpdate: boolean;
  readonly hasSelectForUpdateNowait: boolean;
  readonly hasSelectForUpdateSkipLocked: boolean;
  readonly hasSelectForUpdateOf: boolean;
  readonly hasSelectForNoKeyUpdate: boolean;
  /** The most parameters that a statement may have, or null without a bound. */
  readonly maxQueryParams: number | null;
  /** A condition may stand among the columns of SELECT. */
  readonly supportsBooleanExpressionInSelect: boolean;
  /** A condition may stand in WHERE by itself, without `= TRUE`. */
  readonly supportsBooleanExpressionInWhere: boolean;
  /** Computed decimals must be cast, or they come out as floats. */
  readonly needsDecimalCast: boolean;
  /** `(a, b) IN ((1, 2), (3, 4))`; without it, the list is written as VALUES. */
  readonly supportsTuplesInList: boolean;
  /** The most values in one IN list, or null without a bound. */
  readonly maxInListSize: number | null;
  readonly supportsAggregateFilter: boolean;
  /** `EXCLUDE` in the frame of a window. */
  readonly supportsFrameExclusion: boolean;
  readonly supportsParenthesesInCompound: boolean;
  readonly supportsIntersectAndExcept: boolean;
  readonly supportsSlicingOrderingInCompound: boolean;
  /** DEFAULT may stand for a value in INSERT and UPDATE. */
  readonly supportsDefaultKeyword: boolean;
  /** A CASE must be cast to the column's type in UPDATE. */
  readonly requiresCastedCaseInUpdates: boolean;
  /** HAVING needs a GROUP BY. */
  readonly requiresGroupByForHaving: boolean;
  readonly supportsSubqueriesInGroupBy: boolean;
  readonly supportsJsonContains: boolean;
  /** A connection takes other statements while the rows of one are read from it piece by piece. */
  readonly canSendWhileStreaming: boolean;
}
