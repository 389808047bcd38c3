// What may be wrong with a field by itself. The ids are Django's.

import type { CheckMessage } from "@tsgo/core/checks";
import { flattenChoices } from "@tsgo/utils/choices";

import { Expression } from "../expressions/expression.ts";
import { F } from "../expressions/references.ts";
import { BinaryField } from "../fields/binary.ts";
import { type Field, describeValue, isEmptyValue } from "../fields/field.ts";
import { FilePathField } from "../fields/file-path.ts";
import { FileField } from "../fields/files.ts";
import { ImageField } from "../fields/images.ts";
import { NOT_PROVIDED } from "../fields/not-provided.ts";
import { DecimalField, FloatField, IntegerField } from "../fields/numbers.ts";
import { CharField, GenericIPAddressField } from "../fields/text.ts";
import type { DateFieldOptions } from "../fields/dates.ts";
import { Report } from "./report.ts";

/** Everything that is wrong with the options of a field, what its class says itself included. */
export function checkField(field: Field): CheckMessage[] {
  const report = new Report(field);
  checkCommon(field, report);
  checkChoices(field, report);
  checkKind(field, report);
  return [...report.messages, ...field.check()];
}

function checkCommon(field: Field, report: Report): void {
  const { dbIndex, validators } = field.options;
  if (dbIndex !== undefined && typeof dbIndex !== "boolean")
    report.error("fields.E006", `dbIndex must be true or false, not ${describeValue(dbIndex)}.`);
  if (field.primaryKey && field.null)
    report.error("fields.E007", "A primary key cannot be null.", "Set null to false, or take primaryKey away.");
  for (const [index, validator] of (validators ?? []).entries())
    if (typeof validator !== "function")
      report.error("fields.E008", `validators[${index}] is ${describeValue(validator)}, and no function.`);
  if (isSharedDefault(field))
    report.warning(
      "fields.E010",
      "The default is an object, which all rows would share.",
      "Give a function that makes a new one: default: () => ({}).",
    );
  if (field.dbDefault instanceof Expression && [...field.dbDefault.flatten()].some((part) => part instanceof F))
    report.error("fields.E012", "dbDefault reads a column, which the default of a database cannot.");
}

function isSharedDefault({ default: value }: Field): boolean {
  return (
    Array.isArray(value) ||
    (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype)
  );
}

function checkChoices(field: Field, report: Report): void {
  const { choices } = field;
  if (choices === undefined) return;
  const pairs = Symbol.iterator in Object(choices) ? [...choices] : undefined;
  if (pairs === undefined) {
    report.error("fields.E004", "choices must be a list of pairs, an object or a Map, or a function that gives one.");
    return;
  }
  const wrong = pairs.find((pair) => !isChoice(pair));
  if (wrong !== undefined) {
    report.error("fields.E005", `choices must consist of pairs [value, label], and ${JSON.stringify(wrong)} is none.`);
    return;
  }
  const longest = Math.max(
    0,
    ...[...flattenChoices(pairs)].map(([value]) => (typeof value === "string" ? value.length : 0)),
  );
  if (field.maxLength !== undefined && longest > field.maxLength)
    report.error(
      "fields.E009",
      `maxLength is ${field.maxLength}, and the longest of the choices has ${longest} characters.`,
    );
}

function isChoice(pair: unknown): boolean {
  if (!Array.isArray(pair) || pair.length !== 2) return false;
  const [value, label] = pair as [unknown, unknown];
  if (Array.isArray(value)) return false;
  return Array.isArray(label) ? label.every((inner) => isChoice(inner)) : isLabel(label);
}

// A translation is an object that stands for a text.
function isLabel(label: unknown): boolean {
  return typeof label !== "object" || (label !== null && Object.getPrototypeOf(label) !== Object.prototype);
}

function checkKind(field: Field, report: Report): void {
  if (field instanceof CharField) checkMaxLength(field, report);
  else if (field instanceof DecimalField) checkDigits(field, report);
  else if (field instanceof FileField) checkFile(field as FileField, report);
  else if (field instanceof FilePathField) checkFilePath(field, report);
  else if (field instanceof GenericIPAddressField) checkAddress(field, report);
  else if (field instanceof BinaryField) checkBytes(field, report);
  else if ("autoNow" in field) checkClock(field, report);
  if (field.maxLength !== undefined && ignoresLength(field))
    report.warning("fields.W122", `maxLength has no effect on ${field.constructor.name}.`, "Take maxLength away.");
}

function ignoresLength(field: Field): boolean {
  return field instanceof IntegerField || field instanceof FloatField || field instanceof DecimalField;
}

function checkMaxLength({ maxLength, constructor: { name } }: Field, report: Report): void {
  if (maxLength === undefined)
    report.error(
      "fields.E120",
      `${name} has no maxLength, which MariaDB and MySQL need.`,
      "Give a maxLength, or take TextField.",
    );
  else if (!Number.isInteger(maxLength) || maxLength < 1)
    report.error("fields.E121", `maxLength must be a whole number from 1, not ${describeValue(maxLength)}.`);
}

function checkDigits({ maxDigits, decimalPlaces }: DecimalField, report: Report): void {
  if (decimalPlaces === undefined) report.error("fields.E130", "A DecimalField needs decimalPlaces.");
  else if (!Number.isInteger(decimalPlaces) || decimalPlaces < 0)
    report.error("fields.E131", `decimalPlaces must be a whole number from 0, not ${describeValue(decimalPlaces)}.`);
  if (maxDigits === undefined) report.error("fields.E132", "A DecimalField needs maxDigits.");
  else if (!Number.isInteger(maxDigits) || maxDigits < 1)
    report.error("fields.E133", `maxDigits must be a whole number from 1, not ${describeValue(maxDigits)}.`);
  else if (decimalPlaces !== undefined && decimalPlaces > maxDigits)
    report.error("fields.E134", `maxDigits (${maxDigits}) must be at least decimalPlaces (${decimalPlaces}).`);
}

function checkFile(field: FileField, report: Report): void {
  const { uploadTo } = field;
  if (field.primaryKey) report.error("fields.E201", `${field.constructor.name} cannot be a primary key.`);
  if (typeof uploadTo === "string" && uploadTo.startsWith("/"))
    report.error("fields.E202", "uploadTo is a path within the storage and must not begin with a slash.");
  if (!(field instanceof ImageField) || field.model === undefined) return;
  for (const name of [field.widthField, field.heightField])
    if (name !== undefined && field.model._meta.findAttribute(name) === undefined)
      report.error("tsgo.fields.E211", `The model has no column '${name}' for the size of the image.`);
}

function checkFilePath({ allowFiles, allowFolders }: FilePathField, report: Report): void {
  if (!allowFiles && !allowFolders) report.error("fields.E140", "A FilePathField must allow files or folders.");
}

function checkAddress(field: Field, report: Report): void {
  if (field.blank && !field.null)
    report.error(
      "fields.E150",
      "A GenericIPAddressField that may be blank must be null, too: nothing is stored as NULL.",
    );
}

function checkBytes({ default: value }: Field, report: Report): void {
  if (typeof value === "string" && value !== "")
    report.error("fields.E170", "The default of a BinaryField is a text.", "Give bytes: new Uint8Array([...]).");
}

function checkClock(field: Field, report: Report): void {
  const { autoNow = false, autoNowAdd = false } = field.options as DateFieldOptions;
  const hasDefault = field.default !== NOT_PROVIDED;
  if ([autoNow, autoNowAdd, hasDefault].filter(Boolean).length > 1)
    report.error("fields.E160", "autoNow, autoNowAdd and default exclude each other.");
  if (!hasDefault || typeof field.default === "function" || isEmptyValue(field.default)) return;
  if (isNearNow(field))
    report.warning(
      "fields.W161",
      "The default is one moment, that of the program's start, and not the time at which a row is made.",
      "Give a function, () => new Date(), or autoNowAdd.",
    );
}

// A moment that was made as the program started; one long ago is meant.
function isNearNow({ default: value }: Field): boolean {
  return value instanceof Date && Math.abs(value.getTime() - Date.now()) < 24 * 3600 * 1000;
}
