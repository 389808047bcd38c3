// A terminal as the reader of the tutorial has it: a folder, commands, and a server that runs beside them.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join, resolve } from "node:path";

const checkout = resolve(import.meta.dirname, "..");

/** Where the commands of a tutorial run. */
export interface Session extends AsyncDisposable {
  /** The current folder; `cd` changes it. */
  readonly folder: string;
  /** Runs a command as the page shows it, with lines typed into it, and gives all that it printed. */
  run(command: string, typed: readonly string[]): Promise<string>;
}

/** Opens a session. Port 8080 of the pages is a free port here. */
export async function openSession(start: string): Promise<Session> {
  const port = String(await freePort());
  let folder = start;
  let server: ChildProcess | undefined;

  const stopServer = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill("SIGINT");
    await gone;
  };

  const shown = (output: string): string => output.replaceAll(port, "8080");

  return {
    get folder() {
      return folder;
    },
    async run(command, typed) {
      const [program = "", ...args] = wordsOf(command.replaceAll("8080", port));
      if (program === "cd") {
        folder = resolve(folder, args[0] ?? ".");
        return "";
      }
      if (program === "curl") return fetchText(args.at(-1) ?? "");
      if (args.includes("runserver")) {
        await stopServer();
        if (!args.includes(port)) args.push(port);
        server = launch(program, args, folder);
        return shown(await untilListening(server, port));
      }
      return shown(await finish(launch(program, args, folder), typed, command));
    },
    async [Symbol.asyncDispose]() {
      await stopServer();
    },
  };
}

function launch(program: string, args: string[], cwd: string): ChildProcess {
  const env = { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "", DATABASE_URL: undefined };
  const [file, all] =
    program === "tsgo-admin"
      ? [process.execPath, [join(checkout, "bin/tsgo-admin.js"), ...args]]
      : program === "npx"
        ? [process.execPath, [join(checkout, "node_modules/.bin", args[0] ?? ""), ...args.slice(1)]]
        : [program === "node" ? process.execPath : program, args];
  return spawn(file, all, { cwd, env, stdio: "pipe" });
}

async function finish(child: ChildProcess, typed: readonly string[], command: string): Promise<string> {
  let output = "";
  child.stdout?.on("data", (data) => (output += String(data)));
  child.stderr?.on("data", (data) => (output += String(data)));
  child.stdin?.end(typed.map((line) => `${printed(line)}\n`).join(""));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`'${command}' ended with ${code}:\n${output}`);
  return output;
}

// Without a terminal the shell runs what it reads as a program, which prints only what it is told to.
function printed(line: string): string {
  return /^(const|let|import|for|if)\b/.test(line) ? `${line};` : `console.log(${line});`;
}

async function untilListening(child: ChildProcess, port: string): Promise<string> {
  let output = "";
  await new Promise<void>((done, fail) => {
    const read = (data: unknown): void => {
      output += String(data);
      if (output.includes(`:${port}/`)) done();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => fail(new Error(`the server ended with ${code}:\n${output}`)));
  });
  return output;
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  return response.text();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return address !== null && typeof address === "object" ? address.port : 0;
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}
