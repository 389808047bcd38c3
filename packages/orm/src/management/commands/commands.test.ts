import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..", "..", "..", "..", "..");
const LOADER = resolve(root, "node_modules", "tsx", "dist", "loader.mjs");

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the checkout from its sources. */
function run(folder: string, args: readonly string[]): Promise<Result> {
  const child = spawn(process.execPath, [...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: `--conditions=@tsgo/source --import ${LOADER}`, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
}

const FIRST_MODELS = `import { models } from "tsgo/db";

export class Question extends models.Model<Question>()({
  questionText: models.CharField({ maxLength: 200 }),
  pubDate: models.DateTimeField({ verboseName: "date published" }),
}) {}
`;

describe("the commands of migrations, in a project", { timeout: 120_000 }, () => {
  let home = "";
  let project = "";
  const manage = (...args: string[]): Promise<Result> => run(project, ["manage.js", ...args]);
  const migrations = (): string[] =>
    readdirSync(join(project, "polls", "migrations"))
      .filter((file) => file.endsWith(".ts"))
      .toSorted();
  const write = (file: string, text: string): void => writeFileSync(join(project, "polls", file), text);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "tsgo-migrations-"));
    await run(home, [join(root, "bin", "tsgo-admin.js"), "startproject", "mysite"]);
    project = join(home, "mysite");
    await manage("startapp", "polls");
    const settings = join(project, "mysite", "settings.ts");
    writeFileSync(settings, readFileSync(settings, "utf8").replace("INSTALLED_APPS: []", 'INSTALLED_APPS: ["polls"]'));
    write("models.ts", FIRST_MODELS);
  }, 120_000);

  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  test("the first migration is written, once, and applied, once", async () => {
    expect((await manage("makemigrations", "polls")).stdout).toContain("+ Create model Question");
    expect(migrations()).toEqual(["0001_initial.ts"]);
    expect((await manage("makemigrations")).stdout).toContain("No changes detected");
    expect((await manage("sqlmigrate", "polls", "0001")).stdout).toContain('CREATE TABLE "polls_question"');
    expect((await manage("migrate")).stdout).toMatch(/Applying polls\.0001_initial\.\.\. OK \(\d+\.\d{3}s\)/);
    expect((await manage("migrate")).stdout).toContain("No migrations to apply.");
    expect((await manage("showmigrations")).stdout).toContain("[X] 0001_initial");
  });

  test("without a terminal a question is an error that names the option, and writes nothing", async () => {
    write(
      "models.ts",
      FIRST_MODELS.replace("questionText", "text").replace("}) {}", "  votes: models.IntegerField(),\n}) {}"),
    );
    const check = await manage("makemigrations", "--check");
    expect(check.code).toBe(1);
    const rename = await manage("makemigrations", "--noinput");
    expect(rename.code).toBe(1);
    expect(rename.stderr).toContain("--rename-field polls.Question.questionText=text");
    const value = await manage("makemigrations", "--noinput", "--rename-field", "polls.Question.questionText=text");
    expect(value.stderr).toContain("--default polls.Question.votes=VALUE");
    expect(migrations()).toEqual(["0001_initial.ts"]);
    const answered = ["--rename-field", "polls.Question.questionText=text", "--default", "polls.Question.votes=3"];
    expect((await manage("makemigrations", "--noinput", ...answered)).code).toBe(0);
    expect(migrations()).toEqual(["0001_initial.ts", "0002_rename_question_text_question_text_question_votes.ts"]);
  });

  test("the plan marks what may hurt before it happens, and the way back works", async () => {
    const file = join(project, "polls", "migrations", "0003_drop.ts");
    writeFileSync(
      file,
      `import { migrations } from "tsgo/db";
export default new migrations.Migration({
  dependencies: [["polls", "${migrations()[1]?.slice(0, -3)}"]],
  operations: [new migrations.RemoveField({ modelName: "Question", name: "votes" })],
});
`,
    );
    const plan = (await manage("migrate", "--plan")).stdout;
    expect(plan).toContain("Remove field votes from Question");
    expect(plan).toContain("LOSES DATA: drops the column polls_question.votes");
    expect((await manage("migrate", "polls", "0002")).code).toBe(0);
    expect((await manage("migrate", "polls", "zero")).stdout).toContain("Unapplying polls.0001_initial... OK");
    rmSync(file);
    expect((await manage("migrate")).code).toBe(0);
  });

  test("two migrations side by side are named, and merged", async () => {
    const second = migrations()[1]?.slice(0, -3) ?? "";
    const side = (name: string): void =>
      write(
        `migrations/${name}.ts`,
        `import { migrations } from "tsgo/db";
export default new migrations.Migration({ dependencies: [["polls", "${second}"]], operations: [] });
`,
      );
    side("0003_left");
    side("0003_right");
    const refused = await manage("migrate");
    expect(refused.stderr).toMatch(/0003_left, 0003_right.*makemigrations --merge/s);
    expect((await manage("makemigrations", "--merge", "--noinput")).code).toBe(0);
    expect(migrations()).toContain("0004_merge_0003_left_0003_right.ts");
    expect((await manage("migrate")).code).toBe(0);
  });

  test("a squashed migration counts as applied", async () => {
    const squash = await manage("squashmigrations", "polls", "0002", "--noinput");
    expect(squash.stdout).toMatch(/Optimized from \d+ operations to 1 operations/);
    expect((await manage("migrate")).stdout).toContain("No migrations to apply.");
    for (const name of migrations().filter((file) => file.includes("squashed")))
      rmSync(join(project, "polls", "migrations", name));
  });

  test("the operations of one migration are merged in place", async () => {
    const last = migrations().at(-1)?.slice(0, -3) ?? "";
    write(
      "migrations/0005_twice.ts",
      `import { migrations, models } from "tsgo/db";
export default new migrations.Migration({
  dependencies: [["polls", "${last}"]],
  operations: [
    new migrations.AddField({ modelName: "Question", name: "extra", field: models.IntegerField({ default: 1 }) }),
    new migrations.RemoveField({ modelName: "Question", name: "extra" }),
  ],
});
`,
    );
    const check = await manage("optimizemigration", "polls", "0005", "--check");
    expect(check).toMatchObject({ code: 1, stderr: expect.stringContaining("from 2 operations to 0 operations") });
    expect((await manage("optimizemigration", "polls", "0005")).code).toBe(0);
    expect(readFileSync(join(project, "polls", "migrations", "0005_twice.ts"), "utf8")).toContain("operations: [],");
  });

  test("the record forgets a migration whose file is gone, when told to", async () => {
    expect((await manage("migrate")).code).toBe(0);
    rmSync(join(project, "polls", "migrations", "0005_twice.ts"));
    expect((await manage("migrate")).stderr).toContain("polls.0005_twice is applied, and its file is gone.");
    expect((await manage("migrate", "--prune", "polls")).stdout).toContain("Pruned polls.0005_twice");
  });

  test("an application without migrations gets its tables on demand", async () => {
    await manage("startapp", "notes");
    rmSync(join(project, "notes", "migrations"), { recursive: true });
    const signal = `
models.postMigrate.connect(async ({ appConfig, using, plan }) => console.log("heard", appConfig.label, using, plan.length));
`;
    writeFileSync(join(project, "notes", "models.ts"), FIRST_MODELS.replaceAll("Question", "Note") + signal);
    const settings = join(project, "mysite", "settings.ts");
    writeFileSync(settings, readFileSync(settings, "utf8").replace('["polls"]', '["polls", "notes"]'));
    const made = await manage("migrate", "--run-syncdb");
    expect(made.stdout).toContain("Created table notes_note");
    expect(made.stdout).toMatch(
      /heard notes default 0\nheard polls default 0|heard polls default 0\nheard notes default 0/,
    );
    expect((await manage("migrate", "--run-syncdb")).stdout).not.toContain("Created table");
  });

  const broken: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
    "a syntax error": ["export default {;", /0009_broken.*(?:Syntax|Unexpected)/s],
    "a wrong export": ["export default { operations: [] };", /0009_broken\.ts is no migration/],
    "an unknown dependency": [
      'import { migrations } from "tsgo/db";\nexport default new migrations.Migration({ dependencies: [["polls", "0042_gone"]], operations: [] });\n',
      /polls\.0009_broken depends on polls\.0042_gone, which does not exist/,
    ],
    "a ring": [
      'import { migrations } from "tsgo/db";\nexport default new migrations.Migration({ dependencies: [["polls", "0009_broken2"]], operations: [] });\n',
      /ring/,
    ],
  };

  test.each(Object.entries(broken))("a migration with %s is one clear message", async (kind, [text, message]) => {
    write("migrations/0009_broken.ts", text);
    if (kind === "a ring") write("migrations/0009_broken2.ts", text.replace("0009_broken2", "0009_broken"));
    const result = await manage("migrate", "--skip-checks");
    rmSync(join(project, "polls", "migrations", "0009_broken.ts"));
    rmSync(join(project, "polls", "migrations", "0009_broken2.ts"), { force: true });
    expect(result.code).not.toBe(0);
    expect(result.stderr).toMatch(message);
    expect(result.stderr).not.toContain("    at ");
  });

  test("an edited migration is told of, with its file", async () => {
    const file = `migrations/${migrations()[0]}`;
    const path = join(project, "polls", file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace("maxLength: 200", "maxLength: 100"));
    expect((await manage("migrate")).stderr).toContain("0001_initial.ts was edited after it was applied");
    writeFileSync(path, `// Nothing but a comment.\n${text}`);
    expect((await manage("migrate")).stderr).not.toContain("edited");
  });
});
