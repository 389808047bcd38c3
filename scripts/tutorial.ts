// Plays the pages of the tutorial: writes their files, makes their edits, runs their commands, compares what they print.
//
// A page tells what to do in four kinds of fences:
//   ```ts file=polls/models.ts    the whole file
//   ```diff file=mysite/urls.ts   an edit: lines with + come in behind the lines above them, lines with - go
//   ```console                    `$ command` and what it prints; a line `...` stands for anything
//                                 `> line` is typed into the shell that the command before it opened
//   anything else                 is there for the reader

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { listingsOf } from "./listings.ts";
import { type Session, openSession } from "./tutorial-session.ts";

/** One thing that the reader of the tutorial does. */
export type Step =
  | { readonly kind: "file"; readonly path: string; readonly text: string; readonly line: number }
  | { readonly kind: "edit"; readonly path: string; readonly diff: readonly string[]; readonly line: number }
  | {
      readonly kind: "command";
      readonly command: string;
      readonly typed: readonly string[];
      readonly prints: readonly string[];
      readonly line: number;
    };

/** The steps of a page, in order. */
export function stepsOf(page: string): Step[] {
  return listingsOf(page).flatMap(({ info, code, line }): Step[] => {
    const path = info.find((word) => word.startsWith("file="))?.slice("file=".length);
    if (info[0] === "console") return commandsOf(code, line);
    if (path === undefined) return [];
    if (info[0] === "diff") return [{ kind: "edit", path, diff: code.split("\n"), line }];
    return [{ kind: "file", path, text: `${code}\n`, line }];
  });
}

function commandsOf(code: string, line: number): Step[] {
  const commands: { command: string; typed: string[]; prints: string[]; line: number }[] = [];
  for (const [index, text] of code.split("\n").entries()) {
    const current = commands.at(-1);
    if (text.startsWith("$ ")) commands.push({ command: text.slice(2), typed: [], prints: [], line: line + index });
    else if (text.startsWith("> ")) current?.typed.push(text.slice(2));
    else if (text.trim() !== "") current?.prints.push(text);
  }
  return commands.map((command) => ({ kind: "command", ...command }));
}

/** Applies the edit of a page to a file's text. Throws where the lines that it leans on are not there. */
export function applyEdit(text: string, diff: readonly string[]): string {
  const lines = text.split("\n");
  let at = 0;
  for (const each of diff) {
    const [mark, content] = [each.slice(0, 1), each.slice(1)];
    if (mark === "+") {
      lines.splice(at, 0, content);
      at += 1;
      continue;
    }
    if (content.trim() === "") continue;
    const found = lines.findIndex((line, index) => index >= at && line.trim() === content.trim());
    if (found === -1) throw new Error(`the edit leans on a line that is not there: ${content.trim()}`);
    if (mark === "-") lines.splice(found, 1);
    at = mark === "-" ? found : found + 1;
  }
  return lines.join("\n");
}

/** Whether `output` has the lines that the page shows, in that order; `...` on a line stands for anything. */
export function missingLine(output: string, prints: readonly string[]): string | undefined {
  const lines = output.split("\n").map((line) => line.trim());
  let at = 0;
  for (const wanted of prints) {
    if (wanted.trim() === "...") continue;
    const pattern = new RegExp(
      `^${wanted
        .trim()
        .split("...")
        .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&"))
        .join(".*")}$`,
      "u",
    );
    const found = lines.findIndex((line, index) => index >= at && pattern.test(line));
    if (found === -1) return wanted;
    at = found + 1;
  }
  return undefined;
}

/** What to do with each step before it is taken: report progress, name a test. */
export interface PlayOptions {
  readonly onStep?: (step: Step) => void;
  /** Leaves out the commands that only look: servers, requests, the compiler. */
  readonly onlyBuild?: boolean;
}

/**
 * Does everything that the pages tell, beginning in `folder`. Throws, naming page and line, where a command fails or
 * prints something else than the page says. Gives the folder in which the last page ended.
 */
export async function play(pages: readonly string[], folder: string, options: PlayOptions = {}): Promise<string> {
  await using session = await openSession(folder);
  for (const page of pages) {
    for (const step of stepsOf(readFileSync(page, "utf8"))) {
      if (options.onlyBuild === true && onlyLooks(step)) continue;
      options.onStep?.(step);
      try {
        await take(step, session);
      } catch (error) {
        throw new Error(`${page}:${step.line}: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    }
  }
  return session.folder;
}

function onlyLooks(step: Step): boolean {
  return step.kind === "command" && /^curl |^npx tsc|\brunserver\b/.test(step.command);
}

async function take(step: Step, session: Session): Promise<void> {
  if (step.kind === "file") return write(join(session.folder, step.path), step.text);
  if (step.kind === "edit") {
    const file = join(session.folder, step.path);
    return write(file, applyEdit(readFileSync(file, "utf8"), step.diff));
  }
  const output = await session.run(step.command, step.typed);
  const missing = missingLine(output, step.prints);
  if (missing !== undefined) throw new Error(`'${step.command}' did not print\n  ${missing}\nbut\n${output}`);
  return undefined;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
