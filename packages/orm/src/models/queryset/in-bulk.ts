// `inBulk`: rows by key.

import { FieldError } from "@tsgo/core/exceptions";

import type { Query } from "../../query/query.ts";
import { KeyMap } from "../../values/comparable.ts";
import type { ModelBase } from "../model.ts";
import type { QuerySet } from "../queryset.ts";
import { columnNames } from "../iterables.ts";
import { SETTINGS, connectionOf } from "./chain.ts";

/** How the key is read from a row, and what is handed out for it. */
interface KeyedRows<Row> {
  readonly queryset: QuerySet<ModelBase, unknown>;
  readonly keyOf: (row: never) => unknown;
  readonly rowOf: (row: never) => Row;
}

/** The rows with these keys, or all, by key or by another unique field. */
export async function inBulk<Row>(
  queryset: QuerySet<ModelBase, Row>,
  given: Iterable<unknown> | undefined,
  fieldName: string,
): Promise<Map<unknown, Row>> {
  queryset.query.assertNotSliced("inBulk()");
  assertUniqueField(queryset.query, fieldName);
  const keys = given === undefined ? undefined : [...given];
  if (keys?.length === 0) return new KeyMap();
  const { queryset: keyed, keyOf, rowOf } = withKey(queryset, fieldName);
  const rows: unknown[] = [];
  if (keys === undefined) rows.push(...(await keyed.all()));
  else {
    const size = batchSize(queryset, fieldName, keys.length);
    for (let at = 0; at < keys.length; at += size)
      rows.push(...(await keyed.filter({ [`${fieldName}__in`]: keys.slice(at, at + size) })));
  }
  return new KeyMap(rows.map((row) => [keyOf(row as never), rowOf(row as never)]));
}

function whole(row: never): never {
  return row;
}

function batchSize(queryset: QuerySet<ModelBase, unknown>, fieldName: string, all: number): number {
  const { maxQueryParams } = connectionOf(queryset).features;
  const columns = fieldName === "pk" ? queryset.query.meta.pkFields.length : 1;
  return maxQueryParams === null ? all : Math.floor(maxQueryParams / columns);
}

// After values() the key is selected along, and left out of what is handed out.
function withKey<Row>(queryset: QuerySet<ModelBase, Row>, name: string): KeyedRows<Row> {
  const { kind } = queryset[SETTINGS];
  if (kind === "model") {
    const { meta } = queryset.query;
    const attribute = name === "pk" ? "pk" : (meta.findField(name) as { readonly attname: string }).attname;
    return { queryset, keyOf: (row) => row[attribute], rowOf: whole };
  }
  const names = columnNames(queryset.query);
  const position = names.indexOf(name);
  if (kind === "values") {
    if (position >= 0) return { queryset, keyOf: (row) => row[name], rowOf: whole };
    return {
      queryset: queryset.values(name, ...names),
      keyOf: (row) => row[name],
      rowOf: ({ [name]: _key, ...rest }: Record<string, unknown>) => rest as Row,
    };
  }
  if (kind === "flat") {
    if (position >= 0) return { queryset, keyOf: (row) => row, rowOf: whole };
    return { queryset: queryset.valuesList(name, ...names), keyOf: (row) => row[0], rowOf: (row) => row[1] };
  }
  if (position >= 0) return { queryset, keyOf: (row) => row[position], rowOf: whole };
  const named = kind === "named";
  return {
    queryset: named ? queryset.valuesList(name, ...names, { named }) : queryset.valuesList(name, ...names),
    keyOf: (row) => row[0],
    rowOf: named ? whole : (row: readonly unknown[]) => row.slice(1) as Row,
  };
}

function assertUniqueField(query: Query, name: string): void {
  if (name === "pk") return;
  const field = query.meta.getField(name);
  const single = query.meta.constraints.some(
    (constraint) =>
      "fields" in constraint &&
      (constraint.fields as readonly string[]).join() === name &&
      !("condition" in constraint && constraint.condition !== undefined),
  );
  if ("unique" in field && field.unique) return;
  if (single || query.distinctFields.join() === name) return;
  throw new FieldError(`inBulk() needs a unique field, and '${name}' is not unique.`);
}
