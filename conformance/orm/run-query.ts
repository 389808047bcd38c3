// Runs one query case: chain, terminal, what is shown, and how many statements it took.

import type { QuerySet } from "../../packages/orm/src/models/queryset.ts";
import type { ModelBase } from "../../packages/orm/src/models/model.ts";
import { linkLabel } from "./link-label.ts";
import type { Decoder } from "./expressions.ts";
import { showRow } from "./show.ts";

type Json = Readonly<Record<string, unknown>>;

/** A query as cases write it. */
export interface QuerySpec {
  readonly model: string;
  readonly manager?: string;
  readonly chain?: readonly (readonly unknown[])[];
  readonly terminal: string;
  readonly args?: readonly unknown[];
  readonly show?: readonly (string | { readonly path: string; readonly unordered?: boolean })[];
}

/** What a query gave, in the form of `expect`. */
export type QueryResult = Record<string, unknown>;

/** Counts the statements sent since it was made. */
export interface Counter {
  readonly count: () => number;
}

/** Runs the terminal of a query. */
export async function runTerminal(
  queryset: QuerySet,
  spec: QuerySpec,
  decoder: Decoder,
  counter: Counter,
): Promise<QueryResult> {
  const args = (spec.args ?? []).map((argument) => decoder.value(argument));
  const show = spec.show ?? [];
  const rows = async (list: readonly unknown[]): Promise<QueryResult> => describeRows(list, show);
  const single = async (row: unknown): Promise<QueryResult> => describeRow(row, show);
  switch (spec.terminal) {
    case "list":
      return rows(await queryset);
    case "iterate": {
      const list: unknown[] = [];
      const [first] = args;
      const options =
        typeof first === "object" && first !== null
          ? (first as { chunkSize?: number })
          : typeof first === "number"
            ? { chunkSize: first }
            : {};
      for await (const row of queryset.iterator(options)) list.push(row);
      return rows(list);
    }
    case "get":
      return single(await queryset.get(...(args as never[])));
    case "first":
      return single(await queryset.first());
    case "last":
      return single(await queryset.last());
    case "latest":
      return single(await queryset.latest(...(args as string[])));
    case "earliest":
      return single(await queryset.earliest(...(args as string[])));
    case "at":
      return single(await queryset.at(Number(args[0])));
    case "count":
      return { value: await queryset.count() };
    case "exists":
      return { value: await queryset.exists() };
    case "length":
      return { value: (await queryset).length };
    case "ordered":
      return { value: queryset.ordered };
    case "aggregate":
      return { value: await queryset.aggregate(...(args as never[])) };
    case "contains":
      return { value: await queryset.contains(await queryset.model._meta.baseManager.get({ pk: args[0] })) };
    case "inBulk":
      return inBulk(queryset, args);
    case "update":
      return { value: await queryset.update(args[0] as Json) };
    case "delete":
      return { value: relabel(await queryset.delete()) };
    case "sequence":
      return sequence(queryset, args, counter);
    default:
      throw new Error(`No terminal ${spec.terminal}`);
  }
}

// The table of a many-to-many field is called by the field.
function relabel([total, counts]: readonly [number, Readonly<Record<string, number>>]): unknown {
  return [total, Object.fromEntries(Object.entries(counts).map(([label, count]) => [linkLabel(label), count]))];
}

async function inBulk(queryset: QuerySet, args: readonly unknown[]): Promise<QueryResult> {
  const [keys, options] = args;
  const map = await queryset.inBulk(
    ...((keys === undefined || keys === null ? [] : [keys, options ?? {}]) as [unknown[], object]),
  );
  const pairs = [...map].map(([key, row]) => [key, keyOf(row)]);
  return { map: pairs.toSorted((a, b) => (JSON.stringify(a[0]) < JSON.stringify(b[0]) ? -1 : 1)) };
}

function isInstance(row: unknown): row is ModelBase {
  return typeof row === "object" && row !== null && "_state" in row;
}

function keyOf(row: unknown): unknown {
  return isInstance(row) ? row.pk : row;
}

/** Rows in the form of `expect`. */
export async function describeRows(list: readonly unknown[], show: QuerySpec["show"] = []): Promise<QueryResult> {
  const result: QueryResult = list.length > 0 && !isInstance(list[0]) ? { rows: list } : { pks: list.map(keyOf) };
  if (show.length > 0) {
    const shown: unknown[] = [];
    for (const row of list) shown.push(await showRow(row, show));
    result["shown"] = shown;
  }
  return result;
}

/** One row in the form of `expect`. */
export async function describeRow(row: unknown, show: QuerySpec["show"] = []): Promise<QueryResult> {
  const result: QueryResult =
    row === null || row === undefined ? { row: null, pk: null } : isInstance(row) ? { pk: row.pk } : { row };
  if (show.length > 0 && row !== null && row !== undefined) result["shown"] = await showRow(row, show);
  return result;
}

/** Lists in the order of their JSON text, at every level. */
export function sortedDeep(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map(sortedDeep).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

async function sequence(queryset: QuerySet, calls: readonly unknown[], counter: Counter): Promise<QueryResult> {
  const values: unknown[] = [];
  const counts: number[] = [];
  for (const call of calls) {
    const before = counter.count();
    values.push(await sequenceCall(queryset, call));
    counts.push(counter.count() - before);
  }
  return { values, counts };
}

async function sequenceCall(queryset: QuerySet, call: unknown): Promise<unknown> {
  const [name, ...args] = Array.isArray(call) ? (call as unknown[]) : [call];
  switch (name) {
    case "list":
      return (await queryset).map(keyOf);
    case "again":
      return (await queryset.all()).map(keyOf);
    case "at":
      return keyOf(await queryset.at(Number(args[0])));
    case "slice":
      return (await queryset.slice(Number(args[0] ?? 0), args[1] as number | null)).map(keyOf);
    case "first":
      return keyOf(await queryset.first());
    case "length":
      return (await queryset).length;
    case "bool":
      return (await queryset).length > 0;
    case "contains": {
      const object = Object.assign(Object.create(queryset.model.prototype) as ModelBase, {});
      (object as unknown as Record<string, unknown>)[queryset.model._meta.pk.attname] = args[0];
      return queryset.contains(object);
    }
    case "iterate": {
      const list: unknown[] = [];
      for await (const row of queryset.iterator()) list.push(keyOf(row));
      return list;
    }
    case "count":
      return queryset.count();
    case "exists":
      return queryset.exists();
    case "show": {
      const shown: unknown[] = [];
      const spec = args[0] as string | { readonly path: string; readonly unordered?: boolean };
      for (const row of await queryset) {
        const [value] = await showRow(row, [spec]);
        shown.push(typeof spec !== "string" && spec.unordered === true ? sortedDeep(value) : value);
      }
      return shown;
    }
    default:
      throw new Error(`No call ${String(name)}`);
  }
}
