// Template engines side by side, in turns within one process. Nothing is asserted but that all put out the same.
//
//   node --expose-gc bench.js [rounds] [--json] [--memory]
//
// Build the packages first. --memory renders a million pages with tsgo alone, and prints the heap as it goes.

import { parseArgs } from "node:util";

import { checkAgreement } from "./agree.js";
import { edgejs } from "./contenders/edge.js";
import { ejs } from "./contenders/ejs.js";
import { eta } from "./contenders/eta.js";
import { handlebars } from "./contenders/handlebars.js";
import { liquidjs } from "./contenders/liquidjs.js";
import { nunjucks } from "./contenders/nunjucks.js";
import { tsgo } from "./contenders/tsgo.js";
import { measure } from "./measure.js";
import { measureMemory } from "./memory.js";
import { printTable, summarize } from "./report.js";
import { tasks } from "./tasks.js";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, memory: { type: "boolean" } },
});
const rounds = Number(positionals[0] ?? 25);
const contenders = [tsgo, nunjucks, eta, ejs, edgejs, liquidjs, handlebars];

if (options.memory) {
  await measureMemory(tsgo);
} else {
  checkAgreement(contenders);
  const summary = summarize(measure(contenders, tasks, rounds));
  if (options.json) console.log(JSON.stringify({ node: process.version, rounds, microseconds: "median", ...summary }));
  else printTable(summary, tasks, rounds);
}
