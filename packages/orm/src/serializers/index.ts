// Rows as text and back: Django's fixtures.

export { DeserializedObject, type ResolveReference } from "./deserialized-object.ts";
export { DeserializationError, SerializationError, SerializerDoesNotExist } from "./errors.ts";
export type { Chunks } from "./formats/format.ts";
export type { FindsByNaturalKey, WithNaturalKey } from "./natural-keys.ts";
export type { ReadOptions } from "./read-record.ts";
export type { FixtureRecord, RecordOptions } from "./record.ts";
export {
  type Rows,
  type SerializeOptions,
  deserialize,
  deserializeRecords,
  serialize,
  serializeRecords,
  serializeStream,
} from "./serialize.ts";
