// Queries drawn at random, which SQLite, PostgreSQL and MariaDB are to answer alike. A longer run, or another seed, is a matter of
// TSGO_DIFFERENTIAL=<seed>:<number of queries>.

import { existsSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { corpusFolders } from "../corpus.ts";
import { same, sameBag, shown } from "./compare.ts";
import { Harness } from "./harness.ts";
import { ChainMaker, randomNumbers } from "./random-chains.ts";
import { type QueryResult, type QuerySpec, runTerminal } from "./run-query.ts";
import { type Engine, SERVERS, answers } from "./store.ts";

const required = process.env["TSGO_TEST_REQUIRE_SERVICES"] === "1";
const [seed = 1, count = 120] = (process.env["TSGO_DIFFERENTIAL"] ?? "").split(":").filter(Boolean).map(Number);
const folder = corpusFolders()[1] ?? "";
const engines: Engine[] = ["sqlite"];
for (const engine of ["postgresql", "mariadb"] as const)
  if (required || (await answers(SERVERS[engine]))) engines.push(engine);

async function run(harness: Harness, spec: QuerySpec): Promise<QueryResult> {
  harness.use();
  try {
    const queryset = harness.chain(harness.queryset(spec.model), spec.chain ?? [], harness.decoder);
    return await runTerminal(queryset, spec, harness.decoder, { count: () => 0 });
  } catch (error) {
    return { error: (error as Error).name };
  }
}

// The rows of a query need not have an order.
function alike(left: QueryResult, right: QueryResult): boolean {
  if ("error" in left || "error" in right) return left["error"] === right["error"];
  if ("value" in left) return same(left["value"], right["value"]);
  return sameBag(rowsOf(left), rowsOf(right));
}

function rowsOf(result: QueryResult): readonly unknown[] {
  return (result["rows"] ?? result["pks"]) as readonly unknown[];
}

describe.skipIf(engines.length === 1 || !existsSync(folder))("queries drawn at random", () => {
  const harnesses: Harness[] = [];
  beforeAll(async () => {
    for (const engine of engines) {
      const harness = new Harness(folder, engine);
      await harness.open();
      harnesses.push(harness);
    }
  }, 60_000);
  afterAll(async () => {
    for (const harness of harnesses) {
      harness.use();
      await harness.close();
    }
  });

  test(`${count} of seed ${seed} are answered alike`, { timeout: 600_000 }, async () => {
    const models = [...(harnesses[0]?.models.values() ?? [])].filter((model) => Object.hasOwn(model, "_meta"));
    const maker = new ChainMaker(models, randomNumbers(seed));
    const different: unknown[] = [];
    let answered = 0;
    for (let index = 0; index < count; index += 1) {
      const spec = maker.next();
      const results: QueryResult[] = [];
      for (const harness of harnesses) results.push(await run(harness, spec));
      const [first = {}, ...others] = results;
      if (!("error" in first)) answered += 1;
      if (!others.every((other) => alike(first, other))) different.push({ spec, results: results.map(shown) });
    }
    expect(different).toEqual([]);
    // Most of them must be queries, not mistakes.
    expect(answered).toBeGreaterThan(count * 0.9);
  });
});
