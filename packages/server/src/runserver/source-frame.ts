import { readFileSync } from "node:fs";

import { locateFailure } from "@tsgo/core/loading";

const CONTEXT = 2;

/** The lines around the place where a module failed to load, the place marked; undefined where nothing tells it. */
export function sourceFrame(error: Error): string | undefined {
  // What explains the failure to people has the failure itself for its cause.
  const failure = error.cause instanceof Error ? error.cause : error;
  const { file, line } = locateFailure(failure, "");
  if (file === "" || line === undefined) return undefined;
  const lines = readLines(file);
  const first = Math.max(1, line - CONTEXT);
  const width = String(line + CONTEXT).length;
  return lines
    .slice(first - 1, line + CONTEXT)
    .map((text, i) => `${first + i === line ? ">" : " "} ${String(first + i).padStart(width)} | ${text}`)
    .join("\n");
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
