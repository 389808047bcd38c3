// The topics `writes` and `writes-random`.

import { configureSettings, isConfigured } from "@tsgo/core/conf";

import type { Case, Corpus } from "../corpus.ts";
import { type Outcome, type Topic, passed } from "../topic.ts";
import { changesBetween } from "./changes.ts";
import { same, sameBag, sameError, shown } from "./compare.ts";
import { Harness } from "./harness.ts";
import { type Step, type StepResult, WriteRun } from "./run-writes.ts";

type Expected = Readonly<Record<string, unknown>>;

/** A topic of write cases. */
export function writeTopic(): Topic {
  let harness: Harness | undefined;
  return {
    async open(corpus: Corpus) {
      if (!isConfigured()) configureSettings({ TIME_ZONE: "UTC", USE_TZ: true });
      const opened = new Harness(corpus.folder);
      harness = opened;
      await opened.open();
      return (testCase) => evaluate(opened, testCase);
    },
    async close() {
      await harness?.close();
    },
  };
}

async function evaluate(harness: Harness, testCase: Case): Promise<Outcome> {
  await harness.fresh();
  harness.soil();
  const before = await harness.dump();
  const actual = await run(harness, testCase["steps"] as Step[]);
  const changes = changesBetween(before, await harness.dump(), (label) => harness.model(label)._meta.pk.attname);
  return judge({ ...actual, changes }, expectation(harness, testCase), (value) => harness.decoder.value(value));
}

// A case that is marked for one database says what the others give.
function expectation(harness: Harness, testCase: Case): Expected {
  const own = testCase["backend"] === "sqlite" && harness.connection.vendor === "postgresql" ? testCase["postgres"] : testCase.expect;
  return (own ?? testCase.expect) as Expected;
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

function judge(actual: Record<string, unknown>, expected: Expected, decode: (value: unknown) => unknown): Outcome {
  const wanted = Object.fromEntries(Object.entries(expected).filter(([key]) => key !== "djangoMessage").map(([key, value]) => [key, decode(value)]));
  const keys = new Set([...Object.keys(actual), ...Object.keys(wanted)]);
  const wrong = [...keys].filter((key) => !(key === "changes" ? sameChanges(actual[key], wanted[key]) : sameResult(actual[key], wanted[key])));
  if (wrong.length === 0) return passed;
  const readable = (source: Readonly<Record<string, unknown>>): unknown => Object.fromEntries(wrong.map((key) => [key, shown(source[key])]));
  return { status: "failed", expected: readable(wanted), actual: readable({ ...actual, ...withStack(actual["error"]) }) };
}

function withStack(error: unknown): Record<string, unknown> {
  return error instanceof Error ? { error: error.stack } : {};
}

// Errors are told by class, wherever a step caught them.
function sameResult(actual: unknown, expected: unknown): boolean {
  if (actual instanceof Error) return typeof expected === "string" && sameError(actual, expected);
  if (Array.isArray(actual) && Array.isArray(expected)) return actual.length === expected.length && actual.every((item, index) => sameResult(item, expected[index]));
  if (isPlain(actual) && isPlain(expected)) {
    const keys = Object.keys(expected);
    return keys.every((key) => sameResult(actual[key], expected[key])) && Object.keys(actual).every((key) => keys.includes(key) || actual[key] === null);
  }
  return same(actual, expected);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

// The order of rows in a table says nothing.
function sameChanges(actual: unknown, expected: unknown): boolean {
  const tables = [actual, expected] as Record<string, Record<string, unknown[]>>[];
  const [mine = {}, theirs = {}] = tables;
  const labels = Object.keys(theirs);
  return (
    labels.length === Object.keys(mine).length &&
    labels.every((label) => ["added", "changed", "removed"].every((kind) => sameBag(mine[label]?.[kind] ?? [], theirs[label]?.[kind] ?? [])))
  );
}
