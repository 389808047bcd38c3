// The topics `queries` and `queries-random`.

import { override } from "@tsgo/i18n/timezone";

import type { Case, Corpus } from "../corpus.ts";
import { type Outcome, type Topic, passed } from "../topic.ts";
import { same, sameBag, sameError, shown } from "./compare.ts";
import { type Expected, expectations, isRangeForCheck, judgeAny } from "./expectation.ts";
import { Harness, chosenEngine } from "./harness.ts";
import { type QueryResult, type QuerySpec, runTerminal, sortedDeep } from "./run-query.ts";
import { unorderedPaths } from "./show.ts";

/** A topic of query cases, on a harness of its own or on one that others use too. */
export function queryTopic(shared?: Harness): Topic {
  let own: Harness | undefined;
  return {
    async open(corpus: Corpus) {
      if (shared !== undefined) return (testCase) => evaluate(shared, testCase);
      const opened = new Harness(corpus.folder, chosenEngine());
      own = opened;
      await opened.open();
      return (testCase) => evaluate(opened, testCase);
    },
    async close() {
      await own?.close();
    },
  };
}

async function evaluate(harness: Harness, testCase: Case): Promise<Outcome> {
  const spec = testCase as unknown as QuerySpec;
  const answers = expectations(testCase, harness.engine);
  await harness.fresh();
  let count = 0;
  const stop = harness.connection.onQuery(() => {
    count += 1;
  });
  const zone = typeof testCase["timezone"] === "string" ? testCase["timezone"] : null;
  let actual: QueryResult;
  try {
    actual = await override(zone, () => run(harness, spec, () => count));
  } catch (error) {
    return judgeAny(answers, (expected) => errorOutcome(error, expected, harness));
  } finally {
    stop();
  }
  actual["queryCount"] = count;
  if (answers.some((expected) => "changes" in expected)) actual["changes"] = await harness.changes();
  const unordered = testCase["unordered"] === true || (harness.engine !== "sqlite" && isCombined(spec));
  return judgeAny(answers, (expected) =>
    expected["error"] === undefined
      ? judge(actual, expected, { ...testCase, unordered }, spec, (value) => harness.decoder.value(value))
      : { status: "failed", expected: expected["error"], actual: shown(actual) },
  );
}

// A combined query without an order of its own gives its rows as the server happened to find them.
function isCombined({ chain = [] }: QuerySpec): boolean {
  const names = chain.map(([name]) => name as string);
  const combined = names.findLastIndex((name) => ["union", "intersection", "difference"].includes(name));
  return combined >= 0 && !names.includes("orderBy", combined);
}

async function run(harness: Harness, spec: QuerySpec, count: () => number): Promise<QueryResult> {
  const queryset = harness.chain(harness.queryset(spec.model, spec.manager), spec.chain ?? [], harness.decoder);
  return runTerminal(queryset, spec, harness.decoder, { count });
}

function errorOutcome(error: unknown, expected: Expected, harness: Harness): Outcome {
  const wanted = expected["error"];
  if (typeof wanted === "string" && sameError(error, wanted)) return passed;
  if (isRangeForCheck(error, expected, harness.engine)) return passed;
  return { status: "failed", expected, actual: error instanceof Error ? (error.stack ?? error) : error };
}

function judge(
  actual: QueryResult,
  expected: Expected,
  testCase: Case,
  spec: QuerySpec,
  decode: (value: unknown) => unknown,
): Outcome {
  const decoded: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(expected)) decoded[key] = key === "queryCount" ? value : decode(value);
  const wrong = Object.keys(decoded).filter((key) => !matches(key, actual, decoded, testCase, spec));
  if (wrong.length === 0) return passed;
  return {
    status: "failed",
    expected: Object.fromEntries(wrong.map((key) => [key, shown(decoded[key])])),
    actual: Object.fromEntries(wrong.map((key) => [key, shown(actual[key])])),
  };
}

function matches(
  key: string,
  actual: QueryResult,
  expected: Record<string, unknown>,
  testCase: Case,
  spec: QuerySpec,
): boolean {
  const value =
    key === "rows" && actual["rows"] === undefined && (actual["pks"] as unknown[] | undefined)?.length === 0
      ? []
      : actual[key];
  const wanted = expected[key];
  if (key === "shown")
    return matchesShown(value as unknown[][], wanted as unknown[][], testCase["unordered"] === true, spec);
  if (testCase["unordered"] === true && (key === "pks" || key === "rows"))
    return sameBag(value as unknown[], wanted as unknown[]);
  return same(value, wanted);
}

function matchesShown(actual: unknown[][], expected: unknown[][], unordered: boolean, spec: QuerySpec): boolean {
  const bags = unorderedPaths(spec.show ?? []);
  const line = (row: unknown[]): unknown[] => row.map((value, index) => (bags[index] ? sortedDeep(value) : value));
  // One row is told by its values alone.
  if (SINGLE.has(spec.terminal)) return same(line(actual), line(expected));
  const normal = (rows: unknown[][]): unknown[][] => rows.map(line);
  return unordered ? sameBag(normal(actual), normal(expected)) : same(normal(actual), normal(expected));
}

const SINGLE: ReadonlySet<string> = new Set(["get", "first", "last", "latest", "earliest", "at"]);
