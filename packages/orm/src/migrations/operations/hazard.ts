/** What an operation may do to a database that is in use, told by `migrate --plan` before it happens. */
export interface Hazard {
  /** `data-loss`: rows or values go for good. `lock`: others wait for the table. `may-fail`: rows may stand in the way. */
  readonly kind: "data-loss" | "lock" | "may-fail";
  /** What exactly, with table and column. */
  readonly detail: string;
}
