// One middleware around a view that gives a recorded response.

import { configureSettings, isConfigured } from "@tsgo/core/conf";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import { buildHandler, type MiddlewareClass } from "@tsgo/middleware";
import { XFrameOptionsMiddleware } from "@tsgo/middleware/clickjacking";
import { CommonMiddleware } from "@tsgo/middleware/common";
import { ConditionalGetMiddleware } from "@tsgo/middleware/http";
import { SecurityMiddleware } from "@tsgo/middleware/security";
import { prepareUrlconf, type UrlconfModule } from "@tsgo/urls";

import { inSettings } from "../../calls.ts";
import { type Case, readCorpus } from "../../corpus.ts";
import { compare, type Outcome, skipped } from "../../topic.ts";
import { type RecordedNode, UrlconfBuilder } from "../urls/tree.ts";
import { makeRequest, type RecordedRequest } from "./requests.ts";

interface Input {
  readonly args: readonly [middleware: string, request: RecordedRequest, response: RecordedResponse];
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What the view answers. */
interface RecordedResponse {
  readonly status?: number;
  readonly content?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const classes: Readonly<Record<string, MiddlewareClass>> = {
  "middleware.clickjacking.XFrameOptionsMiddleware": XFrameOptionsMiddleware,
  "middleware.common.CommonMiddleware": CommonMiddleware,
  "middleware.http.ConditionalGetMiddleware": ConditionalGetMiddleware,
  "middleware.security.SecurityMiddleware": SecurityMiddleware,
};

let head: Promise<{ settings: Record<string, unknown>; urlconf: UrlconfModule }> | undefined;

/** Runs a case of the groups whose names begin with `middleware:`. */
export async function runMiddlewareCase(testCase: Case): Promise<Outcome> {
  const input = testCase.input as unknown as Input;
  const [name, recordedRequest, recordedResponse] = input.args;
  const middleware = classes[name];
  if (middleware === undefined) return skipped(`not built yet: ${name}`);
  head ??= readHead();
  const { settings, urlconf } = await head;
  const expected = testCase.expect as { readonly result?: unknown; readonly error?: string };
  try {
    const response = await inSettings({ ...settings, ...input.settings }, () => {
      const request = makeRequest(recordedRequest);
      request.urlconf = urlconf;
      return handlerAround(name, middleware, recordedResponse)(request);
    });
    return compare(describe(response), expected.result);
  } catch (error) {
    if (expected.error === undefined) return { status: "failed", expected, actual: error };
    // Python's RuntimeError has no counterpart but Error.
    const wanted = expected.error === "RuntimeError" ? "Error" : expected.error;
    return compare(error instanceof Error ? error.name : error, wanted);
  }
}

async function readHead(): Promise<{ settings: Record<string, unknown>; urlconf: UrlconfModule }> {
  if (!isConfigured()) configureSettings();
  const { settings, urlconfs } = readCorpus("http")?.head ?? {};
  const builder = new UrlconfBuilder(urlconfs as Record<string, readonly RecordedNode[]>);
  const urlconf = builder.named("own.common");
  await prepareUrlconf(urlconf);
  return { settings: settings as Record<string, unknown>, urlconf };
}

function handlerAround(name: string, middleware: MiddlewareClass, recorded: RecordedResponse) {
  const { content = "body", status = 200, headers = {} } = recorded;
  return buildHandler({
    middleware: [{ name, middleware }],
    resolve: () => ({ func: () => new HttpResponse(content, { status, headers }), args: [], kwargs: {} }),
    convertException: (_request, error) => {
      throw error;
    },
  });
}

function describe(response: HttpResponseBase): unknown {
  const headers = [...response.headers].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { status: response.statusCode, headers };
}
