// Resolving paths and reversing names.

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import {
  clearScriptPrefix,
  resolve,
  type ResolverMatch,
  reverse,
  type ReverseOptions,
  setScriptPrefix,
  type UrlconfModule,
} from "@tsgo/urls";

import { excuse, inSettings } from "../calls.ts";
import { compare, type Outcome, type Topic } from "../topic.ts";
import { decode, encode } from "../values.ts";
import type { Case } from "../corpus.ts";
import { registerTestConverters } from "./urls/converters.ts";
import { type RecordedNode, UrlconfBuilder } from "./urls/tree.ts";

interface Input {
  readonly urlconf?: string;
  readonly patterns?: readonly RecordedNode[];
  readonly op: "resolve" | "reverse";
  readonly path?: string;
  readonly viewname?: string;
  readonly args?: readonly unknown[] | null;
  readonly kwargs?: Readonly<Record<string, unknown>> | null;
  readonly current_app?: string | null;
  readonly script_prefix?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

interface Expected {
  readonly error?: string;
  readonly url?: string;
  readonly url_name?: string | null;
  readonly view_name?: string;
  readonly [key: string]: unknown;
}

export const topic: Topic = {
  open: ({ head }) => {
    if (!isConfigured()) configureSettings();
    registerTestConverters();
    const builder = new UrlconfBuilder(head["urlconfs"] as Record<string, readonly RecordedNode[]>);
    const common = head["settings"] as Record<string, unknown>;
    return (testCase) => {
      const input = testCase.input as unknown as Input;
      return inSettings({ ...common, ...input.settings }, () => judge(testCase, () => run(input, builder)));
    };
  },
};

function run(input: Input, builder: UrlconfBuilder): unknown {
  const urlconf = input.patterns === undefined ? builder.named(input.urlconf ?? "") : builder.fresh(input.patterns);
  return input.op === "resolve" ? describeMatch(resolve(input.path ?? "", urlconf)) : reverseIn(input, urlconf);
}

function reverseIn(input: Input, urlconf: UrlconfModule): unknown {
  if (input.script_prefix !== undefined) setScriptPrefix(input.script_prefix);
  const options: ReverseOptions = {
    urlconf,
    args: input.args?.map((arg) => decode(arg)),
    kwargs: decode(input.kwargs ?? {}) as Record<string, unknown>,
    currentApp: input.current_app ?? undefined,
  };
  try {
    return { url: reverse(String(input.viewname), options) };
  } finally {
    clearScriptPrefix();
  }
}

function describeMatch(match: ResolverMatch): unknown {
  return {
    view: match.func.name,
    url_name: match.urlName ?? null,
    view_name: match.viewName,
    args: match.args,
    kwargs: match.kwargs,
    namespaces: match.namespaces,
    app_names: match.appNames,
    route: match.route,
  };
}

function judge(testCase: Case, call: () => unknown): Outcome {
  const expected = testCase.expect as Expected;
  let actual: unknown;
  try {
    actual = call();
  } catch (error) {
    return judgeError(testCase, error, expected);
  }
  return excuse(testCase, compare(encode(actual), encode(decode(withoutModule(expected)))));
}

function judgeError(testCase: Case, error: unknown, expected: Expected): Outcome {
  const name = error instanceof Error ? error.name : String(error);
  // An exception of Python's own has no counterpart; that it is refused is what counts.
  const wanted = testCase.portable === false && expected.error !== undefined ? name : expected.error;
  return name === wanted ? compare(wanted, wanted) : excuse(testCase, { status: "failed", expected, actual: error });
}

// A view without a name in the URLconf is called by its Python path; a function of JavaScript knows no module.
function withoutModule({ ...expected }: Expected): Expected {
  if (expected.url_name !== null || expected.view_name === undefined) return expected;
  return { ...expected, view_name: expected.view_name.replace(/[\w.]*\./, "") };
}
