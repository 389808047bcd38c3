// Runs a topic and tells, group by group, how it went.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";

import { type Case, type Corpus, readCorpus } from "./corpus.ts";
import { leftOut } from "./left-out.ts";
import type { Outcome, Topic } from "./topic.ts";

/** How the cases of one group went. */
export interface GroupReport {
  readonly group: string;
  passed: number;
  readonly failed: { id: string; expected: unknown; actual: unknown }[];
  /** How many were left out, by reason. */
  readonly skipped: Map<string, number>;
}

/** Runs every case of a topic. A topic without a module, or without its file, is left out whole. */
export async function runTopic(name: string, given?: Topic): Promise<GroupReport[]> {
  const corpus = readCorpus(name);
  if (corpus === undefined) return [leaveOut("all", `no recorded cases named '${name}'`, 1)];
  const topic = given ?? (await loadTopic(name));
  if (topic === undefined)
    return [...countGroups(corpus)].map(([group, n]) => leaveOut(group, "this part is not built yet", n));
  return runCases(corpus, topic);
}

async function loadTopic(name: string): Promise<Topic | undefined> {
  const file = join(import.meta.dirname, "topics", `${name}.ts`);
  if (!existsSync(file)) return undefined;
  const module = (await import(file)) as { topic: Topic };
  return module.topic;
}

async function runCases(corpus: Corpus, topic: Topic): Promise<GroupReport[]> {
  const groups = new Map<string, GroupReport>();
  const reasons = leftOut[corpus.topic] ?? {};
  const evaluate = await topic.open(corpus);
  try {
    for (const testCase of corpus.cases) {
      const report = groups.get(testCase.group) ?? { group: testCase.group, passed: 0, failed: [], skipped: new Map() };
      groups.set(testCase.group, report);
      const reason = reasons[testCase.id];
      record(
        report,
        testCase,
        reason === undefined ? await attempt(evaluate, testCase) : { status: "skipped", reason },
      );
    }
  } finally {
    await topic.close?.();
  }
  return [...groups.values()];
}

async function attempt(evaluate: (testCase: Case) => Outcome | Promise<Outcome>, testCase: Case): Promise<Outcome> {
  try {
    return await evaluate(testCase);
  } catch (error) {
    return { status: "failed", expected: testCase.expect, actual: error };
  }
}

function record(report: GroupReport, testCase: Case, outcome: Outcome): void {
  if (outcome.status === "passed") report.passed += 1;
  else if (outcome.status === "skipped")
    report.skipped.set(outcome.reason, (report.skipped.get(outcome.reason) ?? 0) + 1);
  else report.failed.push({ id: testCase.id, expected: outcome.expected, actual: outcome.actual });
}

function leaveOut(group: string, reason: string, count: number): GroupReport {
  return { group, passed: 0, failed: [], skipped: new Map([[reason, count]]) };
}

function countGroups(corpus: Corpus): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { group } of corpus.cases) counts.set(group, (counts.get(group) ?? 0) + 1);
  return counts;
}

/** The lines that tell a person about one group. */
export function describeGroup(report: GroupReport): string[] {
  const left = [...report.skipped.values()].reduce((sum, n) => sum + n, 0);
  const lines = [`  ${report.group}: ${report.passed} passed, ${report.failed.length} failed, ${left} left out`];
  for (const [reason, count] of report.skipped) lines.push(`    left out ${count}: ${reason}`);
  for (const { id, expected, actual } of report.failed) {
    lines.push(`    FAILED ${id}`, `      expected ${show(expected)}`, `      actual   ${show(actual)}`);
  }
  return lines;
}

function show(value: unknown): string {
  const text =
    value instanceof Error ? `${value.name}: ${value.message}` : inspect(value, { depth: 8, breakLength: Infinity });
  return text.length > 1000 ? `${text.slice(0, 1000)}...` : text;
}
