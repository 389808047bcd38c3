// The names that tables, columns, indexes and constraints have in the database. They are Django's, letter by letter,
// so that either framework can open a database which the other one made.

import { createHash } from "node:crypto";

/** The longest name that a generated index or constraint has where the database itself knows no bound. */
const UNBOUNDED_NAME_LENGTH = 200;

/** The length that Django gives to names of indexes which the user left unnamed: what every database takes. */
export const MAX_INDEX_NAME_LENGTH = 30;

/** The first `length` hex digits of the MD5 of the parts, joined without a separator. Answers to `names_digest`. */
export function digest(parts: readonly string[], length: number): string {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part, "utf8");
  return hash.digest("hex").slice(0, length);
}

/**
 * Cuts a name to `length` characters, the last `hashLength` of which then tell it from others with the same beginning.
 * A namespace (`schema"."table`) does not count. Answers to `truncate_name`.
 */
export function truncateName(name: string, length: number | null = null, hashLength = 4): string {
  const [namespace, local] = splitIdentifier(name);
  if (length === null || local.length <= length) return name;
  const cut = `${local.slice(0, length - hashLength)}${digest([local], hashLength)}`;
  return namespace === "" ? cut : `${namespace}"."${cut}`;
}

/** Takes `"schema"."table"` apart; the namespace is empty where there is none. Answers to `split_identifier`. */
export function splitIdentifier(name: string): [namespace: string, local: string] {
  const at = name.indexOf('"."');
  if (at < 0) return ["", stripQuotes(name)];
  return [stripQuotes(name.slice(0, at)), stripQuotes(name.slice(at + 3))];
}

function stripQuotes(name: string): string {
  return name.replaceAll(/^"+|"+$/g, "");
}

/**
 * The name of an index or constraint that the framework makes up: table, columns, a hash of both, a suffix such as
 * `_uniq`, `_check`, `_fk_<table>_<column>`. `maxLength` null stands for a database without a bound.
 *
 * @example generatedName("library_book", ["title"], "_uniq", 63); // "library_book_title_fccd0c46_uniq"
 */
export function generatedName(
  table: string,
  columns: readonly string[],
  suffix: string,
  maxLength: number | null,
): string {
  const [, local] = splitIdentifier(table);
  let ending = `${digest([local, ...columns], 8)}${suffix}`;
  const bound = maxLength ?? UNBOUNDED_NAME_LENGTH;
  const joined = columns.join("_");
  const whole = `${local}_${joined}_${ending}`;
  if (whole.length <= bound) return whole;
  // A long suffix takes at most a third; table and columns share the rest.
  const third = Math.floor(bound / 3);
  if (ending.length > third) ending = ending.slice(0, third);
  const share = Math.floor((bound - ending.length) / 2) - 1;
  const name = `${local.slice(0, share)}_${joined.slice(0, share)}_${ending}`;
  return startsAsIdentifier(name) ? name : `D${name.slice(0, -1)}`;
}

/**
 * The name of a declared index that was given none. A column with a leading minus sign is a descending one.
 * Answers to `Index.set_name_with_model`.
 */
export function indexName(table: string, columns: readonly string[], suffix = "idx"): string {
  const [, local] = splitIdentifier(table);
  const first = (columns[0] ?? "").replace(/^-/, "");
  const name = `${local.slice(0, 11)}_${first.slice(0, 7)}_${digest([local, ...columns, suffix], 6)}_${suffix}`;
  return startsAsIdentifier(name) ? name : `D${name.slice(1)}`;
}

function startsAsIdentifier(name: string): boolean {
  return !/^[_0-9]/.test(name);
}

/** The table of a model without `dbTable`: `polls_question`. */
export function tableName(appLabel: string, modelName: string, maxLength: number | null): string {
  return truncateName(`${appLabel}_${modelName.toLowerCase()}`, maxLength);
}

/** The table behind a many-to-many field without `through`: `library_book_tags`. */
export function linkTableName(table: string, fieldName: string, maxLength: number | null): string {
  return truncateName(`${stripQuotes(table)}_${columnName(fieldName)}`, maxLength);
}

/**
 * The column of a field or attribute: `pubDate` is `pub_date`, `questionId` is `question_id`, `isbn13` stays.
 * A run of capitals is one word: `parentURL` is `parent_url`.
 */
export function columnName(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** A model's name as a variable: `OrderLine` is `orderLine`. It is the query name of a reverse relation. */
export function variableName(modelName: string): string {
  return modelName.slice(0, 1).toLowerCase() + modelName.slice(1);
}
