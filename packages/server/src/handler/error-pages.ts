import { importModule } from "@tsgo/core/loading";
import type { HttpRequest } from "@tsgo/http/request";
import { HttpResponse, type HttpResponseBase } from "@tsgo/http/response";
import type { Awaitable, ErrorStatus, ErrorView } from "@tsgo/urls";

/** A page that tells a developer everything. */
export type DebugPage = (request: HttpRequest, error: unknown, statusCode: number) => Awaitable<HttpResponseBase>;

/** The pages for what went wrong. They stand in `views`, above this package, and are found by reference. */
export interface ErrorPages {
  /** For visitors. Loaded at start, since a process in trouble may not be able to load anything. */
  readonly forVisitors: (status: ErrorStatus) => ErrorView;
  /** For the developer, where DEBUG is on. Loaded when first needed. */
  readonly forDeveloper: (request: HttpRequest, error: unknown, status: number) => Promise<HttpResponseBase>;
}

const DEFAULTS = "tsgo/views/defaults";
const DEBUG = "tsgo/views/debug";

const VIEWS: Readonly<Record<ErrorStatus, string>> = {
  400: "badRequest",
  403: "permissionDenied",
  404: "pageNotFound",
  500: "serverError",
};

/** Loads the pages of `tsgo/views`. */
export async function loadErrorPages(): Promise<ErrorPages> {
  const defaults = await importModule(DEFAULTS);
  return {
    forVisitors: (status) => defaults[VIEWS[status]] as ErrorView,
    async forDeveloper(request, error, status) {
      const debug = await importModule(DEBUG);
      const debugPage = debug[status === 404 ? "technical404Response" : "technicalErrorResponse"] as DebugPage;
      return debugPage(request, error, status);
    },
  };
}

/** What is left to say when the page for an error fails itself. */
export function lastResort(): HttpResponse {
  return new HttpResponse("<h1>Server Error (500)</h1>", { status: 500 });
}
