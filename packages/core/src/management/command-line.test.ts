import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { tempProject } from "../testdata/temp-project.ts";

const MANAGEMENT = new URL("./index.ts", import.meta.url).href;

const CLOSE_POLL = `
  import { BaseCommand, CommandError, constant, flag, integer, option, parsed, positionals, repeated } from "${MANAGEMENT}";
  const args = {
    pollIds: positionals({ atLeastOne: true }),
    remove: flag(["--remove", "-r"]),
    interactive: flag(["--noinput", "--no-input"], { stores: false }),
    count: parsed("--count", integer),
    output: option("--output", { choices: ["json", "xml"], default: "json" }),
    tags: repeated(["-t", "--tag"], { default: ["none"] }),
    format: constant({ "--list": "list", "--plan": "plan" }, { default: "list" }),
  };
  export default class extends BaseCommand {
    help = "Closes polls.";
    arguments = args;
    handle({ pollIds, remove, interactive, count, output, tags, format, verbosity }) {
      if (pollIds[0] === "404") throw new CommandError("There is no poll 404.", { returnCode: 3 });
      if (pollIds[0] === "boom") throw new TypeError("boom");
      return JSON.stringify({ pollIds, remove, interactive, count, output, tags, format, verbosity });
    }
  }
`;

const FILES = {
  "mysite/settings.ts": `export default { INSTALLED_APPS: ["polls"], SECRET_KEY: "x".repeat(60) };`,
  "polls/management/commands/closepoll.ts": CLOSE_POLL,
  "polls/management/commands/_helper.ts": "",
  "polls/management/commands/closepoll.test.ts": "",
};

async function run(root: string, ...args: string[]) {
  const { OutputRecorder, runCommandLine } = await import("./index.ts");
  const stdout = new OutputRecorder();
  const stderr = new OutputRecorder();
  const code = await runCommandLine(["node", `${root}/manage.js`, ...args], { root, stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("TSGO_SETTINGS_MODULE", "mysite/settings");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a command of an application", () => {
  test("gets typed values, defaults included", async () => {
    const { code, stdout, stderr } = await run(tempProject(FILES), "closepoll", "7");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      pollIds: ["7"],
      remove: false,
      interactive: true,
      output: "json",
      tags: ["none"],
      format: "list",
      verbosity: 1,
    });
  });

  test("understands every spelling", async () => {
    const line = "7 -r --no-input --count=-3 --output xml -t a --tag b --plan -v2 8";
    const { stdout } = await run(tempProject(FILES), "closepoll", ...line.split(" "));
    expect(JSON.parse(stdout)).toEqual({
      pollIds: ["7", "8"],
      remove: true,
      interactive: false,
      count: -3,
      output: "xml",
      tags: ["none", "a", "b"],
      format: "plan",
      verbosity: 2,
    });
  });

  test.each([
    [[], "the argument 'poll_ids' is required"],
    [["1", "--output", "jason"], "invalid choice 'jason' (choose from json, xml). Did you mean 'json'?"],
    [["1", "--count", "many"], "--count: invalid value 'many': a whole number is expected"],
    [["1", "--verbosity", "7"], "-v/--verbosity: invalid choice '7' (choose from 0, 1, 2, 3)"],
    [["1", "--remov"], "unknown option '--remov' (Did you mean --remove?)"],
    [["1", "--output"], "--output <value>' argument missing"],
  ])("refuses %j with one line and 2", async (args, message) => {
    const { code, stderr } = await run(tempProject(FILES), "closepoll", ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(`CommandError: `);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain("\n");
  });

  test("ends with one line and the code of its CommandError", async () => {
    const { code, stderr } = await run(tempProject(FILES), "closepoll", "404");
    expect(stderr).toBe("CommandError: There is no poll 404.\n");
    expect(code).toBe(3);
  });

  test("shows the line in red where colours are wanted, and where it comes from with --traceback", async () => {
    const { stderr } = await run(tempProject(FILES), "closepoll", "404", "--force-color");
    expect(stderr).toBe("\u001B[31;1mCommandError: There is no poll 404.\u001B[0m\n");
    vi.resetModules();
    const traced = await run(tempProject(FILES), "closepoll", "404", "--traceback");
    expect(traced.stderr).toMatch(/CommandError: There is no poll 404\.\n\s+at .*closepoll/);
  });

  test("shows the stack of an error that nobody meant", async () => {
    const { code, stderr } = await run(tempProject(FILES), "closepoll", "boom");
    expect(code).toBe(1);
    expect(stderr).toMatch(/TypeError: boom\n\s+at /);
  });

  test("is followed by the end of the applications, also where it fails, and that may fail, too", async () => {
    const apps = `
      import { AppConfig } from "${new URL("../apps/index.ts", import.meta.url).href}";
      export class C extends AppConfig { shutDown() { throw new Error("cannot end"); } }`;
    const root = tempProject({ ...FILES, "polls/apps.ts": apps });
    const ended = await run(root, "closepoll", "7");
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("Error: cannot end");
    vi.resetModules();
    expect((await run(root, "closepoll", "404")).stderr).toBe("CommandError: There is no poll 404.\n");
  });

  test("has help of its own", async () => {
    const { code, stdout } = await run(tempProject(FILES), "help", "closepoll");
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: node manage closepoll [options] <poll_ids...>");
    expect(stdout).toContain("Closes polls.");
    expect(stdout).toContain("--traceback");
    expect(stdout).not.toContain("--no-input,");
  });
});

describe("the command line", () => {
  test("lists the commands without loading them", async () => {
    const files = { ...FILES, "polls/management/commands/broken.ts": "throw new Error('loaded');" };
    const { code, stdout } = await run(tempProject(files), "help");
    expect(code).toBe(0);
    expect(stdout).toMatch(/\[polls\]\n {4}broken\n {4}closepoll\n/);
    expect(stdout).toMatch(/\[tsgo\]\n(.*\n)* {4}check\n/);
  });

  test("names the nearest command for one that is unknown", async () => {
    const { code, stderr } = await run(tempProject(FILES), "closepol");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "CommandError: Unknown command: 'closepol'. Did you mean 'closepoll'? Type 'node manage help' for the list.\n",
    );
  });

  test("says its version", async () => {
    expect((await run(tempProject(FILES), "version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run(tempProject(FILES), "--version")).code).toBe(0);
    expect((await run(tempProject(FILES), "check", "--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("reports what is wrong with the settings as one line", async () => {
    const root = tempProject({ "mysite/settings.ts": "\nconst DEBUG: boolean = nope;\nexport default { DEBUG };" });
    const { code, stderr } = await run(root, "check");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "ImproperlyConfigured: TSGO_SETTINGS_MODULE: mysite/settings.ts:2: ReferenceError: nope is not defined\n",
    );
  });

  test("lists its own commands where the settings are broken, and says so", async () => {
    const root = tempProject({ "mysite/settings.ts": "export default { DEBUGG: true };" });
    const { stdout } = await run(root, "help");
    expect(stdout).toContain("    check");
    expect(stdout).toContain("There is no setting 'DEBUGG'. Did you mean 'DEBUG'?");
  });

  test("reports every wrong setting with its line", async () => {
    const root = tempProject({
      "mysite/settings.ts": `export default {\n  DEBUGG: true,\n  "ALLOWED_HOSTS": "x",\n  [String("APPEND_SLASH")]: 1 };`,
    });
    const { code, stderr } = await run(root, "check");
    expect(code).toBe(1);
    expect(stderr).toBe(
      "ImproperlyConfigured: mysite/settings.ts:2: There is no setting 'DEBUGG'. Did you mean 'DEBUG'?\n" +
        'mysite/settings.ts:3: ALLOWED_HOSTS must be a list, not "x".\n' +
        "mysite/settings.ts: APPEND_SLASH must be true or false, not 1.\n",
    );
  });

  test("explains a command where the project is broken", async () => {
    const root = tempProject({ "mysite/settings.ts": "throw new Error('broken');" });
    expect((await run(root, "help", "check")).stdout).toContain("Usage: node manage check");
  });

  test("takes the settings module as an option", async () => {
    const root = tempProject({ ...FILES, "mysite/other.ts": "export default { INSTALLED_APPS: [] };" });
    const { stderr } = await run(root, "closepoll", "1", "--settings=mysite/other");
    expect(stderr).toContain("Unknown command: 'closepoll'");
  });
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])(
  "NODE-04: %s is no command, no option and no tag",
  async (name) => {
    const root = tempProject(FILES);
    expect((await run(root, name)).stderr).toContain(`Unknown command: '${name}'.`);
    expect((await run(root, "closepoll", "1", `--${name}`)).stderr).toContain(`unknown option '--${name}'`);
    expect((await run(root, "check", "-t", name)).stderr).toContain(`no system check with the tag '${name}'`);
    const { callCommand } = await import("./index.ts");
    const { setup } = await import("../setup.ts");
    await setup({ root });
    await expect(callCommand("closepoll", "1", { [name]: true })).rejects.toThrow(`has no option '${name}'`);
  },
);

describe("callCommand", () => {
  test("takes arguments as words and options by name, and gives what the command returned", async () => {
    const { runCommandLine, callCommand, OutputRecorder } = await import("./index.ts");
    const { setup } = await import("../setup.ts");
    expect(runCommandLine).toBeDefined();
    await setup({ root: tempProject(FILES) });
    const stdout = new OutputRecorder();
    const text = await callCommand("closepoll", "7", "-t", "x", { remove: true, count: 5, stdout });
    expect(JSON.parse(text ?? "")).toMatchObject({ pollIds: ["7"], remove: true, count: 5, tags: ["none", "x"] });
    expect(stdout.text).toBe(`${text}\n`);
    await expect(callCommand("closepoll", "7", { remov: true })).rejects.toThrow("Did you mean 'remove'?");
    await expect(callCommand("closepoll", "7", { output: "yaml" })).rejects.toThrow("invalid choice 'yaml'");
    await expect(callCommand("closepol", "7")).rejects.toThrow("Did you mean 'closepoll'?");
  });
});
