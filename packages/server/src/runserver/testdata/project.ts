import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { onTestFinished, vi } from "vitest";

import { PATIENCE } from "../../testdata/patience.ts";

const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "type": "module" }',
  ".env": "DEBUG=true\nGREETING=hello\n",
  "manage.js": `import { executeFromCommandLine } from "tsgo/management";
process.env.TSGO_SETTINGS_MODULE ??= "mysite/settings";
await executeFromCommandLine(process.argv, { root: import.meta.dirname });
`,
  "mysite/settings.ts": `import { defineSettings, env } from "tsgo/conf";
export const GREETING: string = env("GREETING");
export default defineSettings({
  SECRET_KEY: "test",
  DEBUG: env.boolean("DEBUG", false),
  ROOT_URLCONF: "mysite/urls",
  USE_I18N: false,
  TEMPLATES: [{ BACKEND: "django", DIRS: [import.meta.dirname + "/../templates"] }],
});
`,
  "mysite/urls.ts": `import { HttpResponse } from "tsgo/http";
import { render } from "tsgo/shortcuts";
import { path } from "tsgo/urls";
import { GREETING } from "./settings.ts";
import { view } from "./views.ts";

export const urlpatterns = [
  path("", view),
  path("greeting/", () => new HttpResponse(GREETING)),
  path("page/", (request) => render(request, "page.html", {})),
  path("late/", () => {
    setImmediate(() => void Promise.reject(new Error("rejected late")));
    return new HttpResponse("sent");
  }),
  path("throw/", () => {
    setImmediate(() => {
      throw new Error("thrown late");
    });
    return new HttpResponse("sent");
  }),
  path("pid/", () => new HttpResponse(String(process.pid))),
];
`,
  "mysite/views.ts": viewSource("first"),
  "templates/page.html": "<p>first</p>",
};

/** A module with a view that answers this text. */
export function viewSource(text: string): string {
  return `import { HttpResponse } from "tsgo/http";\nexport const view = (): HttpResponse => new HttpResponse(${JSON.stringify(text)});\n`;
}

/** A project on the disk that goes when the test ends. */
export function makeProject(): { folder: string; save: (name: string, text: string) => void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "tsgo-runserver-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const save = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(FILES)) save(name, text);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(fileURLToPath(new URL("../../../../tsgo", import.meta.url)), join(folder, "node_modules/tsgo"));
  return { folder, save };
}

/** A runserver in a process of its own. */
export class RunningServer {
  readonly process: ChildProcess;
  output = "";

  constructor(folder: string, ...args: string[]) {
    this.process = spawn(process.execPath, ["--conditions=@tsgo/source", "--import", import.meta.resolve("tsx"), "manage.js", "runserver", ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_ENV: "development", VITEST: undefined, TSGO_SETTINGS_MODULE: undefined, NO_COLOR: "1" },
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    onTestFinished(() => {
      this.process.kill("SIGKILL");
    });
  }

  /** The address that the server prints; the port may have been chosen by the system. */
  async url(): Promise<string> {
    return vi.waitUntil(() => /http:\/\/[\w.:[\]]+\//.exec(this.output)?.[0], PATIENCE);
  }

  /** Resolves to the exit code. */
  ended(): Promise<number | null> {
    if (this.process.exitCode !== null) return Promise.resolve(this.process.exitCode);
    return new Promise((resolve) => this.process.once("exit", (code) => resolve(code)));
  }
}

/** The processes whose parent, or parent's parent, is `pid`, as Linux tells them; empty where it is not Linux. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(processes().map((child) => [child, parentOf(child)]));
  const direct = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
  return direct.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Whether a process runs; one that has ended and was not yet collected does not. */
export function isAlive(pid: number): boolean {
  return stateOf(pid) !== undefined && stateOf(pid) !== "Z";
}

function processes(): number[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
}

function parentOf(pid: number): number | undefined {
  return Number(statOf(pid)?.[1]);
}

function stateOf(pid: number): string | undefined {
  return statOf(pid)?.[0];
}

// "pid (name) state parent ...": the name may hold anything.
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
