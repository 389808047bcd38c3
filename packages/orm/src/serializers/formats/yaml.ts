// A list in YAML, by way of the library `yaml`.

import type { Tags } from "yaml";

import type { Field } from "../../fields/field.ts";
import { DeserializationError } from "../errors.ts";
import type { FixtureRecord } from "../record.ts";
import { type Chunks, type Format, MAX_RECORD_LENGTH, type RawRecord } from "./format.ts";
import { textOfValue } from "./json-values.ts";

/**
 * The rules of version 1.1, which Django's files follow (`yes` is true there), without its tags for moments, sets and the like:
 * a date stays a text, which the field reads as it would read any other.
 */
const RULES = { version: "1.1", resolveKnownTags: false } as const;
const LEFT_OUT = /:(?:timestamp|binary|omap|pairs|set)$/;

function encode(value: unknown, field: Field | undefined): unknown {
  return textOfValue(value, field) ?? value;
}

/** Characters that must not stand in a YAML file as they are, and that the library leaves alone. */
const UNPRINTABLE = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;

async function* write(records: AsyncIterable<FixtureRecord>): AsyncIterable<string> {
  const { stringify } = await import("yaml");
  const options = { ...RULES, lineWidth: 0, aliasDuplicateObjects: false, customTags: withPoints };
  let empty = true;
  for await (const record of records) {
    empty = false;
    const text = stringify([record], options);
    // Between double quotes there is a way to write them.
    yield text.search(UNPRINTABLE) < 0
      ? text
      : stringify([record], { ...options, defaultStringType: "QUOTE_DOUBLE" }).replaceAll(UNPRINTABLE, escaped);
  }
  if (empty) yield "[]\n";
}

/** In version 1.1 a number with an exponent has a point, too, or it is a text. */
function withPoints(tags: Tags): Tags {
  return tags.map((tag) =>
    typeof tag === "string" || !/:(?:int|float)$/.test(tag.tag) || tag.format !== undefined
      ? tag
      : { ...tag, stringify: (item, ...rest) => numberWithPoint(item.value) ?? tag.stringify?.(item, ...rest) ?? "" },
  ) as Tags;
}

function numberWithPoint(value: unknown): string | undefined {
  const text = String(value);
  return typeof value === "number" && /^-?\de/.test(text) ? text.replace("e", ".0e") : undefined;
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

async function* read(chunks: Chunks): AsyncIterable<RawRecord> {
  const text = await wholeText(chunks);
  const { LineCounter, isSeq, parseDocument } = await import("yaml");
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    ...RULES,
    lineCounter,
    prettyErrors: false,
    intAsBigInt: true,
    customTags: (tags) => tags.filter((tag) => typeof tag === "string" || !isLeftOut(tag)),
  });
  // A tag that is not known would be passed over with a warning; it may be meant to run something.
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined)
    throw new DeserializationError(`line ${lineCounter.linePos(problem.pos[0]).line}: ${problem.message}`);
  const { contents } = document;
  if (contents === null) return;
  if (!isSeq(contents)) throw new DeserializationError("a fixture in YAML is a list of objects.");
  const values = plainData(() => document.toJS({ maxAliasCount: 100 }) as unknown[]);
  for (const [index, value] of values.entries()) {
    const { range } = contents.items[index] as { readonly range?: readonly number[] | null };
    yield { value, line: range?.[0] === undefined ? undefined : lineCounter.linePos(range[0]).line };
  }
}

/** Aliases may stand for aliases: where that makes too much of little, the library refuses. */
function plainData(make: () => unknown[]): unknown[] {
  try {
    return make().map(withSmallIntegers);
  } catch (error) {
    throw new DeserializationError(`its aliases (*name) cannot be followed: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

/** Whole numbers came as bigint, so that none lost a digit; most of them fit a number. */
function withSmallIntegers(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (Array.isArray(value)) return value.map(withSmallIntegers);
  if (typeof value !== "object" || value === null) return value;
  for (const [key, item] of Object.entries(value))
    Object.defineProperty(value, key, {
      value: withSmallIntegers(item),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return value;
}

async function wholeText(chunks: Chunks): Promise<string> {
  let text = "";
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length > MAX_RECORD_LENGTH)
      throw new DeserializationError(
        `a file in YAML is read as a whole, and this one is longer than ${MAX_RECORD_LENGTH / 1024 / 1024} million characters. ` +
          "JSON and JSONL are read row by row.",
      );
  }
  return text;
}

// `12:30:00` is a whole number to base 60 in version 1.1, and a time of day to everybody else.
function isLeftOut({ tag, format }: { readonly tag: string; readonly format?: string }): boolean {
  return LEFT_OUT.test(tag) || format === "TIME";
}

export const yaml: Format = { encode, write, read };
