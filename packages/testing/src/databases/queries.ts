// The statements that a piece of a test sends.

import { AssertionError } from "node:assert";

import { type LoggedQuery, connections } from "@tsgo/orm/db";

/** Which database is watched. */
export interface WatchOptions {
  /** Its alias; `default` where nothing is said. */
  readonly using?: string;
}

/**
 * Calls `fn` and gives the statements that it sent, those of the requests that it makes with a client included, and those of nobody else.
 * Transaction control counts, as in Django. Answers to `CaptureQueriesContext`.
 *
 * @example
 * const queries = await captureQueries(() => client.get("/polls/"));
 * expect(queries[0]?.sql).toContain("ORDER BY");
 */
export async function captureQueries(fn: () => unknown, { using }: WatchOptions = {}): Promise<readonly LoggedQuery[]> {
  const queries: LoggedQuery[] = [];
  await connections.get(using).watchQueries((query) => {
    queries.push(query);
  }, fn);
  return queries;
}

/**
 * Calls `fn`, and fails where it does not send just so many statements; the message lists them. Gives what `fn` gives. Answers to
 * `assertNumQueries`.
 *
 * @throws AssertionError
 * @example
 * await assertNumQueries(2, () => client.get("/polls/"));
 */
export async function assertNumQueries<T>(
  count: number,
  fn: () => T | Promise<T>,
  { using }: WatchOptions = {},
): Promise<T> {
  const queries: LoggedQuery[] = [];
  const result = await connections.get(using).watchQueries((query) => {
    queries.push(query);
  }, fn);
  if (queries.length === count) return result;
  const list = queries.map(({ sql, params }, index) => `\n${index + 1}. ${sql}${shown(params)}`).join("");
  throw new AssertionError({
    message: `${statements(count)} expected, ${queries.length} sent${list === "" ? "." : `:${list}`}`,
    actual: queries.length,
    expected: count,
    operator: "assertNumQueries",
    stackStartFn: assertNumQueries,
  });
}

function statements(count: number): string {
  return count === 1 ? "1 statement was" : `${count} statements were`;
}

function shown(params: readonly unknown[]): string {
  if (params.length === 0) return "";
  return ` ${JSON.stringify(params, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value))}`;
}
