// Rows to text and back. Answers to `django.core.serializers`.

import type { ModelBase } from "../models/model.ts";
import type { DeserializedObject } from "./deserialized-object.ts";
import type { Chunks } from "./formats/format.ts";
import { getFormat } from "./formats/index.ts";
import { type ReadOptions, readRecord } from "./read-record.ts";
import { type EncodeValue, type FixtureRecord, type RecordOptions, recordOf } from "./record.ts";

/** Rows of any models: a list, an awaitable queryset, or what `iterator()` gives. */
export type Rows = Iterable<object> | AsyncIterable<object> | PromiseLike<Iterable<object>>;

/** How rows are written. */
export interface SerializeOptions extends RecordOptions {
  /** Spaces a level of JSON; everything on one line where nothing is said. */
  readonly indent?: number | undefined;
}

/**
 * Writes rows as `json`, `jsonl` or `yaml`, in the form of Django's fixtures.
 *
 * @throws SerializerDoesNotExist for another format, SerializationError for a value that it cannot hold.
 * @example await serialize("json", Question.objects.all(), { indent: 2 });
 */
export async function serialize(format: string, rows: Rows, options: SerializeOptions = {}): Promise<string> {
  const parts: string[] = [];
  for await (const part of serializeStream(format, rows, options)) parts.push(part);
  return parts.join("");
}

/**
 * Like `serialize`, in pieces: with `iterator()` the memory needed does not grow with the rows.
 *
 * @example await pipeline(serializeStream("jsonl", Question.objects.iterator()), createWriteStream("polls.jsonl"));
 */
export function serializeStream(format: string, rows: Rows, options: SerializeOptions = {}): AsyncIterable<string> {
  const writer = getFormat(format);
  return writer.write(recordsOf(rows, options, writer.encode), options);
}

/** The records as objects, with dates and decimals as they are. Answers to the format `python`. */
export async function serializeRecords(rows: Rows, options: RecordOptions = {}): Promise<FixtureRecord[]> {
  const records: FixtureRecord[] = [];
  for await (const record of recordsOf(rows, options, (value) => value)) records.push(record);
  return records;
}

/**
 * Reads a fixture: a text, pieces of one, or records as objects. The objects are not saved.
 *
 * @throws DeserializationError that names the line, the model and the field.
 * @example for await (const item of deserialize("json", text)) await item.save();
 */
export async function* deserialize(
  format: string,
  text: string | Chunks,
  options: ReadOptions = {},
): AsyncGenerator<DeserializedObject> {
  const chunks = typeof text === "string" ? [text] : text;
  for await (const record of getFormat(format).read(chunks)) {
    const object = await readRecord(record, options);
    if (object !== undefined) yield object;
  }
}

/** Like `deserialize`, from records as objects. */
export async function* deserializeRecords(
  records: Iterable<unknown>,
  options: ReadOptions = {},
): AsyncGenerator<DeserializedObject> {
  for (const value of records) {
    const object = await readRecord({ value, line: undefined }, options);
    if (object !== undefined) yield object;
  }
}

async function* recordsOf(rows: Rows, options: RecordOptions, encode: EncodeValue): AsyncIterable<FixtureRecord> {
  const all = "then" in rows ? await rows : rows;
  for await (const row of all) yield await recordOf(row as ModelBase, options, encode);
}
