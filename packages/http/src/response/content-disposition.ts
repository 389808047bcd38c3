// Whether a browser shows a file or saves it, and under which name.

import { quote } from "@tsgo/utils/urls";

const QUOTABLE = /^[\t\x20-\x7e]*$/;

/**
 * The value of a Content-Disposition header; undefined where there is nothing to say. Django:
 * `content_disposition_header`.
 *
 * @example
 * contentDispositionHeader(true, "report.pdf"); // 'attachment; filename="report.pdf"'
 */
export function contentDispositionHeader(asAttachment: boolean, filename: string | undefined): string | undefined {
  const disposition = asAttachment ? "attachment" : "inline";
  if (!filename) return asAttachment ? disposition : undefined;
  if (!QUOTABLE.test(filename)) return `${disposition}; filename*=utf-8''${quote(filename)}`;
  return `${disposition}; filename="${filename.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
