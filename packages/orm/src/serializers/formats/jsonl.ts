// A record a line.

import { DeserializationError } from "../errors.ts";
import type { FixtureRecord } from "../record.ts";
import { type Chunks, type Format, MAX_RECORD_LENGTH, type RawRecord } from "./format.ts";
import { encodeForJson, writeJson } from "./json-values.ts";
import { parseRecord } from "./json.ts";

async function* write(records: AsyncIterable<FixtureRecord>): AsyncIterable<string> {
  for await (const record of records) yield `${writeJson(record, { indent: undefined, separator: "," })}\n`;
}

async function* read(chunks: Chunks): AsyncIterable<RawRecord> {
  let number = 0;
  for await (const text of linesOf(chunks)) {
    number += 1;
    if (text.trim() !== "") yield { value: parseRecord(text, number), line: number };
  }
}

async function* linesOf(chunks: Chunks): AsyncIterable<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MAX_RECORD_LENGTH)
      throw new DeserializationError(`a line is longer than ${MAX_RECORD_LENGTH / 1024 / 1024} million characters.`);
    yield* lines;
  }
  yield rest;
}

export const jsonl: Format = { encode: encodeForJson, write, read };
