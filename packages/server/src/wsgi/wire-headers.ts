import { getLogger } from "@tsgo/core/logging";
import type { HttpResponseBase } from "@tsgo/http/response";

// They belong to the connection, which is the server's: one that a view sets can shift the next response.
const HOP_BY_HOP = new Set(["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"]);
const CONTENT_LENGTH = "content-length";

/** What goes out before the body: names and values in turn, with a length that is the truth. */
export interface WireHead {
  readonly headers: string[];
  /** What a streamed body was announced with; undefined where it was not. */
  readonly announced: number | undefined;
}

/**
 * The headers of a response, without those that a view has no say in. A Content-Length that differs from
 * `byteLength` is put right and logged; `byteLength` undefined takes the view's word.
 */
export function wireHead(response: HttpResponseBase, byteLength: number | undefined): WireHead {
  const headers = response.wireHeaders();
  let announced: number | undefined;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? "";
    const { length } = name;
    if (length > 17 || (length > 10 && length < 14)) continue;
    const lower = name.toLowerCase();
    if (lower === CONTENT_LENGTH) {
      announced = Number(headers[i + 1]);
      if (byteLength !== undefined && announced !== byteLength) {
        complain(`announced ${headers[i + 1]} bytes and has ${byteLength}`);
        headers[i + 1] = String(byteLength);
      }
    } else if (HOP_BY_HOP.has(lower)) {
      complain(`set the header ${name}, which is the server's`);
      headers.splice(i, 2);
      i -= 2;
    }
  }
  return { headers, announced };
}

/** Takes the length out, where a status has no body to measure. */
export function withoutLength(headers: readonly string[]): string[] {
  return headers.filter((_, i) => headers[i - (i % 2)]?.toLowerCase() !== CONTENT_LENGTH);
}

function complain(what: string): void {
  getLogger("tsgo.server").error(`A response ${what}.`);
}
