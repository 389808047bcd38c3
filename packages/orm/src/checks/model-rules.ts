// What may be wrong with a model as a whole. The ids are Django's.

import type { CheckMessage } from "@tsgo/core/checks";

import type { Field } from "../fields/field.ts";
import { CheckConstraint } from "../models/constraints/check.ts";
import { UniqueConstraint } from "../models/constraints/unique.ts";
import type { ModelClass } from "../models/model.ts";
import type { Options } from "../models/options.ts";
import { RawSQL } from "../expressions/conditional.ts";
import { Expression, OrderBy } from "../expressions/expression.ts";
import { F } from "../expressions/references.ts";
import { Q } from "../expressions/q.ts";
import { isAttributeOf } from "../fields/relation-field.ts";
import { Report } from "./report.ts";

/** What is wrong with names, key and options of a model. */
export function checkModel(model: ModelClass): CheckMessage[] {
  const meta = model._meta;
  const report = new Report(meta);
  checkNames(meta, report);
  checkKey(meta, report);
  checkColumns(meta, report);
  checkSwappable(meta, report);
  checkUniqueTogether(meta, report);
  checkOrdering(meta, report);
  checkIndexes(meta, report);
  checkConstraints(meta, report);
  return report.messages;
}

function checkNames({ objectName }: Options, report: Report): void {
  if (objectName.startsWith("_") || objectName.endsWith("_"))
    report.error("models.E023", `The name '${objectName}' must not begin or end with '_', which lookups use.`);
  else if (objectName.includes("__"))
    report.error("models.E024", `The name '${objectName}' must not have '__' in it, which lookups use.`);
}

function checkKey(meta: Options, report: Report): void {
  const keys = meta.localFields.filter((field) => field.primaryKey);
  if (keys.length > 1)
    report.error(
      "models.E026",
      `The model has several fields with primaryKey: ${keys.map(({ name }) => name).join(", ")}.`,
      "A key of several columns is a CompositePrimaryKey.",
    );
  const id = meta.localFields.find(({ name }) => name === "id");
  if (id !== undefined && !id.primaryKey && !meta.pkFields.includes(id))
    report.error(
      "models.E004",
      "A field called 'id' must be the primary key.",
      "Call it otherwise, or give it primaryKey.",
    );
}

function checkColumns(meta: Options, report: Report): void {
  const seen = new Map<string, Field>();
  for (const field of meta.localConcreteFields) {
    const column = field.column ?? "";
    const other = seen.get(column);
    if (other !== undefined)
      report.error(
        "models.E007",
        `The fields '${other.name}' and '${field.name}' have the same column, '${column}'.`,
        "Give one another dbColumn.",
      );
    seen.set(column, field);
  }
  const links = new Map<string, string>();
  for (const field of meta.localManyToMany) {
    if (field.remoteField.through === undefined || !field.remoteField.hasThroughModel || !field.remoteField.isResolved)
      continue;
    const key = `${field.remoteField.model._meta.label} ${field.remoteField.throughModel._meta.label} ${field.remoteField.throughFields?.join() ?? ""}`;
    const other = links.get(key);
    if (other !== undefined)
      report.error(
        "models.E003",
        `The fields '${other}' and '${field.name}' have the same target and the same link model.`,
      );
    links.set(key, field.name);
  }
}

function checkSwappable({ swappable, swapped, registry }: Options, report: Report): void {
  if (swappable === undefined || swapped === null) return;
  if (!/^\w+\.\w+$/.test(swapped))
    report.error("models.E001", `${swappable} is '${swapped}', and not of the form 'app.Model'.`);
  else if (registry.findModel(swapped) === undefined)
    report.error("models.E002", `${swappable} refers to '${swapped}', which is not registered or is abstract.`);
}

function checkUniqueTogether(meta: Options, report: Report): void {
  for (const names of meta.uniqueTogether) {
    if (!Array.isArray(names))
      report.error("models.E011", "uniqueTogether must be a list of names, or a list of such lists.");
    else checkLocal(meta, names, "uniqueTogether", report);
  }
}

// Names of fields that must be columns of the model's own table.
function checkLocal(meta: Options, names: readonly string[], option: string, report: Report): void {
  for (const name of names) {
    const field = meta.findField(name);
    if (field === undefined) report.error("models.E012", `${option} names '${name}', and the model has no such field.`);
    else if (field.manyToMany) report.error("models.E013", `${option} names '${name}', which is a many-to-many field.`);
    else if (!("attname" in field) || !meta.localFields.includes(field))
      report.error(
        "models.E016",
        `${option} names '${name}', which is no column of the model's own table.`,
        "It may be inherited from a parent.",
      );
  }
}

function checkOrdering(meta: Options, report: Report): void {
  const { ordering, orderWithRespectTo } = meta.originalOptions;
  if (ordering !== undefined && orderWithRespectTo !== undefined)
    report.error("models.E021", "ordering and orderWithRespectTo exclude each other.");
  if (ordering === undefined) return;
  if (!Array.isArray(ordering)) {
    report.error("models.E014", "ordering must be a list, even of one name.");
    return;
  }
  for (const term of ordering as unknown[]) {
    const name = orderedName(term);
    if (name !== undefined && !isOrderable(meta, name))
      report.error("models.E015", `ordering names '${name}', and the model has no such field, relation or lookup.`);
  }
}

function orderedName(term: unknown): string | undefined {
  const inner = term instanceof OrderBy ? term.expression : term;
  if (inner instanceof F) return inner.name;
  if (typeof inner !== "string" || inner === "?") return undefined;
  return inner.replace(/^[-+]/, "");
}

// Behind the last relation there may be transforms, which only the query knows.
function isOrderable(start: Options, path: string): boolean {
  let meta = start;
  for (const part of path.split("__")) {
    if (part === "pk") return true;
    const field = meta.findField(part) ?? meta.fields.find((other) => isAttributeOf(other, part));
    if (field === undefined) return false;
    const relation = "attname" in field ? field.remoteField : field;
    if (relation === undefined || ("isResolved" in relation && !relation.isResolved)) return true;
    meta = ("attname" in field ? field.remoteField?.model : field.relatedModel)?._meta ?? meta;
  }
  return true;
}

function checkIndexes(meta: Options, report: Report): void {
  for (const index of meta.indexes) {
    if (/^[_\d]/.test(index.name))
      report.error("models.E033", `The name of the index '${index.name}' must not begin with '_' or a digit.`);
    checkLocal(meta, [...index.fieldOrders.map(([name]) => name), ...index.include], "indexes", report);
  }
}

function checkConstraints(meta: Options, report: Report): void {
  for (const constraint of meta.constraints) {
    if (constraint instanceof UniqueConstraint)
      checkLocal(meta, [...constraint.fields, ...constraint.include], "constraints", report);
    if (!(constraint instanceof UniqueConstraint || constraint instanceof CheckConstraint)) continue;
    const { condition } = constraint;
    if (condition === undefined) continue;
    for (const name of namesIn(condition)) {
      const [first = "", ...rest] = name.split("__");
      if (first === "pk") continue;
      const field = meta.findField(first);
      if (field === undefined)
        report.error(
          "models.E012",
          `The constraint '${constraint.name}' names '${first}', and the model has no such field.`,
        );
      else if (rest.length > 0 && field.isRelation)
        report.error(
          "models.E041",
          `The constraint '${constraint.name}' looks through the relation '${first}' ('${name}'), which a database cannot.`,
        );
    }
    if (constraint instanceof CheckConstraint && hasRawSql(condition))
      report.warning(
        "models.W045",
        `The constraint '${constraint.name}' has raw SQL in it, which fullClean() cannot check.`,
      );
  }
}

function namesIn(source: Q | Expression): string[] {
  if (source instanceof Q)
    return source.children.flatMap((child) => {
      if (child instanceof Q || child instanceof Expression) return namesIn(child);
      const [key, value] = child;
      return [withoutLookup(key), ...(value instanceof Expression ? namesIn(value) : [])];
    });
  return [...source.flatten()].flatMap((part) => (part instanceof F ? [part.name] : []));
}

// `question__votes__gt` leads through a relation, `votes__gt` does not.
function withoutLookup(key: string): string {
  const parts = key.split("__");
  return parts.length > 1 &&
    /^(?:exact|iexact|gt|gte|lt|lte|in|isnull|range|regex|iregex|i?contains|i?startswith|i?endswith)$/.test(
      parts.at(-1) ?? "",
    )
    ? parts.slice(0, -1).join("__")
    : key;
}

function hasRawSql(source: Q | Expression): boolean {
  if (source instanceof Q)
    return source.children.some((child) =>
      child instanceof Q || child instanceof Expression
        ? hasRawSql(child)
        : child[1] instanceof Expression && hasRawSql(child[1]),
    );
  return [...source.flatten()].some((part) => part instanceof RawSQL);
}
