// How long the commands of migrations take in a project of 100 models, beside a Node that does nothing:
// `node benchmarks/cli/hundred-models.js [rounds]`. The whole process counts, on built code. Rounds are interleaved, and the
// median counts, so that another load on the machine touches all alike. Build first.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const rounds = Number(process.argv[2] ?? 7);
const admin = resolve(import.meta.dirname, "../../bin/tsgo-admin.js");
const folder = mkdtempSync(join(tmpdir(), "tsgo-bench-"));
const project = join(folder, "mysite");

function run(args, cwd = project) {
  const began = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return Number(process.hrtime.bigint() - began) / 1e6;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A model of eight fields and an index, which refers to the one before it and to the first. */
function modelText(number) {
  const relations =
    number === 0
      ? ""
      : `  parent: models.ForeignKey<Model${number - 1}>("shop.Model${number - 1}", { onDelete: models.CASCADE, null: true, relatedName: "+" }),
  tags: models.ManyToManyField<Model0>("shop.Model0", { relatedName: "+" }),
`;
  return `
export class Model${number} extends models.Model<Model${number}>()({
  title: models.CharField({ maxLength: 200 }),
  slug: models.SlugField({ unique: true }),
  body: models.TextField({ blank: true }),
  created: models.DateTimeField({ autoNowAdd: true }),
  price: models.DecimalField({ maxDigits: 8, decimalPlaces: 2, default: "0" }),
  active: models.BooleanField({ default: true }),
${relations}}) {
  static meta = {
    ordering: ["-created"],
    indexes: [new models.Index({ fields: ["title", "created"], name: "model${number}_idx" })],
  } satisfies models.Meta<Model${number}>;
}
`;
}

const contenders = {
  "bare Node": () => run(["-e", "0"]),
  "makemigrations, nothing to do": () => run(["dist/manage.js", "makemigrations", "--check"]),
  "migrate, nothing to do": () => run(["dist/manage.js", "migrate"]),
  "migrate, 100 new tables": () => {
    rmSync(join(project, "db.sqlite3"), { force: true });
    rmSync(join(project, "dist", "db.sqlite3"), { force: true });
    return run(["dist/manage.js", "migrate"]);
  },
};

try {
  run([admin, "startproject", "mysite"], folder);
  run(["manage.js", "startapp", "shop"]);
  const settings = join(project, "mysite", "settings.ts");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("INSTALLED_APPS: []", 'INSTALLED_APPS: ["shop"]'));
  const models = Array.from({ length: 100 }, (_, number) => modelText(number));
  writeFileSync(join(project, "shop", "models.ts"), `import { models } from "tsgo/db";\n${models.join("")}`);
  run(["manage.js", "makemigrations"]);
  run(["manage.js", "build"]);
  run(["dist/manage.js", "migrate"]);
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
