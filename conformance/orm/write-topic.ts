// The topics `writes` and `writes-random`.

import type { Case, Corpus } from "../corpus.ts";
import { impossibleOn } from "../left-out.ts";
import { type Outcome, type Topic, passed, skipped } from "../topic.ts";
import { same, sameBag, sameError, shown } from "./compare.ts";
import { type Expected, expectations, isRangeForCheck, judgeAny } from "./expectation.ts";
import { Harness, chosenEngine } from "./harness.ts";
import { type Step, type StepResult, WriteRun } from "./run-writes.ts";

/** A topic of write cases, on a harness of its own or on one that others use too. */
export function writeTopic(shared?: Harness): Topic {
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
  const reason = impossibleOn[harness.engine]?.[testCase.id];
  if (reason !== undefined) return skipped(reason);
  await harness.fresh();
  const actual: Record<string, unknown> = {
    ...(await run(harness, testCase["steps"] as Step[])),
    changes: await harness.changes(),
  };
  return judgeAny(expectations(testCase, harness.engine), (expected) => {
    const range = isRangeForCheck(actual["error"], expected, harness.engine);
    return judge(range ? { ...actual, error: expected["error"] } : actual, expected, harness);
  });
}

async function run(harness: Harness, steps: readonly Step[]): Promise<Record<string, unknown>> {
  let count = 0;
  const stop = harness.connection.onQuery(() => {
    count += 1;
  });
  const writes = new WriteRun(harness, { count: () => count });
  const results: StepResult[] = [];
  const queries: number[] = [];
  let failure: unknown;
  for (const step of steps) {
    const sent = count;
    try {
      results.push(await writes.step(step));
    } catch (error) {
      failure = error;
    }
    queries.push(count - sent);
    if (failure !== undefined) break;
  }
  stop();
  const outcome = failure === undefined ? { results } : { error: failure, failedStep: queries.length - 1 };
  return { ...outcome, queries, ...(writes.log.length > 0 ? { log: writes.log } : {}) };
}

function judge(actual: Record<string, unknown>, expected: Expected, harness: Harness): Outcome {
  const decode = (value: unknown): unknown => harness.decoder.value(value);
  const isLink = (label: string): boolean => harness.model(label)._meta.autoCreated !== false;
  const wanted = Object.fromEntries(
    Object.entries(expected)
      .filter(([key]) => key !== "djangoMessage")
      .map(([key, value]) => [key, decode(value)]),
  );
  const keys = new Set([...Object.keys(actual), ...Object.keys(wanted)]);
  const wrong = [...keys].filter(
    (key) =>
      !(key === "changes" ? sameChanges(actual[key], wanted[key], isLink) : sameResult(actual[key], wanted[key])),
  );
  if (wrong.length === 0) return passed;
  const readable = (source: Readonly<Record<string, unknown>>): unknown =>
    Object.fromEntries(wrong.map((key) => [key, shown(source[key])]));
  return {
    status: "failed",
    expected: readable(wanted),
    actual: readable({ ...actual, ...withStack(actual["error"]) }),
  };
}

function withStack(error: unknown): Record<string, unknown> {
  return error instanceof Error ? { error: error.stack } : {};
}

// Errors are told by class, wherever a step caught them.
function sameResult(actual: unknown, expected: unknown): boolean {
  if (actual instanceof Error) return typeof expected === "string" && sameError(actual, expected);
  if (Array.isArray(actual) && Array.isArray(expected))
    return actual.length === expected.length && actual.every((item, index) => sameResult(item, expected[index]));
  if (isPlain(actual) && isPlain(expected)) {
    // No rows are no rows, of whatever form.
    if (isEmptyList(actual["pks"]) && isEmptyList(expected["rows"])) return true;
    const keys = Object.keys(expected);
    return (
      keys.every((key) => sameResult(actual[key], expected[key])) &&
      Object.keys(actual).every((key) => keys.includes(key) || actual[key] === null)
    );
  }
  return same(actual, expected);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

// The order of rows in a table says nothing. Nor do the keys of new links: many are inserted in the order of a Python set.
function sameChanges(actual: unknown, expected: unknown, isLink: (label: string) => boolean): boolean {
  const [mine, theirs] = [actual, expected] as [Changes, Changes];
  const labels = Object.keys(theirs);
  return (
    labels.length === Object.keys(mine).length &&
    labels.every((label) => sameTable(mine[label] ?? {}, theirs[label] ?? {}, isLink(label)))
  );
}

type Changes = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;

function sameTable(mine: Changes[string], theirs: Changes[string], link: boolean): boolean {
  const added = (table: Changes[string]): readonly unknown[] =>
    link ? (table["added"] ?? []).map((row) => ({ ...(row as object), id: null })) : (table["added"] ?? []);
  return (
    sameBag(added(mine), added(theirs)) &&
    ["changed", "removed"].every((kind) => sameBag(mine[kind] ?? [], theirs[kind] ?? []))
  );
}
