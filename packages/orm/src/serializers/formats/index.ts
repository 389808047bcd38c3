// The formats by name.

import { didYouMean } from "@tsgo/utils/nearest-name";

import { SerializerDoesNotExist } from "../errors.ts";
import type { Format } from "./format.ts";
import { json } from "./json.ts";
import { jsonl } from "./jsonl.ts";
import { yaml } from "./yaml.ts";

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ["json", json],
  ["jsonl", jsonl],
  ["yaml", yaml],
  ["yml", yaml],
]);

/** The names of the formats, which are the endings of files, too. */
export const formatNames: readonly string[] = [...FORMATS.keys()];

/** @throws SerializerDoesNotExist with the nearest name. */
export function getFormat(name: string): Format {
  const format = FORMATS.get(name.toLowerCase());
  if (format !== undefined) return format;
  throw new SerializerDoesNotExist(
    name.toLowerCase() === "xml"
      ? "Fixtures in XML are not supported. Write them as JSON with Django: python manage.py dumpdata --format json."
      : `There is no format '${name}' for fixtures.${didYouMean(name, formatNames)} Choices are: json, jsonl, yaml.`,
  );
}
