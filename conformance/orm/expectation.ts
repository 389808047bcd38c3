// Which recorded answers count on a database.

import type { Case } from "../corpus.ts";
import { type Outcome, passed } from "../topic.ts";
import type { Engine } from "./store.ts";

/** What a case expects. */
export type Expected = Readonly<Record<string, unknown>>;

/**
 * The answers of which one must be given.
 *
 * A case that is marked has two, of SQLite and of PostgreSQL. MariaDB shares each of its ways with one of them: nulls come first
 * and a division by zero is null as on SQLite, letters have a case and combined queries may be sliced as on PostgreSQL. Where
 * Django wrote a statement that PostgreSQL refuses as SQL, the answer that it has elsewhere is as good.
 */
export function expectations(testCase: Case, engine: Engine): readonly Expected[] {
  const own = testCase.expect as Expected;
  const postgres = testCase["postgres"] as Expected | undefined;
  if (testCase["backend"] !== "sqlite" || postgres === undefined || engine === "sqlite") return [own];
  return engine === "mariadb" || postgres["error"] === "ProgrammingError" ? [postgres, own] : [postgres];
}

/** Passed, if one of the answers was given; else what differs from the first. */
export function judgeAny(answers: readonly Expected[], judge: (expected: Expected) => Outcome): Outcome {
  const outcomes = answers.map(judge);
  return outcomes.find(({ status }) => status === "passed") ?? outcomes[0] ?? passed;
}

/**
 * Whether an error is another than the recorded one for a reason of MariaDB's own: its columns for positive numbers are
 * UNSIGNED, as Django makes them, and the server finds a number out of range before it looks at any CHECK.
 */
export function isRangeForCheck(error: unknown, expected: Expected, engine: Engine): boolean {
  return (
    engine === "mariadb" &&
    expected["error"] === "IntegrityError" &&
    String(expected["djangoMessage"]).startsWith("CHECK constraint failed") &&
    error instanceof Error &&
    error.name === "DataError"
  );
}
