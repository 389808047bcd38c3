import { STATUS_CODES } from "node:http";

// Node follows the newer wording of these; clients, logs and Django say them so.
const OLDER_WORDING: Readonly<Record<number, string>> = {
  413: "Request Entity Too Large",
  414: "Request-URI Too Long",
  416: "Requested Range Not Satisfiable",
};

/** The phrase that stands behind a status code on the status line. */
export function reasonFor(statusCode: number): string {
  return OLDER_WORDING[statusCode] ?? STATUS_CODES[statusCode] ?? "Unknown Status Code";
}
