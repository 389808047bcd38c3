// The columns of rows that selectRelated brings along.

import { FieldError } from "@tsgo/core/exceptions";

import type { Expression } from "../../expressions/expression.ts";
import type { Col } from "../../expressions/references.ts";
import type { Field } from "../../fields/field.ts";
import type { ForeignKey } from "../../fields/foreign-key.ts";
import type { Relation } from "../../fields/relation.ts";
import type { ModelClass } from "../../models/model.ts";
import { type AnyField, type Options, isReverse } from "../../models/options.ts";
import { LOOKUP_SEP, setupJoins } from "../paths.ts";
import type { RelatedTree } from "../query.ts";
import type { SelectMask } from "./deferred.ts";
import type { SelectCompiler } from "./select.ts";

/** One relation that is brought along: where its columns are and how they hang on the row. */
export interface RelatedSelection {
  readonly name: string;
  readonly model: ModelClass;
  readonly field: AnyField;
  readonly start: number;
  readonly fields: readonly Field[];
  /** The relation leads to the one row that refers here. */
  readonly reverse: boolean;
  /** The columns that the parent row's own fields fill in a child row. */
  readonly fromParent: boolean;
  readonly related: readonly RelatedSelection[];
  /** The attribute to put the row on, where it is not the relation's own. */
  readonly attribute: string | undefined;
}

type ColumnList = { expression: Expression; alias: string | undefined }[];

const MAX_DEPTH = 5;

/** Adds the columns of related rows to a list of columns. */
export function relatedSelections(
  compiler: SelectCompiler,
  columns: ColumnList,
  mask: SelectMask | undefined,
): RelatedSelection[] {
  const { query } = compiler;
  const requested = typeof query.selectRelated === "boolean" ? undefined : query.selectRelated;
  return follow(compiler, columns, mask, query.meta, query.initialAlias(), 1, requested);
}

function follow(
  compiler: SelectCompiler,
  columns: ColumnList,
  mask: SelectMask | undefined,
  options: Options,
  alias: string,
  depth: number,
  requested: RelatedTree | undefined,
): RelatedSelection[] {
  if (requested === undefined && depth > MAX_DEPTH) return [];
  const found: RelatedSelection[] = [];
  const names = new Set<string>();
  for (const field of options.fields) {
    if (!isFollowable(field)) continue;
    if (requested !== undefined) names.add(field.name);
    if (!isSelected(field, requested, mask, compiler)) continue;
    found.push(
      forward(compiler, columns, mask, options, alias, depth, requested?.[field.name], field, requested !== undefined),
    );
  }
  if (requested === undefined) return found;
  for (const relation of options.relatedObjects) {
    if (!relation.oneToOne || relation.manyToMany) continue;
    const name = relation.field.relatedQueryName();
    names.add(name);
    if (requested[name] === undefined) continue;
    found.push(reverse(compiler, columns, mask, options, alias, depth, requested[name], relation, name));
  }
  for (const [name, filtered] of compiler.query.filteredRelations) {
    if (depth > 1 || requested[name] === undefined) continue;
    names.add(name);
    found.push(
      filteredRelation(compiler, columns, options, alias, depth, requested[name], name, filtered.relationName),
    );
  }
  const unknown = Object.keys(requested).filter((name) => !names.has(name));
  if (unknown.length > 0)
    throw new FieldError(
      `selectRelated cannot follow ${unknown.map((name) => `'${name}'`).join(", ")} from ${options.label}. Choices are: ${[...names].join(", ") || "(none)"}`,
    );
  return found;
}

function isFollowable(field: Field): field is ForeignKey {
  return field.isRelation && !field.manyToMany;
}

function isSelected(
  field: ForeignKey,
  requested: RelatedTree | undefined,
  mask: SelectMask | undefined,
  compiler: SelectCompiler,
): boolean {
  if (requested === undefined) return !field.null && !field.remoteField.parentLink;
  if (requested[field.name] === undefined) return false;
  if (mask !== undefined && !mask.fields.has(field))
    throw new FieldError(
      `Field ${field.toString()} cannot be both deferred and followed by selectRelated at the same time.`,
    );
  void compiler;
  return true;
}

function forward(
  compiler: SelectCompiler,
  columns: ColumnList,
  mask: SelectMask | undefined,
  options: Options,
  alias: string,
  depth: number,
  next: RelatedTree | undefined,
  field: ForeignKey,
  restricted: boolean,
): RelatedSelection {
  const { query } = compiler;
  const info = setupJoins(query, [field.name], options, alias);
  const end = info.joins.at(-1) ?? alias;
  const model = field.remoteField.model;
  const inner = mask?.related.get(field);
  const start = columns.length;
  const added = compiler.defaultColumns(inner, model._meta, end);
  for (const expression of added) columns.push({ expression, alias: undefined });
  const related =
    restricted && next === undefined
      ? []
      : follow(compiler, columns, inner, model._meta, end, depth + 1, restricted ? (next ?? {}) : undefined);
  return {
    name: field.name,
    model,
    field,
    start,
    fields: added.map((column) => (column as Col).target),
    reverse: false,
    fromParent: false,
    related,
    attribute: undefined,
  };
}

function reverse(
  compiler: SelectCompiler,
  columns: ColumnList,
  mask: SelectMask | undefined,
  options: Options,
  alias: string,
  depth: number,
  next: RelatedTree | undefined,
  relation: Relation,
  name: string,
): RelatedSelection {
  const { query } = compiler;
  const info = setupJoins(query, [name], options, alias);
  const end = info.joins.at(-1) ?? alias;
  const model = relation.relatedModel;
  const fromParent =
    model._meta.getParentList().includes(options.concreteModel) || model._meta.parents.has(options.model);
  const inner = mask?.related.get(relation);
  const start = columns.length;
  const added = compiler.defaultColumns(inner, model._meta, end, fromParent ? options.model : undefined);
  for (const expression of added) columns.push({ expression, alias: undefined });
  const related = follow(compiler, columns, inner, model._meta, end, depth + 1, next ?? {});
  return {
    name,
    model,
    field: relation,
    start,
    fields: added.map((column) => (column as Col).target),
    reverse: true,
    fromParent,
    related,
    attribute: undefined,
  };
}

function filteredRelation(
  compiler: SelectCompiler,
  columns: ColumnList,
  options: Options,
  alias: string,
  depth: number,
  next: RelatedTree | undefined,
  name: string,
  relationName: string,
): RelatedSelection {
  const { query } = compiler;
  const info = setupJoins(query, [name], options, alias);
  const end = info.joins.at(-1) ?? alias;
  const field = options.getField(relationName.split(LOOKUP_SEP)[0] ?? "");
  const model = info.options.model;
  const start = columns.length;
  const added = compiler.defaultColumns(undefined, model._meta, end);
  for (const expression of added) columns.push({ expression, alias: undefined });
  const related = follow(compiler, columns, undefined, model._meta, end, depth + 1, next ?? {});
  return {
    name,
    model,
    field,
    start,
    fields: added.map((column) => (column as Col).target),
    reverse: isReverse(field),
    fromParent: false,
    related,
    attribute: name,
  };
}
