// The built-in filters, called as the engine calls them.

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { builtins } from "@tsgo/template/builtins";

import { isSafe, markSafe } from "@tsgo/utils/safestring";

import { inSettings, judge } from "../calls.ts";
import type { Case } from "../corpus.ts";
import type { Topic } from "../topic.ts";
import { decode } from "../values.ts";

interface Input {
  readonly filter: string;
  readonly value: unknown;
  readonly args?: readonly unknown[];
  readonly autoescape?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The filters whose functions give a safe text for a safe one, when they are called without the engine. */
const TEXT_FILTERS = new Set(
  (
    "addslashes capfirst iriencode lower slugify striptags title truncatechars truncatechars_html " +
    "truncatewords truncatewords_html wordwrap ljust rjust center"
  ).split(" "),
);

const { now } = Date;

function apply({ filter: name, value, args = [], autoescape = true }: Input): unknown {
  const filter = builtins.map((library) => library.filters.get(name)).find((found) => found !== undefined);
  if (filter === undefined) throw new Error(`There is no filter '${name}'.`);
  const call = filter.apply as (...given: unknown[]) => unknown;
  const argument = args.length === 0 ? undefined : decode(args[0]);
  const given = decode(value);
  const result = call(given, argument, { autoescape });
  // Django keeps a text safe in the filter itself where the filter is for texts, else in the engine; here all is the engine's.
  return filter.isSafe && isSafe(given) && typeof result === "string" && TEXT_FILTERS.has(name)
    ? markSafe(result)
    : result;
}

// Results stand under another name here than in topics of calls.
function asCall(testCase: Case): Case {
  const { output, ...rest } = testCase.expect as { output?: unknown };
  return { ...testCase, expect: "output" in (testCase.expect as object) ? { ...rest, result: output } : rest };
}

export const topic: Topic = {
  open: ({ head }) => {
    if (!isConfigured()) configureSettings();
    const clock = new Date((head["now"] as { $datetime: string }).$datetime).getTime();
    Date.now = () => clock;
    const common = head["settings"] as Readonly<Record<string, unknown>>;
    return (testCase) => {
      const input = testCase.input as unknown as Input;
      return inSettings({ ...common, ...input.settings }, () => judge(asCall(testCase), () => apply(input)));
    };
  },
  close: () => {
    Date.now = now;
  },
};
