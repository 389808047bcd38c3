// `npm run totals FOLDER`: adds up the reports of all test runs and closes with the line that tells.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

const folder = process.argv[2] ?? ".";
const reports = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Report);
const sum = (count: (report: Report) => number): number => reports.reduce((total, each) => total + count(each), 0);

const passed = sum((each) => each.numPassedTests);
const failed = sum((each) => each.numFailedTests);
const skipped = sum((each) => each.numPendingTests + each.numTodoTests);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
