// A database of its own for each contender, made before and dropped afterwards.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SERVER = process.env.POSTGRES_URL ?? "postgresql://postgres@127.0.0.1:5432/postgres";

/** Files in a folder that goes with the run. */
export function sqlite() {
  const folder = mkdtempSync(join(tmpdir(), "tsgo-benchmark-orm-"));
  return {
    place: async (name) => join(folder, `${name}.sqlite3`),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Databases on the server that POSTGRES_URL names. @throws where none answers. */
export async function postgresql() {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  const made = [];
  return {
    place: async (name) => {
      const database = `benchmark_orm_${process.pid}_${name.replaceAll("-", "_")}`;
      await client.query(`CREATE DATABASE ${database}`);
      made.push(database);
      const url = new URL(SERVER);
      url.pathname = `/${database}`;
      return url.href;
    },
    close: async () => {
      for (const database of made) await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      await client.end();
    },
  };
}
