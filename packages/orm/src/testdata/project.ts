// A project in a folder of its own, and commands run in it as a user would.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "..", "..", "..", "..");
const LOADER = join(ROOT, "node_modules", "tsx", "dist", "loader.mjs");

/** What a program said, and how it ended. */
export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the checkout from its sources. */
export function runProgram(folder: string, args: readonly string[], input = ""): Promise<ProgramResult> {
  const child = spawn(process.execPath, [...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: `--conditions=@tsgo/source --import ${LOADER}`, NO_COLOR: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  // A program that wants no input may have ended before it comes.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      done({ code, stdout, stderr });
    });
  });
}

/** Makes the project `mysite` with an application of these files, and gives its folder. */
export async function makeProject(home: string, app: string, files: Readonly<Record<string, string>>): Promise<string> {
  await runProgram(home, [join(ROOT, "bin", "tsgo-admin.js"), "startproject", "mysite"]);
  const project = join(home, "mysite");
  const settings = join(project, "mysite", "settings.ts");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("INSTALLED_APPS: []", `INSTALLED_APPS: ["${app}"]`));
  for (const [name, text] of Object.entries(files)) {
    const file = join(project, app, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return project;
}

/** What a command of a project said, and the error that it ended with. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly error: string;
}

/** Runs commands one after the other in a single process of a project, which is faster than a process for each. */
export async function callCommands(project: string, lines: readonly (readonly string[])[]): Promise<CommandResult[]> {
  const code = `import { OutputRecorder, callCommand } from "tsgo/management";
const results = [];
for (const [name, ...args] of ${JSON.stringify(lines)}) {
  const [stdout, stderr] = [new OutputRecorder(), new OutputRecorder()];
  let error = "";
  try {
    await callCommand(name, ...args, { stdout, stderr });
  } catch (failure) {
    error = \`\${failure.name}: \${failure.message}\`;
  }
  results.push({ stdout: stdout.text, stderr: stderr.text, error });
}
console.log(JSON.stringify(results));`;
  const { stdout, stderr } = await runProgram(project, ["manage.js", "shell", "-c", code]);
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as CommandResult[];
}
