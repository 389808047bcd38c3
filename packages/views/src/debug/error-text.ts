import { escapeControl } from "@tsgo/core/logging";

import type { FailureReport } from "./error-page.ts";
import type { ErrorReport } from "./report.ts";

/** The same report for a terminal: what a script, or a developer with curl, gets. */
export function errorText({ errors, request, settings, versions }: FailureReport): string {
  const [first] = errors;
  return [
    `${first?.type ?? "Error"}${request === undefined ? "" : ` at ${request.method} ${request.path}`}`,
    first?.message ?? "",
    "",
    versions,
    ...errors.flatMap((error, i) => [
      "",
      i === 0 ? "Traceback, innermost call first:" : `Caused by ${error.type}: ${error.message}`,
      ...linesOf(error),
    ]),
    ...(request === undefined
      ? []
      : [
          "",
          "Request:",
          ...entries("GET", request.GET),
          ...entries("POST", request.POST),
          ...entries("FILES", request.FILES),
          ...entries("COOKIES", request.COOKIES),
          ...entries("META", request.META),
        ]),
    ...(settings.length === 0
      ? []
      : ["", "Settings, secrets hidden:", ...settings.map(([name, value]) => `  ${name} = ${value}`)]),
    "",
  ]
    .flatMap((line) => line.split("\n"))
    .map(escapeControl)
    .join("\n");
}

function linesOf({ template, frames, details }: ErrorReport): string[] {
  return [
    ...(template
      ? [`  template ${template.file}:${template.line}`, `    ${template.before}${template.during}${template.after}`]
      : []),
    ...frames.map(
      ({ shownFile, line, column, name }) => `  ${shownFile}:${line}:${column}${name === "" ? "" : ` in ${name}`}`,
    ),
    ...details.map(([name, value]) => `  ${name}: ${value}`),
  ];
}

function entries(title: string, rows: readonly (readonly [string, string])[]): string[] {
  return rows.map(([name, value]) => `  ${title} ${name} = ${value}`);
}
