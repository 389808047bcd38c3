// The REGEXP operator of SQLite, which is ours to provide.

import { Script, createContext } from "node:vm";

import { OperationalError } from "../../../exceptions.ts";

/** How many compiled patterns are kept. */
const KEPT = 200;
/** How long one text may be tried against a pattern, in milliseconds. The whole process waits meanwhile. */
const TIME_LIMIT = 250;

interface Pattern {
  readonly regex: RegExp;
  readonly guarded: boolean;
}

const compiled = new Map<string, Pattern>();

/**
 * Whether a text matches a pattern anywhere. `(?i)` at its beginning makes it blind to case.
 *
 * @throws OperationalError where finding out takes too long, as it can with patterns that have several ways to match a text.
 */
export function regexpMatch(pattern: string, text: string): boolean {
  let known = compiled.get(pattern);
  if (known === undefined) {
    known = { regex: compile(pattern), guarded: mayTakeLong(pattern) };
    if (compiled.size >= KEPT) compiled.clear();
    compiled.set(pattern, known);
  }
  return known.guarded ? guardedTest(known.regex, text, pattern) : known.regex.test(text);
}

function compile(pattern: string): RegExp {
  const ignoreCase = pattern.startsWith("(?i)");
  const source = ignoreCase ? pattern.slice(4) : pattern;
  try {
    return new RegExp(source, ignoreCase ? "iu" : "u");
  } catch {
    // Escapes that the strict syntax refuses (`\-`) are fine in others.
    return new RegExp(source, ignoreCase ? "i" : "");
  }
}

// A repetition of one letter or class tries as many ways as the text has letters. Several of them multiply, and a repeated
// group may double the ways with each letter.
function mayTakeLong(pattern: string): boolean {
  return /\)[*+?{]/.test(pattern) || (pattern.match(/[*+{]/g) ?? []).length > 1;
}

const guard = { test: (): boolean => false };
const call = new Script("test()");
let context: object | undefined;

// Setting a limit costs far more than most matches, so only patterns that may need it are run this way.
function guardedTest(regex: RegExp, text: string, pattern: string): boolean {
  context ??= createContext(guard);
  guard.test = () => regex.test(text);
  try {
    return call.runInContext(context, { timeout: TIME_LIMIT }) as boolean;
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    throw new OperationalError(
      `The regular expression ${JSON.stringify(pattern)} takes too long. Write it with fewer repetitions inside of repetitions.`,
      { cause: error },
    );
  }
}
