// How long the compiler takes over a large project: 100 models of 17 fields with 4 relations each, and 1,000 queries.
//
//   npx tsx benchmarks/types/index.ts [models] [queries]

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const [modelCount = 100, queryCount = 1000] = process.argv.slice(2).map(Number);

// Below the checkout, where the packages are found.
const folder = mkdtempSync(join(root, "node_modules/.types-benchmark-"));

function model(index: number): string {
  const relation = (n: number): string => {
    const target = `Model${(index * 7 + n * 13) % modelCount}`;
    return `  relation${n}: models.ForeignKey<${target}>("big.${target}", { onDelete: models.CASCADE${n > 1 ? ", null: true" : ""} }),`;
  };
  return [
    `export class Model${index} extends models.Model<Model${index}>()({`,
    ...Array.from({ length: 5 }, (_, n) => `  text${n}: models.CharField({ maxLength: 50 }),`),
    ...Array.from({ length: 4 }, (_, n) => `  number${n}: models.IntegerField({ default: 0 }),`),
    ...Array.from({ length: 3 }, (_, n) => `  date${n}: models.DateTimeField({ null: true }),`),
    "  flag: models.BooleanField({ default: false }),",
    ...Array.from({ length: 4 }, (_, n) => relation(n)),
    "}) {}",
  ].join("\n");
}

function query(index: number): string {
  const name = `Model${index % modelCount}`;
  const forms = [
    `await ${name}.objects.filter({ text0__startswith: "a", relation0__relation1__number2__gt: 3 }).orderBy("-date0");`,
    `await ${name}.objects.selectRelated("relation0__relation2").get({ relation3__text1: "x" });`,
    `await ${name}.objects.exclude({ date1__year__gte: 2024 }).values("text0", "relation1__relation2__flag");`,
    `await ${name}.objects.annotate({ n: new models.Count("relation0") }).filter({ n__gt: 2 });`,
  ];
  return `  ${forms[index % forms.length] ?? ""}`;
}

try {
  const names = Array.from({ length: modelCount }, (_, index) => `Model${index}`);
  const header = 'import { models } from "tsgo/db";\n\n';
  writeFileSync(join(folder, "models.ts"), header + names.map((_, index) => model(index)).join("\n\n"));
  const queries = Array.from({ length: queryCount }, (_, index) => query(index)).join("\n");
  writeFileSync(
    join(folder, "queries.ts"),
    `${header}import { ${names.join(", ")} } from "./models.ts";\n\nexport async function all() {\n${queries}\n}\n`,
  );
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.base.json"),
      compilerOptions: { noEmit: true, composite: false, declarationMap: false, customConditions: [], types: ["node"] },
      include: ["*.ts"],
    }),
  );
  const started = performance.now();
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], { stdio: "inherit" });
  const seconds = (performance.now() - started) / 1000;
  console.log(`${modelCount} models and ${queryCount} queries: ${seconds.toFixed(2)} s`);
} finally {
  rmSync(folder, { recursive: true });
}
