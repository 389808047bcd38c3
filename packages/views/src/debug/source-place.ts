import { readFileSync } from "node:fs";
import { relative } from "node:path";

import { locateFailure, projectRoot } from "@tsgo/core/loading";

import type { TemplatePlace } from "./template-place.ts";

const CONTEXT = 6;

/**
 * Where in a source a module failed to be read at all. Such an error has no call of the project's in its stack: the
 * place stands in its message, or at the head of the stack.
 */
export function sourcePlaceOf(error: Error): TemplatePlace | undefined {
  if (error.name !== "SyntaxError" && !/:\d+:\d+: ERROR: /.test(error.message)) return undefined;
  const { file, line } = locateFailure(error, "");
  if (file === "" || line === undefined) return undefined;
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    const first = Math.max(1, line - CONTEXT);
    const sourceLines = lines.slice(first - 1, line + CONTEXT).map((text, i) => [first + i, text] as const);
    const shown = relative(projectRoot(), file);
    return { name: shown, file: shown, line, sourceLines, before: lines[line - 1] ?? "", during: "", after: "" };
  } catch {
    return undefined;
  }
}
