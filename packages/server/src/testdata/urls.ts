// A site whose views do what views should not.

import { AsyncLocalStorage } from "node:async_hooks";

import { PermissionDenied, SuspiciousOperation } from "@tsgo/core/exceptions";
import { Http404 } from "@tsgo/http/exceptions";
import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, JsonResponse, markLogged, StreamingHttpResponse } from "@tsgo/http/response";
import { path, rePath } from "@tsgo/urls";

/** What views note for the test to read. */
export const seen = { count: 0, closed: 0, chunks: 0 };

/** Promises that views wait for. */
export const gates = new Map<string, Promise<void>>();

async function body(request: HttpRequest) {
  const bytes = await request.body;
  return new HttpResponse(`${bytes.byteLength} bytes`);
}

function thrown(request: HttpRequest): never {
  const values: Record<string, unknown> = { null: null, undefined, text: "a text", frozen: Object.freeze({}), bare: Object.create(null) };
  throw values[request.GET.get("what") ?? ""];
}

async function gated(request: HttpRequest) {
  await gates.get(request.GET.get("gate") ?? "");
  return new HttpResponse("through");
}

async function* endless() {
  try {
    for (;;) {
      seen.chunks += 1;
      yield new Uint8Array(16_384);
    }
  } finally {
    seen.closed += 1;
  }
}

async function* silent() {
  yield "first";
  await new Promise(() => undefined);
}

async function* failing() {
  yield "first ";
  throw new Error("stream broke");
}

function late() {
  setImmediate(() => void Promise.reject(new Error("nobody awaits this")));
  return new HttpResponse("sent");
}

function header(name: string, value: string, content = "body") {
  const response = new HttpResponse(content);
  response.headers.set(name, value);
  return response;
}

const context = new AsyncLocalStorage<string>();

export const urlpatterns = [
  path("", () => {
    seen.count += 1;
    return new HttpResponse("hello");
  }),
  path("body/", body),
  path("meta/", (request) => new JsonResponse({ meta: request.META, headers: Object.fromEntries(request.headers), secure: request.isSecure() })),
  path("host/", (request) => new HttpResponse(request.getHost())),
  path("404/", () => {
    throw new Http404("no such thing");
  }),
  path("403/", () => {
    throw new PermissionDenied("not you\r\nforged line\u001B[2J");
  }),
  path("suspicious/", () => {
    throw new SuspiciousOperation("odd\r\n[22/Nov] forged \u001B[2J\u2028");
  }),
  path("500/", () => {
    throw new TypeError("secret detail");
  }),
  path("async-500/", async () => {
    throw new TypeError("secret detail");
  }),
  path("thrown/", thrown),
  path("nothing/", (() => undefined) as unknown as () => HttpResponse),
  path("gated/", gated),
  path("late/", late),
  path("endless/", () => new StreamingHttpResponse(endless())),
  path("silent/", () => {
    const response = new StreamingHttpResponse(silent());
    response.onClose(() => (seen.closed += 1));
    return response;
  }),
  path("failing-stream/", () => new StreamingHttpResponse(failing())),
  path("too-short/", () => header("Content-Length", "2")),
  path("too-long/", () => header("Content-Length", "4000")),
  path("streamed-lie/", (request) => {
    const response = new StreamingHttpResponse(["12345"]);
    response.headers.set("Content-Length", request.GET.get("length") ?? "");
    return response;
  }),
  path("hop/", () => header("Transfer-Encoding", "chunked")),
  path("status/<int:status>/", (_request, { status }) => new HttpResponse("a body", { status })),
  path("logged/", () => {
    const response = new HttpResponse("refused", { status: 403 });
    markLogged(response);
    return response;
  }),
  path("context/", () => context.run("x", () => new HttpResponse(String(context.getStore())))),
  rePath("^any/.*$", () => new HttpResponse("any")),
];
