// The calls that led to an error, with the lines of source that they stand on.

import { readFileSync } from "node:fs";
import { findSourceMap, type SourceMapping } from "node:module";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

import { projectRoot } from "@tsgo/core/loading";

/** One call. */
export interface Frame {
  /** The function, as the stack names it; empty at the top level of a module. */
  readonly name: string;
  /** As the source is found on the disk. */
  readonly file: string;
  /** As short as it stays clear: relative to the project, or from the package on. */
  readonly shownFile: string;
  readonly line: number;
  readonly column: number;
  /** Whose code it is. What is not the project's own is folded away. */
  readonly owner: "project" | "framework" | "package" | "node";
  /** Lines around the call with their numbers; empty where the source cannot be read. */
  readonly source: readonly (readonly [line: number, text: string])[];
}

const CONTEXT = 6;
const MAX_FRAMES = 100;
const FRAME =
  /^\s*at (?:(?<name>.*?) \()?(?<place>(?:file:\/\/|node:|\/|[A-Za-z]:[\\/]).*?):(?<line>\d+):(?<column>\d+)\)?$/;

/** Reads the frames of a stack, innermost first. Positions in built code lead back to the TypeScript. */
export function framesOf(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split("\n")) {
    const groups = FRAME.exec(text)?.groups;
    if (groups && frames.length < MAX_FRAMES)
      frames.push(
        toFrame(groups["name"] ?? "", groups["place"] ?? "", Number(groups["line"]), Number(groups["column"])),
      );
  }
  return frames;
}

function toFrame(name: string, place: string, line: number, column: number): Frame {
  const original = mapped(place, line, column);
  const file = original.place.startsWith("file://") ? fileURLToPath(original.place) : original.place;
  const owner = ownerOf(file);
  return {
    name: name.replace(/^async /, ""),
    file,
    shownFile: shorten(file, owner),
    line: original.line,
    column: original.column,
    owner,
    source: owner === "node" ? [] : linesAround(file, original.line),
  };
}

// Node rewrites stacks itself where source maps are on; what is TypeScript already needs no map.
function mapped(place: string, line: number, column: number): Position {
  const entry = place.endsWith(".ts") ? undefined : findSourceMap(place)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !isMapping(entry)) return { place, line, column };
  return { place: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

interface Position {
  readonly place: string;
  readonly line: number;
  readonly column: number;
}

function isMapping(entry: SourceMapping | object): entry is SourceMapping {
  return "originalSource" in entry && typeof entry.originalSource === "string";
}

const FRAMEWORK_FOLDER = new URL("../../..", import.meta.url);

function ownerOf(file: string): Frame["owner"] {
  if (file.startsWith("node:")) return "node";
  if (/[\\/]node_modules[\\/](?:@tsgo[\\/]|tsgo[\\/])/.test(file) || file.startsWith(fileURLToPath(FRAMEWORK_FOLDER)))
    return "framework";
  return /[\\/]node_modules[\\/]/.test(file) ? "package" : "project";
}

function shorten(file: string, owner: Frame["owner"]): string {
  if (owner === "node") return file;
  if (owner !== "project") return file.replace(/^.*[\\/]node_modules[\\/]/, "");
  const short = relative(projectRoot(), file);
  return short.startsWith("..") ? file : short;
}

function linesAround(file: string, line: number): [number, string][] {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    const first = Math.max(1, line - CONTEXT);
    return lines.slice(first - 1, line + CONTEXT).map((text, i) => [first + i, text]);
  } catch {
    return [];
  }
}
