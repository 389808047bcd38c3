// One part of a multipart body: its headers, and the bytes behind them.

import { parseHeaderParameters } from "@tsgo/utils/http";

import type { Segments } from "./segments.ts";

// What a part may say before its data begins.
const MAX_HEADER_BYTES = 1024;
const HEADER_END = Buffer.from("\r\n\r\n");
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** A header's value with its parameters, by lower-case name. */
export interface PartHeader {
  readonly value: string;
  readonly params: ReadonlyMap<string, string>;
}

/** A part whose data is still to be read. */
export interface Part {
  /** By lower-case name; empty for what is no part: a preamble, an epilogue, broken headers. */
  readonly headers: ReadonlyMap<string, PartHeader>;
  /** To be read to its end before the next part is asked for. */
  readonly data: AsyncIterable<Buffer>;
}

/** The parts of a body, one after the other. */
export async function* partsOf(segments: Segments): AsyncGenerator<Part, void, undefined> {
  while (segments.hasNext) {
    const chunks = segments.next();
    // oxlint-disable-next-line no-await-in-loop -- a part begins where the one before ends
    const { headers, rest } = await readHeaders(chunks);
    const data = withFirst(rest, chunks);
    yield { headers, data };
    await exhaust(data);
  }
}

async function readHeaders(
  chunks: AsyncIterator<Buffer>,
): Promise<{ headers: ReadonlyMap<string, PartHeader>; rest: Buffer }> {
  let head = Buffer.alloc(0);
  let end = -1;
  while (end < 0 && head.length < MAX_HEADER_BYTES) {
    // oxlint-disable-next-line no-await-in-loop -- the headers may come in pieces
    const step = await chunks.next();
    if (step.done === true) break;
    head = Buffer.concat([head, step.value]);
    end = head.subarray(0, MAX_HEADER_BYTES).indexOf(HEADER_END);
  }
  if (end < 0) return { headers: new Map(), rest: head };
  return { headers: parseHeaders(head.subarray(0, end)), rest: head.subarray(end + HEADER_END.length) };
}

function parseHeaders(head: Buffer): Map<string, PartHeader> {
  const headers = new Map<string, PartHeader>();
  for (const line of linesOf(head)) {
    const colon = line.indexOf(":");
    if (colon < 0) continue;
    const [value, params] = parseHeaderParameters(line.slice(colon + 1).trimStart());
    headers.set(line.slice(0, colon).trim().toLowerCase(), { value, params });
  }
  return headers;
}

// A line that is no UTF-8 is left out, the others count.
function linesOf(head: Buffer): string[] {
  return head
    .toString("latin1")
    .split("\r\n")
    .flatMap((line) => {
      try {
        return [strictUtf8.decode(Buffer.from(line, "latin1"))];
      } catch {
        return [];
      }
    });
}

async function* withFirst(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  if (first.length > 0) yield first;
  while (true) {
    // oxlint-disable-next-line no-await-in-loop -- each chunk comes after the one before
    const step = await chunks.next();
    if (step.done === true) return;
    yield step.value;
  }
}

async function exhaust(data: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of data) void _;
}
