// Throughput of tsgo's request path against bare node:http and Fastify: ratios of the same round, nothing asserted.
// Where other work shares the machine, the ratio of processor time for each request says more: it stands behind.
// Usage: node run.js [rounds] [seconds]. Build the packages first. Uses wrk where it is installed, else autocannon.

import { execFile, fork, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const [rounds = 10, seconds = 1] = process.argv.slice(2).map(Number);
const CONNECTIONS = 64;
const SECURITY = "tsgo/middleware/security:SecurityMiddleware";
const COMMON = "tsgo/middleware/common:CommonMiddleware";

const CONTENDERS = [
  { name: "node:http", file: "node.js", args: [] },
  { name: "fastify", file: "fastify.js", args: [] },
  { name: "tsgo", file: "tsgo.js", args: [] },
  { name: "tsgo + Security + Common", file: "tsgo.js", args: [SECURITY, COMMON] },
];
const PATHS = { hello: "/", route: "/users/42/" };

const run = promisify(execFile);
const hasWrk = spawnSync("wrk", ["--version"]).error === undefined;
const loaders = {
  async wrk(url, duration) {
    const { stdout } = await run("wrk", ["-t1", `-c${CONNECTIONS}`, `-d${duration}s`, url]);
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
    return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]);
  },
  async autocannon(url, duration) {
    const { default: autocannon } = await import("autocannon");
    const result = await autocannon({ url, connections: CONNECTIONS, duration });
    if (result.non2xx > 0 || result.errors > 0) throw new Error(JSON.stringify(result));
    return result.requests.average;
  },
};
const load = hasWrk ? loaders.wrk : loaders.autocannon;

/** Serves in a process of its own. */
async function start({ name, file, args }) {
  const child = fork(fileURLToPath(new URL(`contenders/${file}`, import.meta.url)), args, {
    env: { ...process.env, NODE_ENV: "production" },
  });
  const port = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return { name, child, url: `http://127.0.0.1:${port}` };
}

/** The processor time that a process has used, in microseconds. */
function cpuTime(child) {
  return new Promise((resolve) => {
    child.once("message", resolve);
    child.send("cpu");
  });
}

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const results = new Map(
  CONTENDERS.map(({ name }) => [name, { hello: { rate: [], cost: [] }, route: { rate: [], cost: [] } }]),
);
const servers = await Promise.all(CONTENDERS.map(start));
try {
  for (const { url } of servers) for (const path of Object.values(PATHS)) await load(url + path, 2);
  for (let round = 0; round < rounds; round++) {
    // Short turns, each round begun by another: what else the machine has to do falls on all alike.
    const order = servers.map((_, i) => servers[(i + round) % servers.length]);
    for (const [kind, path] of Object.entries(PATHS)) {
      for (const { name, child, url } of order) {
        const before = await cpuTime(child);
        const rate = await load(url + path, seconds);
        const { rate: rates, cost } = results.get(name)[kind];
        rates.push(rate);
        cost.push(((await cpuTime(child)) - before) / (rate * seconds));
      }
    }
    process.stderr.write(".");
  }
} finally {
  for (const { child } of servers) child.kill();
}
process.stderr.write("\n");

const bare = results.get("node:http");
console.log(
  `${rounds} rounds of ${seconds} s, ${CONNECTIONS} connections, ${hasWrk ? "wrk" : "autocannon"}, Node ${process.version}`,
);
console.log("requests a second, their ratio to bare node:http, and that of processor time for each request");
for (const [name, kinds] of results) {
  const cells = Object.entries(kinds).map(([kind, { rate, cost }]) => {
    const byRate = median(rate.map((value, round) => value / bare[kind].rate[round]));
    const byCost = median(cost.map((value, round) => bare[kind].cost[round] / value));
    return `${kind} ${Math.round(median(rate)).toString().padStart(6)}/s ${byRate.toFixed(2)} (${byCost.toFixed(2)})`;
  });
  console.log(name.padEnd(26), ...cells);
}
