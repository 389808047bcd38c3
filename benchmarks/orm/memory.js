// Memory while a million rows are read one after another: what the process holds before, and at most.

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROWS = 1_000_000;

const held = () => process.memoryUsage().rss;
const megabytes = (bytes) => Math.round(bytes / 2 ** 20);

const FILL = {
  sqlite: `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS}) INSERT INTO choice (question_id, choice_text, votes) SELECT 1, 'choice ' || i, i FROM n`,
  postgresql: `INSERT INTO choice (question_id, choice_text, votes) SELECT 1, 'choice ' || i, i FROM generate_series(1, ${ROWS}) AS n (i)`,
};

async function fill(vendor, place) {
  const { DDL } = await import("./tables.js");
  const statements = [
    ...DDL[vendor],
    vendor === "sqlite"
      ? "INSERT INTO question (question_text, pub_date) VALUES ('one', '2024-01-01')"
      : "INSERT INTO question (question_text, pub_date) VALUES ('one', now())",
    FILL[vendor],
  ];
  if (vendor === "sqlite") {
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(place);
    for (const statement of statements) database.exec(statement);
    database.close();
  } else {
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: place });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }
}

async function readAll(vendor, place) {
  const { open } = await import("./contenders/tsgo.js");
  const contender = await open(vendor, place);
  await contender.count(0);
  const base = held();
  let peak = base;
  let seen = 0;
  for await (const row of contender.everyChoice()) {
    seen += 1;
    if (row.votes !== seen) throw new Error(`row ${seen} has ${row.votes} votes`);
    if (seen % 1000 === 0) peak = Math.max(peak, held());
  }
  if (seen !== ROWS) throw new Error(`${seen} rows of ${ROWS}`);
  await contender.close();
  return { base, peak };
}

/** Measures on each of the databases, in megabytes. */
export async function measureMemory(vendors, databases) {
  const found = [];
  for (const vendor of vendors) {
    const made = await databases[vendor]();
    try {
      const place = await made.place("memory");
      await fill(vendor, place);
      const { base, peak } = await inProcess(vendor, place);
      found.push({ vendor, contender: "tsgo", rows: ROWS, base: megabytes(base), peak: megabytes(peak) });
    } finally {
      await made.close();
    }
  }
  return found;
}

function inProcess(vendor, place) {
  const child = fork(fileURLToPath(import.meta.url), ["read", vendor, place]);
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`reading a million rows ended with ${code}`)));
  });
}

if (process.argv[2] === "read") {
  const [, , , vendor, place] = process.argv;
  process.send(await readAll(vendor, place));
  process.disconnect();
}
