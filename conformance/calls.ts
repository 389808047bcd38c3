// Topics whose cases are calls of functions: `{fn, args, kwargs, settings}` in, a result or an error out.

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import * as timezone from "@tsgo/i18n/timezone";
import * as translation from "@tsgo/i18n/translation";

import type { Case } from "./corpus.ts";
import { type Outcome, type Topic, compare, passed, skipped } from "./topic.ts";
import { type Makers, decode, encode } from "./values.ts";

/**
 * What runs a recorded function: called with the decoded arguments, and behind them the keyword arguments, if any, as
 * an object with camelCase keys. A function that is missing here counts as not built yet.
 */
export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

interface Input {
  readonly fn: string;
  readonly args?: readonly unknown[];
  readonly kwargs?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What tsgo throws where Python raises one of its own errors. */
const pythonErrors: Readonly<Record<string, readonly string[]>> = {
  ValueError: ["RangeError", "SyntaxError", "TypeError", "Error"],
  TypeError: ["TypeError", "RangeError"],
};

/** How a topic of calls differs from others. */
export interface CallOptions {
  readonly makers?: Makers;
  /** Why a case is left out, judged before it runs. */
  readonly leaveOut?: (testCase: Case) => string | undefined;
  /** Whether the clock stands still at the moment of the recording. */
  readonly stopClock?: boolean;
}

/** Runs with the clock standing still. */
function atTime<R>(now: Date | undefined, run: () => R): R {
  if (now === undefined) return run();
  const { now: running } = Date;
  Date.now = () => now.getTime();
  try {
    return run();
  } finally {
    Date.now = running;
  }
}

// Files in which time matters little do not name their clock; it was the same for all.
function recordedNow(head: Readonly<Record<string, unknown>>): Date {
  const now = head["now"] as { readonly $datetime: string } | undefined;
  return new Date(now?.$datetime ?? "2026-03-17T14:25:36+00:00");
}

/** A topic that runs each case by the function that it names. */
export function callTopic(calls: Calls, { makers, leaveOut, stopClock = false }: CallOptions = {}): Topic {
  return {
    open: ({ head }) => {
      if (!isConfigured()) configureSettings();
      const common = head["settings"] as Input["settings"];
      const now = stopClock ? recordedNow(head) : undefined;
      return (testCase) => {
        const input = testCase.input as unknown as Input;
        const call = Object.hasOwn(calls, input.fn) ? calls[input.fn] : undefined;
        if (call === undefined) return skipped(`not built yet: ${input.fn}`);
        const reason = leaveOut?.(testCase);
        if (reason !== undefined) return skipped(reason);
        const run = (): Outcome | Promise<Outcome> =>
          judge(testCase, () => atTime(now, () => callWith(call, input, makers)), makers);
        return inSettings({ ...common, ...input.settings }, run);
      };
    },
  };
}

function callWith(call: (...args: never[]) => unknown, input: Input, makers: Makers | undefined): unknown {
  const args = (input.args ?? []).map((arg) => decode(arg, makers));
  const kwargs = Object.entries(input.kwargs ?? {});
  if (kwargs.length > 0) {
    args.push(Object.fromEntries(kwargs.map(([name, value]) => [camelCase(name), decode(value, makers)])));
  }
  return call(...(args as never[]));
}

/** A name of Python in the spelling of JavaScript. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Runs with settings in force; `active_language` and `active_timezone` among them are activated. */
export function inSettings<R>(settings: Readonly<Record<string, unknown>>, run: () => R): R {
  if (!isConfigured()) configureSettings();
  const { active_language: language, active_timezone: zone, ...values } = settings;
  const inZone = () => (zone === undefined ? run() : timezone.override(zone as string, run));
  return overrideSettings(values, () =>
    language === undefined ? inZone() : translation.override(language as string | null, inZone),
  );
}

// A float without a fraction cannot be told from an integer.
const WHOLE_FLOAT = /\{"\$float":"-?\d[^"]*(?:\.0|e\+\d+)"\}/;

/** Compares what a call gives, promises or throws with what was recorded. */
export function judge(testCase: Case, call: () => unknown, makers?: Makers): Outcome | Promise<Outcome> {
  const onResult = (result: unknown): Outcome => excuse(testCase, judgeResult(result, testCase, makers));
  const onError = (error: unknown): Outcome => excuse(testCase, judgeError(error, testCase));
  try {
    const result = call();
    return result instanceof Promise ? result.then(onResult, onError) : onResult(result);
  } catch (error) {
    return onError(error);
  }
}

/** Leaves a case out that differs for one of these reasons; it was run all the same, and counts where it agrees. */
export function excuse(testCase: Case, outcome: Outcome): Outcome {
  if (outcome.status !== "failed") return outcome;
  if (testCase.portable === false) return skipped("shows Python itself");
  if (WHOLE_FLOAT.test(JSON.stringify(testCase.input)))
    return skipped("one kind of number: 1 for 1.0 (DESIGN decision 6)");
  const catalogue = testCase.needs?.find((need) => need.startsWith("locale:"));
  return catalogue === undefined ? outcome : skipped(`needs Django's own ${catalogue}`);
}

interface Expected {
  readonly result?: unknown;
  readonly error?: string;
}

function judgeResult(actual: unknown, testCase: Case, makers: Makers | undefined): Outcome {
  const expected = testCase.expect as Expected;
  const plain = encode(actual);
  if (expected.error !== undefined) return { status: "failed", expected, actual: plain };
  const outcome = compare(plain, encode(decode(expected.result, makers)));
  return outcome.status === "failed" && isSameScript(plain, expected.result) ? passed : outcome;
}

function judgeError(error: unknown, testCase: Case): Outcome {
  const expected = testCase.expect as Expected;
  const name = error instanceof Error ? error.name : String(error);
  const wanted = expected.error;
  if (wanted !== undefined && (name === wanted || pythonErrors[wanted]?.includes(name))) return passed;
  return { status: "failed", expected, actual: error };
}

const SCRIPT_OF_JSON = /^(<script[^>]* type="application\/json">)(.*)<\/script>$/s;

// JSON in a script counts as equal when it says the same, whatever its spaces and escapes of letters. Characters that
// could end the script must be escaped alike.
function isSameScript(actual: unknown, expected: unknown): boolean {
  const [a, b] = [actual, expected].map((value) => SCRIPT_OF_JSON.exec(String((value as { $safe?: unknown })?.$safe)));
  if (!a?.[2] || !b?.[2] || a[1] !== b[1] || /[<>&]/.test(a[2])) return false;
  return compare(JSON.parse(a[2]), JSON.parse(b[2])).status === "passed";
}
