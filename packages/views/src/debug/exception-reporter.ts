import { isConfigured, settings } from "@tsgo/core/conf";
import { importString } from "@tsgo/core/loading";
import { version } from "@tsgo/core/management";
import type { HttpRequest } from "@tsgo/http/request";

import { describeValue } from "./describe.ts";
import { errorPage, type FailureReport } from "./error-page.ts";
import { errorText } from "./error-text.ts";
import { SafeExceptionReporterFilter } from "./exception-reporter-filter.ts";
import { reportsOf } from "./report.ts";
import { reportRequest } from "./request-report.ts";

/**
 * Tells about an error, as a page or as text. Answers to Django's `ExceptionReporter`; DEFAULT_EXCEPTION_REPORTER
 * names another class.
 */
export class ExceptionReporter {
  readonly request: HttpRequest | undefined;
  readonly error: unknown;
  readonly filter: SafeExceptionReporterFilter;

  /** @param request The request that failed; undefined where there was none, as at start. */
  constructor(request: HttpRequest | undefined, error: unknown, filter = new SafeExceptionReporterFilter()) {
    this.request = request;
    this.error = error;
    this.filter = filter;
  }

  /** The report as an HTML page of its own. */
  async getTracebackHtml(): Promise<string> {
    return errorPage(await this.#report());
  }

  /** The report as plain text. */
  async getTracebackText(): Promise<string> {
    return errorText(await this.#report());
  }

  async #report(): Promise<FailureReport> {
    const { filter, request } = this;
    return {
      errors: reportsOf(this.error, (name, value) => filter.cleanseSetting(name, value)),
      request: request && (await reportRequest(request, filter)),
      settings: Object.entries(filter.getSafeSettings()).map(([name, value]) => [name, describeValue(value)] as const),
      versions: `tsgo ${version()}, Node ${process.version}`,
    };
  }
}

/** The reporter that the settings name, with the filter that they name. */
export async function makeReporter(request: HttpRequest | undefined, error: unknown): Promise<ExceptionReporter> {
  if (!isConfigured()) return new ExceptionReporter(request, error);
  const Reporter = await classNamed(
    settings.DEFAULT_EXCEPTION_REPORTER,
    "DEFAULT_EXCEPTION_REPORTER",
    ExceptionReporter,
  );
  const Filter = await classNamed(
    settings.DEFAULT_EXCEPTION_REPORTER_FILTER,
    "DEFAULT_EXCEPTION_REPORTER_FILTER",
    SafeExceptionReporterFilter,
  );
  return new Reporter(request, error, new Filter());
}

// The defaults are at hand; loading them by name would only find them again.
async function classNamed<C>(reference: string, from: string, standard: C): Promise<C> {
  if (reference.startsWith("tsgo/views/debug:")) return standard;
  return (await importString(reference, { from })) as C;
}
