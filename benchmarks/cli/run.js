// How long the command line takes from start to end, beside a Node that does nothing: `node benchmarks/cli/run.js [rounds]`.
// Rounds are interleaved, and the median counts, so that another load on the machine touches all alike. Build first.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const rounds = Number(process.argv[2] ?? 15);
const admin = resolve(import.meta.dirname, "../../bin/tsgo-admin.js");
const folder = mkdtempSync(join(tmpdir(), "tsgo-bench-"));
const project = join(folder, "mysite");

function run(args, cwd = folder) {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - began) / 1e6;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const contenders = {
  "bare Node": () => run(["-e", "0"]),
  "tsgo-admin --help": () => run([admin, "--help"]),
  "node manage check (sources)": () => run(["manage.js", "check"], project),
  "node manage check (built)": () => run(["dist/manage.js", "check"], project),
};

try {
  run([admin, "startproject", "mysite"]);
  run(["manage.js", "build"], project);
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, measure] of Object.entries(contenders)) times[name].push(measure());
  const bare = median(times["bare Node"]);
  for (const [name, values] of Object.entries(times)) {
    const time = median(values);
    console.log(
      `${name.padEnd(30)} ${time.toFixed(0).padStart(5)} ms   ${(time - bare).toFixed(0).padStart(5)} over bare Node`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
