// Template engines side by side, in turns. Nothing is asserted but that all put out the same.
//
//   node bench.js [rounds] [--json]            all engines
//   node --expose-gc bench.js --memory         a million pages of tsgo alone, and the heap as it goes
//
// Build the packages first.

import { parseArgs } from "node:util";

import { checkAgreement } from "./agree.js";
import { measure } from "./measure.js";
import { measureMemory } from "./memory.js";
import { printTable, summarize } from "./report.js";
import { tasks } from "./tasks.js";

const contenders = {
  tsgo: { file: "tsgo", exported: "tsgo" },
  nunjucks: { file: "nunjucks", exported: "nunjucks" },
  eta: { file: "eta", exported: "eta" },
  ejs: { file: "ejs", exported: "ejs" },
  "edge.js": { file: "edge", exported: "edgejs" },
  liquidjs: { file: "liquidjs", exported: "liquidjs" },
  handlebars: { file: "handlebars", exported: "handlebars" },
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, memory: { type: "boolean" } },
});
const rounds = Number(positionals[0] ?? 25);

if (options.memory) {
  await measureMemory(await load(contenders.tsgo));
} else {
  checkAgreement(await Promise.all(Object.values(contenders).map(load)));
  const summary = summarize(await measure(contenders, tasks, rounds));
  if (options.json) console.log(JSON.stringify({ node: process.version, rounds, microseconds: "median", ...summary }));
  else printTable(summary, tasks, rounds);
}

async function load({ file, exported }) {
  const { [exported]: contender } = await import(`./contenders/${file}.js`);
  return contender;
}
