/** The table aliases that a multi-valued relation may reuse; undefined for all of them. */
export type Reuse = Set<string> | undefined;

/** In what situation an expression is resolved against a query. */
export interface ResolveOptions {
  /** False where only columns of the table itself may be named (UPDATE, INSERT). True where left out. */
  readonly allowJoins?: boolean;
  readonly reuse?: Reuse;
  /** The expression is for `aggregate()`: names refer to the columns of the inner query. */
  readonly summarize?: boolean;
  readonly forSave?: boolean;
}
