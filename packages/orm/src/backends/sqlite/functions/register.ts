// The functions that SQLite lacks, under the names that Django gives them: a database with generated columns or indexes on
// them works with either framework.

import { createHash, randomUUID } from "node:crypto";

import type { SqliteDatabase } from "../driver.ts";
import { dateFunctions } from "./dates.ts";
import { regexpMatch } from "./regexp.ts";
import { registerStatistics } from "./statistics.ts";

type SqlFunction = (...args: unknown[]) => unknown;

/** Gives a new connection our functions. */
export function registerFunctions(database: SqliteDatabase): void {
  for (const [name, fn] of Object.entries({ ...dateFunctions, ...textFunctions, ...numberFunctions }))
    database.function(name, true, fn);
  database.function("RAND", false, () => Math.random());
  database.function("UUIDV4", false, () => randomUUID().replaceAll("-", ""));
  database.function("UUIDV7", false, (shift = 0) => timedUuid(Date.now() + Number(shift)));
  registerStatistics(database);
}

// The version of a random UUID changed to 7, and the time put in front.
function timedUuid(milliseconds: number): string {
  const random = randomUUID().replaceAll("-", "");
  return `${milliseconds.toString(16).padStart(12, "0")}7${random.slice(13)}`;
}

// NULL goes in, NULL comes out.
function strict(fn: SqlFunction): SqlFunction {
  return (...args) => (args.includes(null) ? null : fn(...args));
}

function hash(algorithm: string): SqlFunction {
  return strict((text) => createHash(algorithm).update(String(text), "utf8").digest("hex"));
}

function pad(text: string, length: number, fill: string): string {
  const missing = length - Array.from(text).length;
  if (missing <= 0 || fill === "") return "";
  return Array.from(fill.repeat(Math.ceil(missing / Array.from(fill).length)))
    .slice(0, missing)
    .join("");
}

const textFunctions: Readonly<Record<string, SqlFunction>> = {
  regexp: strict((pattern, text) => Number(regexpMatch(String(pattern), String(text)))),
  LPAD: strict(
    (text, length, fill) =>
      pad(String(text), Number(length), String(fill)) + Array.from(String(text)).slice(0, Number(length)).join(""),
  ),
  RPAD: strict(
    (text, length, fill) =>
      Array.from(String(text)).slice(0, Number(length)).join("") + pad(String(text), Number(length), String(fill)),
  ),
  REPEAT: strict((text, count) => String(text).repeat(Math.max(0, Number(count)))),
  // The texts of a list of JSON. An aggregate of nothing is NULL.
  TSGO_JOIN: strict((list, delimiter) => {
    const texts = (JSON.parse(String(list)) as unknown[]).filter((text) => text !== null);
    return texts.length === 0 ? null : texts.map(String).join(String(delimiter));
  }),
  REVERSE: strict((text) => Array.from(String(text)).reverse().join("")),
  MD5: hash("md5"),
  SHA1: hash("sha1"),
  SHA224: hash("sha224"),
  SHA256: hash("sha256"),
  SHA384: hash("sha384"),
  SHA512: hash("sha512"),
};

const numberFunctions: Readonly<Record<string, SqlFunction>> = {
  BITXOR: strict((a, b) => Number(BigInt(Number(a)) ^ BigInt(Number(b)))),
  COT: strict((x) => 1 / Math.tan(Number(x))),
  POWER: strict((x, y) => Number(x) ** Number(y)),
};
