// What a developer sees of an error while DEBUG is on.

export { ExceptionReporter } from "./exception-reporter.ts";
export { SafeExceptionReporterFilter } from "./exception-reporter-filter.ts";
export { technical404Response, technicalErrorResponse, technicalStartupPage } from "./responses.ts";
