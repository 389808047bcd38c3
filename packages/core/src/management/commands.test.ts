import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { tempProject } from "../testdata/temp-project.ts";

const CHECKS = new URL("../checks/index.ts", import.meta.url).href;

const SETTINGS = `
  const DEBUG: boolean = true;
  export default { DEBUG, SECRET_KEY: "k", INSTALLED_APPS: ["polls"], POLLS_PER_PAGE: 5, SILENCED_SYSTEM_CHECKS: ["polls.I001"] };
`;
const FILES = {
  "mysite/settings.ts": SETTINGS,
  "mysite/keyless.ts": "export default { DEBUG: true };",
  "mysite/other.ts": "export default { DEBUG: true, SECRET_KEY: 'other' };",
  "polls/apps.ts": `
    import { AppConfig } from "${new URL("../apps/index.ts", import.meta.url).href}";
    import { Info, Warning, Error as CheckError, register } from "${CHECKS}";
    export class PollsConfig extends AppConfig {
      ready() {
        register(() => [new Warning("Odd.", { id: "polls.W001", hint: "Even it." }), new Info("Psst.", { id: "polls.I001" })], "polls");
        register(({ appConfigs }) => appConfigs ? [new CheckError("Broken.", { id: "polls.E001", obj: appConfigs[0] })] : [], "broken");
      }
    }`,
};

async function run(...args: string[]) {
  const { OutputRecorder, runCommandLine } = await import("./index.ts");
  const stdout = new OutputRecorder();
  const stderr = new OutputRecorder();
  const root = tempProject(FILES);
  const code = await runCommandLine(["node", "manage.js", ...args], { root, stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text, root };
}

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("TSGO_SETTINGS_MODULE", "mysite/settings");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("check", () => {
  test("lists what it found and counts what is silenced", async () => {
    const { code, stderr } = await run("check");
    expect(code).toBe(0);
    expect(stderr).toBe(
      "System check identified some issues:\n\nWARNINGS:\n?: (polls.W001) Odd.\n\tHINT: Even it.\n\n" +
        "System check identified 1 issue (1 silenced).\n",
    );
  });

  test("fails where something is as bad as --fail-level", async () => {
    const { code, stderr } = await run("check", "--fail-level", "WARNING");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^SystemCheckError: System check identified some issues:\n\nWARNINGS:/);
  });

  test("looks at the applications that are named", async () => {
    const { code, stderr } = await run("check", "polls");
    expect(code).toBe(1);
    expect(stderr).toContain("ERRORS:\npolls: (polls.E001) Broken.\n");
    expect((await run("check", "pols")).stderr).toContain("Did you mean 'polls'?");
  });

  test("runs the checks of a tag, and lists the tags", async () => {
    expect((await run("check", "-t", "broken")).stdout).toBe("System check identified no issues (0 silenced).\n");
    expect((await run("check", "--list-tags")).stdout).toMatch(/^broken\n(.*\n)*polls\n/);
    expect((await run("check", "-t", "brokn")).stderr).toContain("no system check with the tag 'brokn'");
  });

  test("looks at what matters in production with --deploy", async () => {
    expect((await run("check")).stderr).not.toContain("security.");
    expect((await run("check", "--deploy")).stderr).toContain("(security.W018) DEBUG must not be true in production.");
  });
});

describe("diffsettings", () => {
  test("shows what differs from the defaults, and marks what has none", async () => {
    const { stdout } = await run("diffsettings");
    expect(stdout).toBe(
      "DEBUG = true\nINSTALLED_APPS = [ 'polls' ]\nPOLLS_PER_PAGE = 5  ###\nSECRET_KEY = 'k'\n" +
        "SETTINGS_MODULE = 'mysite/settings'  ###\nSILENCED_SYSTEM_CHECKS = [ 'polls.I001' ]\n",
    );
  });

  test("shows settings without a key, too", async () => {
    const { stdout, code } = await run("diffsettings", "--settings", "mysite/keyless", "--all");
    expect(code).toBe(0);
    expect(stdout).toContain("### SECRET_KEY = ''\n");
  });

  test("shows everything with --all", async () => {
    expect((await run("diffsettings", "--all")).stdout).toContain("### APPEND_SLASH = true\n");
  });

  test("shows both values as a diff", async () => {
    const { stdout } = await run("diffsettings", "--output", "unified");
    expect(stdout).toContain("- DEBUG = false\n+ DEBUG = true\n");
    expect(stdout).toContain("+ POLLS_PER_PAGE = 5\n");
  });

  test("compares with another module", async () => {
    const { stdout } = await run("diffsettings", "--default", "mysite/other", "--output=unified");
    expect(stdout).not.toContain("DEBUG =");
    expect(stdout).toContain("- SECRET_KEY = 'other'\n+ SECRET_KEY = 'k'\n");
  });
});

describe("shell", () => {
  test("runs typed code with imports and await, and leaves no file", async () => {
    const code = `
      import { fileURLToPath } from "node:url";
      const other: { default: unknown } = await import("./mysite/other.ts");
      globalThis.seen = [settings.SECRET_KEY, other.default, apps.ready, typeof fileURLToPath];
    `;
    const { root, stderr, code: exit } = await run("shell", "-c", code);
    expect([stderr, exit]).toEqual(["", 0]);
    expect((globalThis as { seen?: unknown }).seen).toEqual([
      "k",
      { DEBUG: true, SECRET_KEY: "other" },
      true,
      "function",
    ]);
    expect(readdirSync(root).filter((name) => name.startsWith("."))).toEqual([]);
  });

  test("ends with 1 and the stack where the code throws", async () => {
    const { code, stderr, root } = await run("shell", "-c", "throw new TypeError('boom')");
    expect(code).toBe(1);
    expect(stderr).toContain("TypeError: boom");
    expect(readdirSync(root).filter((name) => name.startsWith("."))).toEqual([]);
  });
});

function buildable(files: Record<string, string>): string {
  const root = tempProject({
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        module: "nodenext",
        target: "es2023",
        noEmit: true,
        rewriteRelativeImportExtensions: true,
        types: [],
      },
      exclude: ["node_modules", "dist"],
    }),
    "package.json": '{"type":"module"}',
    ...files,
  });
  mkdirSync(join(root, "node_modules"));
  const compiler = new URL("../../../../node_modules/typescript", import.meta.url).pathname;
  symlinkSync(compiler, join(root, "node_modules/typescript"));
  return root;
}

async function build(root: string, ...args: string[]) {
  const { OutputRecorder, runCommandLine } = await import("./index.ts");
  const stderr = new OutputRecorder();
  const code = await runCommandLine(["node", "manage.js", "build", ...args], {
    root,
    stdout: new OutputRecorder(),
    stderr,
  });
  return { code, stderr: stderr.text };
}

describe("build", () => {
  const PROJECT = {
    "main.ts": 'import { who } from "./polls/who.ts";\nconsole.log(`hello ${who satisfies string}`);\n',
    "polls/who.ts": "export const who: string = 'you';\n",
    "polls/who.test.ts": "export {};\n",
    "polls/templates/polls/index.html": "<p>",
    ".env": "SECRET_KEY=1",
    "db.sqlite3": "data",
    "manage.js": "",
  };

  beforeEach(() => {
    // These are modules without settings.
    vi.stubEnv("TSGO_SETTINGS_MODULE", undefined);
  });

  test("NODE-65: writes modules that run, and neither maps, paths of this machine, secrets nor tests", async () => {
    const root = buildable(PROJECT);
    expect(await build(root)).toEqual({ code: 0, stderr: "" });
    const files = readdirSync(join(root, "dist"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.map((file) => file.slice(root.length + 6)).sort()).toEqual([
      "main.js",
      "manage.js",
      "package.json",
      "polls/templates/polls/index.html",
      "polls/who.js",
    ]);
    const all = files.map((file) => readFileSync(file, "utf8")).join("\n");
    for (const trace of ["sourceMappingURL", "sourcesContent", root]) expect(all).not.toContain(trace);
    expect(spawnSync(process.execPath, [join(root, "dist/main.js")], { encoding: "utf8" }).stdout).toBe("hello you\n");
  });

  test("NODE-69: starts the compiler without a shell", async () => {
    const root = join(buildable({}), "a b; touch pwned; $(touch pwned)");
    cpSync(buildable(PROJECT), root, { recursive: true, verbatimSymlinks: true });
    expect(await build(root)).toEqual({ code: 0, stderr: "" });
    expect(existsSync(join(root, "dist/main.js"))).toBe(true);
    for (const folder of [root, join(root, ".."), process.cwd()]) expect(readdirSync(folder)).not.toContain("pwned");
  });

  test("writes maps when asked", async () => {
    const root = buildable(PROJECT);
    await build(root, "--source-maps");
    expect(existsSync(join(root, "dist/main.js.map"))).toBe(true);
  });

  test("is whole where the settings cannot be loaded, and says what it lacks", async () => {
    const root = buildable(PROJECT);
    vi.stubEnv("TSGO_SETTINGS_MODULE", "mysite/nowhere");
    const { code, stderr } = await build(root);
    expect(code).toBe(0);
    expect(stderr).toContain("Without 'compiletemplates', which could not run: ");
    expect(existsSync(join(root, "dist/main.js"))).toBe(true);
  });

  test("keeps the databases that the last build made while it ran", async () => {
    const root = buildable(PROJECT);
    mkdirSync(join(root, "dist/data"), { recursive: true });
    for (const name of ["db.sqlite3", "db.sqlite3-wal", "data/other.sqlite3", "old.js"])
      writeFileSync(join(root, "dist", name), "rows");
    expect((await build(root)).code).toBe(0);
    for (const name of ["db.sqlite3", "db.sqlite3-wal", "data/other.sqlite3"])
      expect(readFileSync(join(root, "dist", name), "utf8")).toBe("rows");
    expect(existsSync(join(root, "dist/old.js"))).toBe(false);
  });

  test("leaves the last build as it was where the project does not compile", async () => {
    const root = buildable(PROJECT);
    await build(root);
    writeFileSync(join(root, "polls/who.ts"), "export const who: string = 5;\n");
    const { code, stderr } = await build(root);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /CommandError: The project does not compile; dist is as it was\.\npolls\/who\.ts\(1,14\): error TS2322/,
    );
    expect(readFileSync(join(root, "dist/polls/who.js"), "utf8")).toContain("'you'");
    expect(readdirSync(root).filter((name) => name.startsWith(".tsgo"))).toEqual([]);
  });
});
