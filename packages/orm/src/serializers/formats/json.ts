// One list of all records.

import { DeserializationError } from "../errors.ts";
import type { FixtureRecord } from "../record.ts";
import type { Chunks, Format, RawRecord, WriteOptions } from "./format.ts";
import { encodeForJson, parseJson, writeJson } from "./json-values.ts";
import { splitJsonList } from "./split-json.ts";

async function* write(records: AsyncIterable<FixtureRecord>, { indent }: WriteOptions): AsyncIterable<string> {
  // As Django has it: an indent of 0 is none.
  const layout = { indent: indent === 0 ? undefined : indent, separator: ", " } as const;
  const broken = layout.indent !== undefined;
  yield "[";
  let between = "";
  for await (const record of records) {
    yield `${between}${broken ? "\n" : ""}${writeJson(record, layout)}`;
    between = broken ? "," : ", ";
  }
  yield broken ? "\n]\n" : "]";
}

async function* read(chunks: Chunks): AsyncIterable<RawRecord> {
  for await (const { text, line } of splitJsonList(chunks)) yield { value: parseRecord(text, line), line };
}

/** Reads the JSON of one record. */
export function parseRecord(text: string, line: number): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new DeserializationError(
      `line ${line}: the object that begins here is no JSON (${(error as Error).message.replaceAll("\n", " ")}).`,
      { cause: error },
    );
  }
}

export const json: Format = { encode: encodeForJson, write, read };
