// From rows of a result to what a queryset hands out.

import type { Row } from "../backends/base/wrapper.ts";
import type { Field } from "../fields/field.ts";
import type { FetchMode } from "../fetch-modes.ts";
import type { RelatedSelection } from "../query/compiler/related.ts";
import type { InstanceColumns } from "../query/compiler/select.ts";
import type { Converter } from "../expressions/expression.ts";
import { type CompiledSelect, convertRows, trimmed } from "../query/execute.ts";
import type { Query } from "../query/query.ts";
import { instanceClass } from "./deferred-class.ts";
import { bareInstance, valuesOf } from "./instances.ts";
import { objectMaker, rowFiller } from "./generated.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { isReverse } from "./options.ts";
import { groupPeers } from "./peers.ts";
import { STATE } from "./state.ts";
import { postInit } from "./signals.ts";

/** What a queryset makes of its rows. */
export type RowKind = "model" | "values" | "list" | "flat" | "named" | "date";

/** Makes what a queryset hands out of the rows of the driver. */
export type RowsReader = (rows: readonly Row[]) => unknown[];

/** What reads the rows of a compiled query. */
export function rowsReader(compiled: CompiledSelect, kind: RowKind, db: string): RowsReader {
  const { instance, tuples } = compiled.compiler;
  if (kind === "model" && instance !== undefined && tuples.length === 0) {
    const read = modelReader(compiled, instance, compiled.converters, db);
    return (rows) => rows.map(read);
  }
  const read =
    kind === "model" && instance !== undefined
      ? modelReader(compiled, instance, [], db)
      : plainReader(kind, columnNames(compiled.compiler.query));
  return (rows) => convertRows(trimmed(rows, compiled), compiled).map(read);
}

function plainReader(kind: RowKind, names: readonly string[]): (row: Row) => unknown {
  switch (kind) {
    case "values":
      return objectMaker(names);
    case "named":
      return namedReader(names);
    case "flat":
    case "date":
      return (row) => row[0];
    case "model":
    case "list":
      break;
  }
  return (row) => row;
}

/** The names of the columns that `values` gives. */
export function columnNames(query: Query): readonly string[] {
  if (query.selected !== undefined) return [...query.selected.keys()];
  return [...query.valuesSelect, ...query.annotationSelect.keys()];
}

// A list whose items have names too.
function namedReader(names: readonly string[]): (row: Row) => unknown {
  return (row) => Object.assign([...row], Object.fromEntries(names.map((name, index) => [name, row[index]])));
}

function modelReader(
  { compiler }: CompiledSelect,
  instance: InstanceColumns,
  converters: readonly (Converter | undefined)[],
  db: string,
): (row: Row) => ModelBase {
  const read = instanceReader(instance.model, instance.fields, instance.start, converters, db);
  const related = instance.related.map((selection) => relatedReader(selection, converters, db));
  const annotations = [...compiler.annotationColumns];
  if (related.length === 0 && annotations.length === 0) return read;
  return (row) => {
    const object = read(row);
    for (const attach of related) attach(row, object);
    for (const [name, index] of annotations) valuesOf(object)[name] = converted(row[index], converters[index]);
    return object;
  };
}

function converted(value: unknown, convert: Converter | undefined): unknown {
  return value === null || convert === undefined ? value : convert(value);
}

/** Makes an instance of the columns of fields that stand beside each other from `start` on. */
export function instanceReader(
  model: ModelClass,
  fields: readonly Field[],
  start: number,
  converters: readonly (Converter | undefined)[],
  db: string,
): (row: Row) => ModelBase {
  const make = instanceClass(model, fields);
  const fill = rowFiller(
    fields.map((field) => field.attname),
    start,
    converters,
  );
  return (row) => {
    const object = bareInstance(make);
    fill(object, row);
    const state = object[STATE];
    state.adding = false;
    state.db = db;
    if (postInit.hasListeners(model)) postInit.send({ sender: model, instance: object });
    return object;
  };
}

function relatedReader(
  selection: RelatedSelection,
  converters: readonly (Converter | undefined)[],
  db: string,
): (row: Row, from: ModelBase) => void {
  const { model, fields, start, related } = selection;
  const fill = selection.fromParent ? parentFields(model, fields) : [];
  const read = instanceReader(model, [...fields, ...fill], start, converters, db);
  const [firstKey] = model._meta.pkFields;
  const pkIndex =
    start +
    Math.max(
      0,
      fields.findIndex((candidate) => candidate === firstKey),
    );
  const further = related.map((inner) => relatedReader(inner, converters, db));
  const attach = attacher(selection);
  return (row, from) => {
    if (row[pkIndex] === null) {
      attach(from, null);
      return;
    }
    const object = read(row);
    for (const parent of fill) valuesOf(object)[parent.attname] = valuesOf(from)[parent.attname];
    attach(from, object);
    for (const inner of further) inner(row, object);
  };
}

// What a child row takes from the parent row that led to it.
function parentFields(model: ModelClass, loaded: readonly Field[]): Field[] {
  return model._meta.concreteFields.filter((field) => !loaded.includes(field));
}

function attacher({ field, attribute, name }: RelatedSelection): (from: ModelBase, object: ModelBase | null) => void {
  if (attribute !== undefined)
    return (from, object) => {
      Object.defineProperty(from, name, { value: object, writable: true, enumerable: false, configurable: true });
    };
  if (isReverse(field)) {
    const forward = field.field;
    const key = field.accessorName ?? name;
    return (from, object) => {
      from[STATE].cache(key, object, undefined);
      if (object !== null)
        object[STATE].cache(forward.name, from, (object as unknown as Record<string, unknown>)[forward.attname]);
    };
  }
  const remote = "remoteField" in field && field.oneToOne ? field.remoteField : undefined;
  const back = remote !== undefined && "accessorName" in remote ? remote.accessorName : undefined;
  const attname = field.attname;
  const fieldName = field.name;
  return (from, object) => {
    from[STATE].cache(fieldName, object, (from as unknown as Record<string, unknown>)[attname]);
    if (object !== null && back !== undefined) object[STATE].cache(back, from, undefined);
  };
}

/** Notes how the rows of a result, and those that came with them by selectRelated, fetch what they lack. */
export function shareFetchMode(
  objects: readonly ModelBase[],
  mode: FetchMode,
  related: readonly RelatedSelection[] = [],
): void {
  for (const object of objects) object[STATE].fetchMode = mode;
  if (mode === "peers")
    groupPeers(objects, (object, peers) => {
      object[STATE].peers = peers;
    });
  for (const selection of related) shareFetchMode(selectedObjects(objects, selection), mode, selection.related);
}

// The rows that one path of selectRelated brought along.
function selectedObjects(objects: readonly ModelBase[], { field, attribute, name }: RelatedSelection): ModelBase[] {
  const key = isReverse(field) ? (field.accessorName ?? name) : field.name;
  return objects
    .map((object) =>
      attribute === undefined ? object[STATE].cached(key)?.value : (object as unknown as Record<string, unknown>)[name],
    )
    .filter((found): found is ModelBase => found !== null && found !== undefined);
}
