import { edgejs } from "./contenders/edge.js";
import { ejs } from "./contenders/ejs.js";
import { eta } from "./contenders/eta.js";
import { handlebars } from "./contenders/handlebars.js";
import { liquidjs } from "./contenders/liquidjs.js";
import { nunjucks } from "./contenders/nunjucks.js";
import { tsgo } from "./contenders/tsgo.js";
const contenders = [tsgo, nunjucks, eta, ejs, edgejs, liquidjs, handlebars];
const rounds = Number(process.argv[2] ?? 15);
const rows = Array.from({ length: 1e3 }, (_, i) => ({
  a: i,
  b: `cell ${i}`,
  c: `<b>${i}</b>`,
  d: "plain",
  e: `x & y ${i}`,
  f: i * 1.5,
  g: "text",
  h: `"${i}"`,
  i: "last but one",
  j: i % 7,
}));
const makeItems = (length) =>
  Array.from({ length }, (_, id) => ({
    id,
    title: `Item number ${id} & more`,
    text: "Some text that goes on for a while, <i>as texts do</i>, and ends here.",
    price: id * 1.37,
    tags: ["red", "green", "blue"],
    active: id % 3 === 0,
  }));
const [twelve, twoHundred] = [makeItems(12), makeItems(200)];
const tasks = {
  table: { run: (one) => one.table(rows), times: 20 },
  page: { run: (one) => one.page(twelve, "Ada <Lovelace>"), times: 1e3 },
  list: { run: (one) => one.list(twoHundred), times: 50 },
  cold: { run: (one) => one.cold(), times: 50 },
};
function measure(run, times) {
  // Time of the processor rather than of the clock: other work on the machine counts less.
  const start = process.cpuUsage();
  for (let i = 0; i < times; i += 1) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / times;
}
const best = /* @__PURE__ */ new Map();
for (let round = 0; round < rounds; round += 1) {
  for (const [task, { run, times }] of Object.entries(tasks)) {
    for (const contender of contenders) {
      const key = `${task} ${contender.name}`;
      const time = measure(() => run(contender), times);
      if (round >= 3) best.set(key, Math.min(best.get(key) ?? Infinity, time));
    }
  }
}
const result = (task, name) => best.get(`${task} ${name}`) ?? NaN;
console.log("microseconds for each run, and how many times as fast as nunjucks\n");
console.log(["engine".padEnd(12), ...Object.keys(tasks).map((task) => task.padStart(18))].join(""));
for (const { name } of contenders) {
  const cells = Object.keys(tasks).map((task) => {
    const time = result(task, name);
    return `${time.toFixed(1)} (${(result(task, "nunjucks") / time).toFixed(2)})`.padStart(18);
  });
  console.log([name.padEnd(12), ...cells].join(""));
}
const ratios = Object.keys(tasks).map((task) => `${task} ${(result(task, "eta") / result(task, "tsgo")).toFixed(2)}`);
console.log(`
tsgo in multiples of eta: ${ratios.join(", ")}`);
if (process.argv.includes("--memory")) {
  const heap = [];
  for (let part = 0; part < 10; part += 1) {
    for (let i = 0; i < 1e5; i += 1) tsgo.page(twelve, "Ada");
    global.gc?.();
    heap.push(Math.round(process.memoryUsage().heapUsed / 1024));
  }
  console.log(`
heap in KB after each 100,000 pages: ${heap.join(" ")}`);
}
