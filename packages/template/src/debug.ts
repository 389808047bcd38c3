// Tells where in a template something went wrong, for the terminal and for the page that DEBUG shows.

import { TemplateSyntaxError } from "./errors.ts";
import type { Origin } from "./origin.ts";

/** The source of a template, and where it came from. */
export interface TemplateSource {
  readonly origin: Origin;
  readonly source: string;
}

/** A stretch of a template's source. */
export interface TemplatePlace extends TemplateSource {
  /** The first character, in UTF-16 units. */
  readonly start: number;
  /** The one behind the last. */
  readonly end: number;
}

/** What the debug page shows of an error in a template. Django: `exception.template_debug`. */
export interface TemplateDebug {
  /** The name of the template, or of its file where it has none. */
  readonly name: string;
  /** The file of the template. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** The lines around the place with their numbers. */
  readonly sourceLines: readonly (readonly [line: number, text: string])[];
  /** The line of the place, cut in three: what stands before it, the place itself, what stands behind it. */
  readonly before: string;
  readonly during: string;
  readonly after: string;
}

const CONTEXT_LINES = 10;
const FRAME_LINES = 2;
// Registered, so that the debug page finds it without this package; on errors that cannot carry it, nothing is shown.
const TEMPLATE_DEBUG = Symbol.for("tsgo.templateDebug");

/** Where in a template an error arose, or undefined where it came from elsewhere. */
export function templateDebug(error: unknown): TemplateDebug | undefined {
  return typeof error === "object" && error !== null
    ? (error as { [TEMPLATE_DEBUG]?: TemplateDebug })[TEMPLATE_DEBUG]
    : undefined;
}

/**
 * Notes on an error where in a template it arose. The first place, the innermost, stays. Gives the error back.
 */
export function locateError(error: unknown, place: TemplatePlace): unknown {
  if (!(error instanceof Error) || templateDebug(error) !== undefined || !Object.isExtensible(error)) return error;
  const debug = describePlace(place);
  Object.defineProperty(error, TEMPLATE_DEBUG, { value: debug, enumerable: false, configurable: true });
  const frame = `    at ${debug.name}:${debug.line}:${debug.column} (template ${debug.file})`;
  const [head, ...rest] = splitStack(error);
  const isSyntaxError = error instanceof TemplateSyntaxError;
  if (isSyntaxError) error.message += codeFrame(debug);
  error.stack = [isSyntaxError ? `${error.name}: ${error.message}` : head, frame, ...rest].join("\n");
  return error;
}

/** Works out line and column of a place, and the lines around it. */
export function describePlace({ origin, source, start, end }: TemplatePlace): TemplateDebug {
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const nextBreak = source.indexOf("\n", start);
  const lineEnd = nextBreak === -1 ? source.length : nextBreak;
  const lines = source.split("\n");
  const line = source.slice(0, lineStart).split("\n").length;
  const top = Math.max(1, line - CONTEXT_LINES);
  return {
    name: origin.templateName ?? origin.name,
    file: origin.name,
    line,
    column: start - lineStart + 1,
    sourceLines: lines.slice(top - 1, line + CONTEXT_LINES).map((text, index) => [top + index, text] as const),
    before: source.slice(lineStart, start),
    during: source.slice(start, Math.min(end, lineEnd)),
    after: source.slice(Math.min(end, lineEnd), lineEnd),
  };
}

function codeFrame(debug: TemplateDebug): string {
  const near = debug.sourceLines.filter(([line]) => Math.abs(line - debug.line) <= FRAME_LINES);
  const width = String(near.at(-1)?.[0] ?? "").length;
  const lines = near.map(
    ([line, text]) => `${line === debug.line ? ">" : " "} ${String(line).padStart(width)} | ${text.slice(0, 200)}`,
  );
  return `\n  in ${debug.name}, line ${debug.line}, column ${debug.column}\n${lines.join("\n")}`;
}

function splitStack(error: Error): string[] {
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  const at = stack.search(/\n {4}at /);
  return at === -1 ? [stack] : [stack.slice(0, at), stack.slice(at + 1)];
}
