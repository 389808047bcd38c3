// What a format of fixtures is.

import type { EncodeValue, FixtureRecord } from "../record.ts";

/** How records are written. */
export interface WriteOptions {
  /** Spaces a level; everything on one line where nothing is said. */
  readonly indent?: number | undefined;
}

/** A record as it was read, not looked into yet. */
export interface RawRecord {
  readonly value: unknown;
  /** The line on which it begins, from 1; undefined for records that were in no file. */
  readonly line: number | undefined;
}

/** Text in pieces. */
export type Chunks = Iterable<string> | AsyncIterable<string>;

/** Writes and reads records in one form. */
export interface Format {
  readonly encode: EncodeValue;
  /** The records as text, piece by piece. */
  write(records: AsyncIterable<FixtureRecord>, options: WriteOptions): AsyncIterable<string>;
  /** The records of a text. Throws DeserializationError where it is none. */
  read(chunks: Chunks): AsyncIterable<RawRecord>;
}

/** The longest record that is read: a fixture that holds more in one row is hostile, or a mistake. */
export const MAX_RECORD_LENGTH = 64 * 1024 * 1024;
