// ORMs side by side: each operation in short turns, the contenders one after another in every round, each in a process of its
// own with a database of its own. Printed are medians of the time for one operation and, of each round, how the raw driver's
// time compares: 0.5 means half as fast as the driver with a prepared statement, written by hand.
//
// Usage: node run.js [--rounds 15] [--databases sqlite,postgresql] [--only raw,tsgo] [--task count] [--memory] [--json]
// Build the packages first.

import { fork } from "node:child_process";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { fileURLToPath } from "node:url";

import { postgresql, sqlite } from "./databases.js";
import { measureMemory } from "./memory.js";
import { TASKS } from "./tasks.js";

const CONTENDERS = [
  "raw",
  "tsgo",
  "knex",
  "drizzle",
  "prisma",
  "typeorm",
  "mikro-orm",
  "sequelize",
  "objection",
  "lucid",
];
const DATABASES = { sqlite, postgresql };
const WARM_UP = 10;

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    databases: { type: "string", default: "sqlite,postgresql" },
    only: { type: "string", default: CONTENDERS.join(",") },
    task: { type: "string", multiple: true, default: Object.keys(TASKS) },
    memory: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
const tasks = options.task;
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** A contender at work in its own process. */
class Worker {
  constructor(name, vendor, place) {
    this.name = name;
    this.child = fork(fileURLToPath(new URL("worker.js", import.meta.url)), [name, vendor, place], {
      env: { ...process.env, NODE_ENV: "production" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
  }

  #answer() {
    return new Promise((resolve, reject) => {
      const ended = (code) => reject(new Error(`the process ended with ${code}`));
      this.child.once("exit", ended);
      this.child.once("message", ({ result, error }) => {
        this.child.off("exit", ended);
        if (error === undefined) resolve(result);
        else reject(new Error(error));
      });
    });
  }

  ready() {
    return this.#answer();
  }

  ask(action, value) {
    const answer = this.#answer();
    this.child.send({ action, value });
    return answer;
  }
}

function note(text) {
  if (process.stderr.isTTY) process.stderr.write(text);
}

/** Opens the contenders; those that cannot be opened here, or do other work than the raw driver, are left out with the reason. */
async function openAll(vendor, databases) {
  const open = [];
  const leftOut = [];
  let expected;
  for (const name of ["raw", ...options.only.split(",").filter((one) => one !== "raw")]) {
    const worker = new Worker(name, vendor, await databases.place(name));
    try {
      await worker.ready();
      const answers = await worker.ask("open");
      expected ??= answers;
      const wrong = Object.keys(expected).filter((key) => !isDeepStrictEqual(answers[key], expected[key]));
      if (wrong.length > 0)
        throw new Error(
          `other answers than the raw driver: ${wrong.map((key) => `${key} ${JSON.stringify(answers[key]).slice(0, 300)}`).join("; ")}`,
        );
      open.push(worker);
    } catch (error) {
      leftOut.push({ name, reason: error.message.trim().split("\n")[0] });
      worker.child.kill();
    }
    note(".");
  }
  return { open, leftOut };
}

async function measure(vendor) {
  const databases = await DATABASES[vendor]();
  let workers = [];
  try {
    const { open, leftOut } = await openAll(vendor, databases);
    workers = open;
    const times = new Map(open.map(({ name }) => [name, Object.fromEntries(tasks.map((task) => [task, []]))]));
    for (let round = -WARM_UP; round < rounds; round++) {
      // Each round begins with another: what else the machine has to do falls on all alike.
      const order = open.map((_, index) => open[(index + round + WARM_UP) % open.length]);
      for (const task of tasks) {
        for (const worker of order) {
          const time = await worker.ask("task", task);
          if (round >= 0) times.get(worker.name)[task].push(time);
        }
      }
      note(".");
    }
    note("\n");
    return { leftOut, rows: summary(times) };
  } finally {
    for (const worker of workers) await worker.ask("close").catch(() => worker.child.kill());
    await databases.close();
  }
}

function summary(times) {
  const raw = times.get("raw");
  return Object.fromEntries(
    tasks.map((task) => [
      task,
      Object.fromEntries(
        [...times].map(([name, taken]) => [
          name,
          {
            microseconds: median(taken[task]),
            ratio: median(taken[task].map((time, round) => raw[task][round] / time)),
          },
        ]),
      ),
    ]),
  );
}

function print(vendor, { rows, leftOut }) {
  const names = Object.keys(Object.values(rows)[0] ?? {});
  console.log(`\n${vendor}: microseconds for one operation, and the speed in multiples of the raw driver's\n`);
  console.log(["".padEnd(20), ...names.map((name) => name.padStart(16))].join(""));
  for (const [task, row] of Object.entries(rows)) {
    const cells = names.map((name) => {
      const { microseconds, ratio } = row[name];
      return `${microseconds.toFixed(microseconds < 100 ? 1 : 0)} (${ratio.toFixed(2)})`.padStart(16);
    });
    console.log([task.padEnd(20), ...cells].join(""));
  }
  for (const { name, reason } of leftOut) console.log(`left out: ${name}: ${reason}`);
}

const report = {};
for (const vendor of options.databases.split(",")) {
  try {
    report[vendor] = await measure(vendor);
  } catch (error) {
    report[vendor] = { rows: {}, leftOut: [{ name: "all", reason: error.message }] };
  }
  if (!options.json) print(vendor, report[vendor]);
}
if (options.memory) {
  report.memory = await measureMemory(options.databases.split(","), DATABASES);
  if (!options.json)
    for (const { vendor, contender, base, peak } of report.memory)
      console.log(
        `memory, a million rows one after another, ${vendor}, ${contender}: ${base} MB before, ${peak} MB at most`,
      );
}
if (options.json) console.log(JSON.stringify(report, null, 2));
