// Templates, rendered.

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { runInContext } from "@tsgo/core/context";
import { HttpRequest } from "@tsgo/http/request";
import { plainSource } from "@tsgo/http/source";
import { Context, Engine, type Library, type Template } from "@tsgo/template";
import { CachedLoader, LocmemLoader } from "@tsgo/template/loaders";
import { setUrlconf } from "@tsgo/urls";

import { inSettings, judge } from "../calls.ts";
import type { Case } from "../corpus.ts";
import { type Outcome, type Topic, passed } from "../topic.ts";
import { decode } from "../values.ts";
import { testLibraries } from "./templates/libraries.ts";
import { type RecordedNode, UrlconfBuilder } from "./urls/tree.ts";

interface Input {
  readonly templates: Readonly<Record<string, string>>;
  readonly render: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly context_options?: { readonly use_l10n?: boolean; readonly use_tz?: boolean };
  readonly request?: { readonly $request: { readonly method: string; readonly path: string } };
  readonly engine?: { readonly autoescape?: boolean; readonly string_if_invalid?: string };
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly urlconf?: string;
}

const { now } = Date;

function makeRequest({ method, path }: { readonly method: string; readonly path: string }): HttpRequest {
  return new HttpRequest(plainSource({ method, target: path, headers: { Host: "testserver" } }));
}

// A template is put out in one way when it is new, and in another when it is compiled: both must agree.
function render(input: Input, libraries: ReadonlyMap<string, Library>): string | Promise<string> {
  const walked = renderOnce(input, libraries, false);
  const compiled = renderOnce(input, libraries, true);
  if (typeof walked === "string" && typeof compiled === "string") return agreed(walked, compiled);
  return Promise.all([walked, compiled]).then(([first, second]) => agreed(first, second));
}

function agreed(walked: string, compiled: string): string {
  return walked === compiled ? compiled : `walked: ${walked}\ncompiled: ${compiled}`;
}

// Each case has its own templates, and begins with all of a tag's state.
function renderOnce(
  input: Input,
  libraries: ReadonlyMap<string, Library>,
  isCompiled: boolean,
): string | Promise<string> {
  const engine = new Engine({
    loaders: [new CachedLoader([new LocmemLoader(input.templates)])],
    libraries,
    autoescape: input.engine?.autoescape ?? true,
    stringIfInvalid: input.engine?.string_if_invalid ?? "",
  });
  const request = input.request === undefined ? undefined : makeRequest(input.request.$request);
  const decoded = decode(input.context, { request: makeRequest });
  const values = (decoded instanceof Map ? Object.fromEntries(decoded) : decoded) as Record<string, unknown>;
  const { use_l10n: useL10n, use_tz: useTz } = input.context_options ?? {};
  const context = new Context(values, { autoescape: engine.autoescape, useL10n, useTz, request });
  // What the context processors of the recording engine gave.
  if (request !== undefined) context.underlay({ request, processors: "yes" });
  const template = engine.getTemplate(input.render);
  if (isCompiled) compileAll(engine, template);
  return template.render(context);
}

function compileAll(engine: Engine, template: Template): void {
  template.compile();
  for (const name of engine.templateNames()) {
    try {
      engine.getTemplate(name).compile();
    } catch {
      // One that cannot be read may be what the case is about; it fails when it is used.
    }
  }
}

// Results stand under another name here than in topics of calls.
function asCall(testCase: Case): Case {
  const { output, ...rest } = testCase.expect as { output?: unknown };
  return { ...testCase, expect: output === undefined ? rest : { result: output } };
}

const SCRIPT = /(<script[^>]* type="application\/json">)(.*?)<\/script>/gs;

// JSON in a script counts as equal when it says the same, whatever its spaces and escapes of letters.
function sameJson(outcome: Outcome | Promise<Outcome>): Outcome | Promise<Outcome> {
  if (outcome instanceof Promise) return outcome.then(sameJson);
  if (outcome.status !== "failed" || typeof outcome.actual !== "string") return outcome;
  const [expected, actual] = [outcome.expected, outcome.actual].map((text) =>
    String(text).replaceAll(SCRIPT, (_match, tag: string, json: string) => tag + JSON.stringify(JSON.parse(json))),
  );
  return expected === actual && !/[<>&]/.test(outcome.actual.replaceAll(SCRIPT, "$2")) ? passed : outcome;
}

export const topic: Topic = {
  open: ({ head }) => {
    if (!isConfigured()) configureSettings();
    const clock = new Date((head["now"] as { $datetime: string }).$datetime).getTime();
    Date.now = () => clock;
    const common = head["settings"] as Readonly<Record<string, unknown>>;
    const urlconfs = new UrlconfBuilder(head["urlconfs"] as Record<string, readonly RecordedNode[]>);
    const libraries = testLibraries();
    return (testCase): Outcome | Promise<Outcome> => {
      const input = testCase.input as unknown as Input;
      return runInContext(() => {
        if (input.urlconf !== undefined) setUrlconf(urlconfs.named(input.urlconf));
        return inSettings({ ...common, ...input.settings }, () =>
          sameJson(judge(asCall(testCase), () => render(input, libraries))),
        );
      });
    };
  },
  close: () => {
    Date.now = now;
  },
};
