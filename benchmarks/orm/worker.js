// One contender on one database, in a process of its own, so that none shares caches, heap or compiled code with another.

import { rmSync } from "node:fs";

import { CHOICES, DDL, QUESTIONS } from "./tables.js";
import { TASKS, answers } from "./tasks.js";

const [name, vendor, place] = process.argv.slice(2);

async function prepare() {
  if (vendor === "sqlite") {
    const { default: Database } = await import("better-sqlite3");
    rmSync(place, { force: true });
    const database = new Database(place);
    database.pragma("journal_mode = WAL");
    for (const statement of DDL.sqlite) database.exec(statement);
    database.close();
    return;
  }
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: place });
  await client.connect();
  for (const statement of DDL.postgresql) await client.query(statement);
  await client.end();
}

/**
 * What has passed in microseconds: time of the processor where the database is part of the process, since other work on the
 * machine counts less there; time of the clock where a server does a part of the work.
 */
function stopwatch() {
  if (vendor === "sqlite") {
    const before = process.cpuUsage();
    return () => {
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
  }
  const start = performance.now();
  return () => (performance.now() - start) * 1000;
}

let state;

const actions = {
  async open() {
    await prepare();
    const { open } = await import(`./contenders/${name}.js`);
    const contender = await open(vendor, place);
    state = { contender, made: [], one: undefined };
    for (const values of QUESTIONS) await contender.insertQuestion(values);
    await contender.insertMany(CHOICES);
    return answers(contender);
  },

  /** Microseconds for each operation. */
  async task(key) {
    const { times, before, run, after } = TASKS[key];
    await before?.(state);
    const taken = stopwatch();
    for (let index = 0; index < times; index++) await run(state, index);
    const time = taken();
    await after?.(state);
    return time / times;
  },

  async close() {
    await state?.contender.close();
  },
};

process.on("message", async ({ action, value }) => {
  try {
    process.send({ result: await actions[action](value) });
  } catch (error) {
    process.send({ error: `${error?.code ?? ""} ${error?.stack ?? error}` });
  }
  if (action === "close") process.disconnect();
});
// Whoever measures has gone.
process.on("disconnect", () => process.exit());
process.send({ result: "ready" });
