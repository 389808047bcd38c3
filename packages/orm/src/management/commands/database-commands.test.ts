import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type CommandResult, callCommands, makeProject, runProgram } from "../../testdata/project.ts";

const MODELS = `import { models } from "tsgo/db";

export class Question extends models.Model<Question>()({
  questionText: models.CharField({ maxLength: 200 }),
}) {}

class VisibleManager extends models.Manager<Answer> {
  override getQueryset() { return super.getQueryset().filter({ hidden: false }); }
}

export class Answer extends models.Model<Answer>()({
  question: models.ForeignKey<Question>("polls.Question", { onDelete: models.CASCADE }),
  hidden: models.BooleanField({ default: false }),
}) {
  static override readonly objects = new VisibleManager();
}
`;

/** An application that puts a row in whenever tables were made or emptied. */
const CONFIG = `import { AppConfig } from "tsgo/apps";
import { models } from "tsgo/db";

export class PollsConfig extends AppConfig {
  override ready() {
    models.postMigrate.connect(async ({ appConfig, apps, using }) => {
      if (appConfig.label !== "polls") return;
      const questions = apps.getModel("polls.Question").objects.using(using);
      if (!(await questions.exists())) await questions.create({ questionText: "Permanent?" });
    }, { weak: false });
  }
}
`;

const FIXTURE = [
  { model: "polls.question", pk: 41, fields: { question_text: "What's up?" } },
  { model: "polls.answer", pk: 1, fields: { question: 41 } },
  { model: "polls.answer", pk: 2, fields: { question: 41, hidden: true } },
];

const PERMANENT = { model: "polls.question", pk: 1, fields: { question_text: "Permanent?" } };
const VISIBLE = { model: "polls.answer", pk: 1, fields: { question: 41, hidden: false } };

describe("the commands of databases, in a project", { timeout: 120_000 }, () => {
  let home = "";
  let project = "";
  const results = new Map<string, CommandResult>();
  const result = (line: string): CommandResult => results.get(line) ?? { stdout: "", stderr: "", error: "not called" };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "tsgo-databases-"));
    project = await makeProject(home, "polls", {
      "models.ts": MODELS,
      "apps.ts": CONFIG,
      "fixtures/first.json": JSON.stringify(FIXTURE),
    });
    const lines = [
      "migrate --run-syncdb -v 0",
      "loaddata first",
      "dumpdata",
      "dumpdata --all -e polls.question",
      "dumpdata polls.Question --pks 41,99",
      "dumpdata polls.Answer -o out.jsonl.gz --format jsonl",
      "dumpdata -o none/out.json",
      "loaddata ./out.jsonl",
      "loaddata nowhere",
      "loaddata ../secret.json",
      "loaddata first.xml",
      "loaddata first.json.zip",
      "loaddata -",
      "dumpdata polls.Qestion",
      "dumpdata polls --pks 1",
      "sqlflush",
      "sqlsequencereset polls",
      "inspectdb polls_answer polls_question",
      "inspectdb --database nope",
      "flush --noinput",
      "dumpdata -a",
    ];
    const answers = await callCommands(
      project,
      lines.map((line) => line.split(" ")),
    );
    for (const [at, line] of lines.entries()) results.set(line, answers[at] ?? result(line));
  }, 120_000);

  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  test("a fixture is found by its name, loaded, and dumped again", () => {
    expect(result("loaddata first")).toEqual({
      stdout: "Installed 3 object(s) from 1 fixture(s)\n",
      stderr: "",
      error: "",
    });
    const [question, , hidden] = FIXTURE;
    const dumped = (line: string): unknown => JSON.parse(result(line).stdout);
    expect(dumped("dumpdata")).toEqual([PERMANENT, question, VISIBLE]);
    expect(dumped("dumpdata --all -e polls.question")).toEqual([VISIBLE, hidden]);
    expect(dumped("dumpdata polls.Question --pks 41,99")).toEqual([question]);
  });

  test("a file is written whole, and compressed where its name says so", () => {
    expect(result("dumpdata polls.Answer -o out.jsonl.gz --format jsonl")).toEqual({
      stdout: "",
      stderr: "",
      error: "",
    });
    const text = gunzipSync(readFileSync(join(project, "out.jsonl.gz"))).toString();
    expect(text).toBe('{"model": "polls.answer","pk": 1,"fields": {"question": 41,"hidden": false}}\n');
    expect(result("loaddata ./out.jsonl").stdout).toBe("Installed 1 object(s) from 1 fixture(s)\n");
    expect(result("dumpdata -o none/out.json").error).toBe("CommandError: 'none/out.json' cannot be written: ENOENT.");
    expect(readdirSync(project).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test.each([
    ["loaddata nowhere", /^CommandError: There is no fixture 'nowhere' in .*polls\/fixtures/],
    ["loaddata first.xml", /^SerializerDoesNotExist: Fixtures in XML are not supported/],
    ["loaddata first.json.zip", /^CommandError: .*only those of gzip/],
    ["loaddata -", /^CommandError: Say with --format/],
    ["dumpdata polls.Qestion", /^CommandError: .* has no model 'Qestion'\. Did you mean 'Question'\?/],
    ["dumpdata polls --pks 1", /^CommandError: --pks chooses rows of one model/],
    ["inspectdb --database nope", /^ImproperlyConfigured: The database 'nope' is not in DATABASES/],
  ])("'%s' is refused with a word", (line, message) => {
    expect(result(line)).toMatchObject({ stdout: "", stderr: "" });
    expect(result(line).error).toMatch(message);
  });

  test("NODE-39: the label of a fixture does not lead out of the folders of fixtures", () => {
    expect(result("loaddata ../secret.json").error).toMatch(
      /^CommandError: '\.\.\/secret\.json' leads out of the folders of fixtures/,
    );
  });

  test("flush removes all rows, and what belongs there is there again", () => {
    expect(result("sqlflush").stdout).toMatch(/^BEGIN;\nDELETE FROM "polls_answer";\n[\s\S]*COMMIT;\n$/);
    expect(result("sqlsequencereset polls")).toEqual({ stdout: "", stderr: "No sequences found.\n", error: "" });
    expect(result("flush --noinput")).toEqual({ stdout: "", stderr: "", error: "" });
    expect(JSON.parse(result("dumpdata -a").stdout)).toEqual([PERMANENT]);
  });

  test("flush asks before it removes anything", async () => {
    const refused = await runProgram(project, ["manage.js", "flush"], "no\n");
    expect(refused).toMatchObject({ code: 0, stderr: "" });
    expect(refused.stdout).toMatch(/^This removes every row of the database '.*db\.sqlite3' \('default'\)/);
    expect(refused.stdout).toContain("Nothing was removed.");
  });

  test("models are written for the tables", () => {
    expect(result("inspectdb polls_answer polls_question").stdout).toContain(
      '  question: models.ForeignKey<PollsQuestion>("PollsQuestion", { onDelete: models.DO_NOTHING }),',
    );
  });
});
