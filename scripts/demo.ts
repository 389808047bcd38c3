// `npm run demo`: builds the project of the tutorial, polls app and all, in demo/, and serves it.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { type Step, play } from "./tutorial.ts";
import { tutorialPages } from "./tutorial-pages.ts";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "demo");

function say(step: Step): void {
  if (step.kind === "command") console.log(`$ ${step.command}`);
  else console.log(`  ${step.kind === "file" ? "writes" : "edits"} ${step.path}`);
}

if (existsSync(folder)) rmSync(folder, { recursive: true });
mkdirSync(folder);
const project = await play(tutorialPages(), folder, { onStep: say, onlyBuild: true });

console.log(`\nThe project stands in ${relative(root, project)}. Serving it, polls at http://127.0.0.1:8080/polls/\n`);
const server = spawn(process.execPath, ["manage.js", "runserver", ...process.argv.slice(2)], {
  cwd: project,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => (process.exitCode = code ?? 0));
