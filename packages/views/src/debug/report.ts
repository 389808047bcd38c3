// What is known of an error, put together before anybody thinks of how to show it.

import { describeValue } from "./describe.ts";
import { type Frame, framesOf } from "./frames.ts";
import { sourcePlaceOf } from "./source-place.ts";
import { templatePlaceOf, type TemplatePlace } from "./template-place.ts";

/** One error of a chain. */
export interface ErrorReport {
  /** The class, `TypeError`, or what was thrown in place of an error. */
  readonly type: string;
  readonly message: string;
  readonly frames: readonly Frame[];
  /** Where in a template, or in a source that could not be read, it arose. */
  readonly template: TemplatePlace | undefined;
  /** What it carries besides: a code, a query, ... */
  readonly details: readonly (readonly [name: string, value: string])[];
}

const MAX_CHAIN = 10;
const MAX_DETAILS = 20;
const SAID_ELSEWHERE = new Set(["name", "message", "stack", "cause", "errors"]);

/**
 * The errors that led to a failure: what was thrown, what caused that, and so on. JavaScript can throw anything,
 * also what throws when it is looked at; this never does.
 */
export function reportsOf(thrown: unknown, hide: (name: string, value: unknown) => unknown): ErrorReport[] {
  const reports: ErrorReport[] = [];
  const seen = new Set<unknown>();
  for (let error = thrown; reports.length < MAX_CHAIN && !seen.has(error); error = property(error, "cause")) {
    seen.add(error);
    reports.push(reportOf(error, hide));
    if (!isObject(error) || property(error, "cause") === undefined) break;
  }
  return reports;
}

function reportOf(error: unknown, hide: (name: string, value: unknown) => unknown): ErrorReport {
  if (!isError(error))
    return { type: typeName(error), message: describeValue(error), frames: [], template: undefined, details: [] };
  const stack = property(error, "stack");
  return {
    type: textOf(property(error, "name")) ?? "Error",
    message: textOf(property(error, "message")) ?? "",
    frames: typeof stack === "string" ? framesOf(stack) : [],
    template: templatePlaceOf(error) ?? attempt(() => sourcePlaceOf(error)),
    details: detailsOf(error, hide),
  };
}

function detailsOf(error: object, hide: (name: string, value: unknown) => unknown): [string, string][] {
  const names = attempt(() => Object.keys(error)) ?? [];
  const own = names.filter((name) => !SAID_ELSEWHERE.has(name)).slice(0, MAX_DETAILS);
  return own.map((name) => [name, describeValue(attempt(() => hide(name, property(error, name))))]);
}

/** A property of anything; undefined also where reading it throws. */
function property(value: unknown, name: string): unknown {
  return isObject(value) ? attempt(() => Reflect.get(value, name) as unknown) : undefined;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function isError(value: unknown): value is Error {
  return attempt(() => value instanceof Error) ?? false;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function typeName(value: unknown): string {
  if (value === null) return "null was thrown";
  return value === undefined ? "undefined was thrown" : `A ${typeof value} was thrown`;
}
