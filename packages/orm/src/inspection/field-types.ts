// Which field a column's type stands for.

import type { ColumnInfo } from "../schema/introspection.ts";

/** A field as it is going to be written. */
export interface GuessedField {
  /** The name in `models`: `CharField`. */
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What the reader must know about it. */
  readonly notes: readonly string[];
}

type Integers = readonly [signed: string, unsigned: string];

const INTEGERS: Readonly<Record<string, Integers>> = {
  integer: ["IntegerField", "PositiveIntegerField"],
  int: ["IntegerField", "PositiveIntegerField"],
  mediumint: ["IntegerField", "PositiveIntegerField"],
  year: ["IntegerField", "PositiveIntegerField"],
  bigint: ["BigIntegerField", "PositiveBigIntegerField"],
  smallint: ["SmallIntegerField", "PositiveSmallIntegerField"],
  tinyint: ["SmallIntegerField", "PositiveSmallIntegerField"],
};

const PLAIN: Readonly<Record<string, string>> = {
  bool: "BooleanField",
  boolean: "BooleanField",
  date: "DateField",
  datetime: "DateTimeField",
  timestamp: "DateTimeField",
  "timestamp with time zone": "DateTimeField",
  "timestamp without time zone": "DateTimeField",
  time: "TimeField",
  "time without time zone": "TimeField",
  interval: "DurationField",
  real: "FloatField",
  float: "FloatField",
  double: "FloatField",
  "double precision": "FloatField",
  text: "TextField",
  tinytext: "TextField",
  mediumtext: "TextField",
  longtext: "TextField",
  clob: "TextField",
  blob: "BinaryField",
  tinyblob: "BinaryField",
  mediumblob: "BinaryField",
  longblob: "BinaryField",
  binary: "BinaryField",
  varbinary: "BinaryField",
  bytea: "BinaryField",
  json: "JSONField",
  jsonb: "JSONField",
  uuid: "UUIDField",
  inet: "GenericIPAddressField",
};

const TEXTS: ReadonlySet<string> = new Set([
  "varchar",
  "character varying",
  "char",
  "character",
  "nvarchar",
  "nchar",
  "bpchar",
]);

const AUTOMATIC: Readonly<Record<string, string>> = {
  IntegerField: "AutoField",
  PositiveIntegerField: "AutoField",
  BigIntegerField: "BigAutoField",
  PositiveBigIntegerField: "BigAutoField",
  SmallIntegerField: "SmallAutoField",
  PositiveSmallIntegerField: "SmallAutoField",
};

/** The field that a column's type stands for; where that is not known, a text with a note. */
export function guessField(column: ColumnInfo): GuessedField {
  const { base, sizes, unsigned } = takeApart(column.type);
  if (column.json) return field("JSONField");
  if (column.values !== null) return enumeration(column.values);
  if (column.type === "tinyint(1)") return field("BooleanField");
  const integers = INTEGERS[base];
  if (integers !== undefined) return field(integers[unsigned ? 1 : 0]);
  if (TEXTS.has(base)) return sizes[0] === undefined ? field("TextField") : field("CharField", { maxLength: sizes[0] });
  if (base === "decimal" || base === "numeric") return decimal(sizes);
  const plain = PLAIN[base];
  if (plain !== undefined) return field(plain);
  return field("TextField", {}, `The type ${JSON.stringify(column.type)} has no field of its own: a guess.`);
}

/** The field of a key that the database counts up. */
export function automaticField(type: string): string | undefined {
  return AUTOMATIC[type];
}

function field(type: string, options: Readonly<Record<string, unknown>> = {}, ...notes: string[]): GuessedField {
  return { type, options, notes };
}

// More digits than SQLite keeps of a decimal, so that none is lost.
const ANY_DECIMAL = { maxDigits: 30, decimalPlaces: 15 };

function decimal([maxDigits, decimalPlaces = 0]: readonly number[]): GuessedField {
  return maxDigits === undefined
    ? field("DecimalField", ANY_DECIMAL, "The database does not say how many digits it has: a guess.")
    : field("DecimalField", { maxDigits, decimalPlaces });
}

function enumeration(values: readonly string[]): GuessedField {
  const maxLength = Math.max(1, ...values.map((value) => value.length));
  return field("CharField", { maxLength, choices: values.map((value) => [value, value]) });
}

/** `numeric(12,2)`, `int(10) unsigned`, `timestamp(6) with time zone` in parts. */
function takeApart(type: string): {
  readonly base: string;
  readonly sizes: readonly number[];
  readonly unsigned: boolean;
} {
  const sizes = /\(([\d, ]+)\)/.exec(type)?.[1]?.split(",").map(Number) ?? [];
  const words = type.replace(/\s*\([^)]*\)/, "").trim();
  const unsigned = /\bunsigned\b/.test(words);
  return { base: words.replaceAll(/\s*\b(?:unsigned|signed|zerofill)\b/g, "").trim(), sizes, unsigned };
}
