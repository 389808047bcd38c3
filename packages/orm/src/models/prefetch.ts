// prefetchRelated: the related rows of many instances with one statement for each relation.

import { FieldError } from "@tsgo/core/exceptions";

import { connections } from "../db/connections.ts";
import { Q } from "../expressions/q.ts";
import { Col } from "../expressions/references.ts";
import type { QuerySource } from "../expressions/subquery.ts";
import { Window } from "../expressions/window.ts";
import type { ForeignKey } from "../fields/foreign-key.ts";
import type { ManyToManyField } from "../fields/many-to-many.ts";
import type { Relation } from "../fields/relation.ts";
import { RowNumber } from "../functions/window.ts";
import { GreaterThan, LessThanOrEqual } from "../lookups/comparison.ts";
import { orderByTerms } from "../query/compiler/order-by.ts";
import { SelectCompiler } from "../query/compiler/select.ts";
import type { Query } from "../query/query.ts";
import type { Token } from "../query/shapes/shape.ts";
import { addValue } from "../query/shapes/tokens.ts";
import { modelOf, valuesOf } from "./instances.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { isReverse } from "./options.ts";
import type { QuerySet } from "./queryset.ts";
import { RECIPE, chained } from "./queryset/chain.ts";
import { type Direction, forwardDirection, reverseDirection } from "./related/directions.ts";
import { STATE } from "./state.ts";

/** What is to be fetched: a path of relations, or one with a queryset of its own. */
export type PrefetchLookup = string | Prefetch;

/**
 * A relation to fetch with a queryset of your own, and perhaps into an attribute of its own.
 *
 * @example new Prefetch("choices", { queryset: Choice.objects.filter({ votes__gt: 0 }), toAttr: "popular" })
 */
export class Prefetch {
  /** The path as given. */
  readonly prefetchThrough: string;
  /** The path with `toAttr` at its end. */
  readonly prefetchTo: string;
  readonly queryset: QuerySet | undefined;
  readonly toAttr: string | undefined;

  constructor(
    lookup: string,
    options: { readonly queryset?: QuerySource | undefined; readonly toAttr?: string | undefined } = {},
  ) {
    const queryset = options.queryset as unknown as QuerySet | undefined;
    if (queryset !== undefined && queryset.rowKind !== "model")
      throw new FieldError("Prefetch() takes a queryset of instances, not of values().");
    this.prefetchThrough = lookup;
    this.queryset = queryset;
    this.toAttr = options.toAttr;
    this.prefetchTo =
      options.toAttr === undefined ? lookup : [...lookup.split("__").slice(0, -1), options.toAttr].join("__");
  }

  /** The same under a longer path. @internal */
  under(prefix: string): Prefetch {
    return new Prefetch(`${prefix}__${this.prefetchThrough}`, { queryset: this.queryset, toAttr: this.toAttr });
  }
}

interface Task {
  readonly through: readonly string[];
  readonly to: readonly string[];
  readonly queryset: QuerySet | undefined;
  readonly toAttr: string | undefined;
}

/** Fetches related rows of instances. Answers to `prefetch_related_objects`. */
export async function prefetchInto(instances: readonly ModelBase[], lookups: readonly PrefetchLookup[]): Promise<void> {
  if (instances.length === 0) return;
  const done = new Set<string>();
  const automatic = new Set<string>();
  const queue = lookups.map((lookup) => [lookup, false] as readonly [PrefetchLookup, boolean]);
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
    const [lookup, auto] = entry;
    const task = asTask(lookup);
    const path = task.to.join("__");
    if (done.has(path)) {
      if (task.queryset !== undefined && !auto)
        throw new FieldError(
          `'${path}' was fetched already, with another queryset. The order of the lookups may need to change.`,
        );
      continue;
    }
    queue.unshift(...(await fetchPath(instances, task, done, automatic)).map((further) => [further, true] as const));
  }
}

function asTask(lookup: PrefetchLookup): Task {
  if (typeof lookup === "string")
    return { through: lookup.split("__"), to: lookup.split("__"), queryset: undefined, toAttr: undefined };
  return {
    through: lookup.prefetchThrough.split("__"),
    to: lookup.prefetchTo.split("__"),
    queryset: lookup.queryset,
    toAttr: lookup.toAttr,
  };
}

// Goes along the path, fetching what is not there. Gives the lookups that the querysets on the way bring along.
async function fetchPath(
  instances: readonly ModelBase[],
  task: Task,
  done: Set<string>,
  automatic: Set<string>,
): Promise<PrefetchLookup[]> {
  let objects = [...instances];
  const further: PrefetchLookup[] = [];
  for (const [level, name] of task.through.entries()) {
    objects = objects.filter((object) => object !== null && object !== undefined);
    const [first] = objects;
    if (first === undefined) break;
    const to = task.to[level] ?? name;
    const path = task.to.slice(0, level + 1).join("__");
    const last = level === task.through.length - 1;
    const relation = relationNamed(modelOf(first), name);
    const existing = relation === undefined ? attributeObjects(objects, to) : undefined;
    if (relation === undefined && existing === undefined)
      throw new FieldError(
        `Cannot find '${name}' on ${modelOf(first)._meta.objectName} for prefetchRelated: '${task.through.join("__")}' is no path of relations.`,
      );
    if (last && relation === undefined)
      throw new FieldError(
        `'${task.through.join("__")}' does not end in a relation, so it cannot be fetched by prefetchRelated.`,
      );
    if (relation === undefined) {
      objects = existing ?? [];
      continue;
    }
    const toAttr = last ? task.toAttr : undefined;
    const queryset = last ? task.queryset : undefined;
    const lacking = objects.filter((object) => !isFetched(object, relation, toAttr ?? name));
    if (lacking.length > 0 && !done.has(path)) {
      const brought = await fetchRelation(lacking, relation, name, toAttr, queryset);
      if (!(automatic.has(path) && brought.length > 0)) done.add(path);
      for (const inner of brought) {
        const moved = typeof inner === "string" ? `${path}__${inner}` : inner.under(path);
        automatic.add(typeof moved === "string" ? moved : moved.prefetchTo);
        further.push(moved);
      }
    }
    objects = objects.flatMap((object) => relatedOf(object, relation, toAttr ?? name));
  }
  return further;
}

/** How a relation is fetched. */
type Related =
  | { readonly kind: "forward"; readonly field: ForeignKey; readonly name: string }
  | { readonly kind: "one"; readonly relation: Relation; readonly name: string }
  | { readonly kind: "many"; readonly relation: Relation; readonly name: string }
  | { readonly kind: "links"; readonly direction: Direction; readonly name: string };

function relationNamed(model: ModelClass, name: string): Related | undefined {
  const meta = model._meta;
  for (const field of meta.fields)
    if (field.name === name && field.remoteField !== undefined)
      return { kind: "forward", field: field as ForeignKey, name };
  for (const field of meta.manyToMany)
    if (field.name === name) return { kind: "links", direction: forwardDirection(field), name };
  for (const relation of meta.allRelatedObjects) {
    if (!isReverse(relation) || relation.accessorName !== name) continue;
    if (relation.manyToMany)
      return { kind: "links", direction: reverseDirection(relation.field as ManyToManyField, name), name };
    return { kind: relation.oneToOne ? "one" : "many", relation, name };
  }
  return undefined;
}

// What an earlier lookup put into an attribute of its own, or a plain attribute.
function attributeObjects(objects: readonly ModelBase[], name: string): ModelBase[] | undefined {
  if (!objects.some((object) => name in object)) return undefined;
  return objects.flatMap((object) => valuesOf(object)[name] as ModelBase | ModelBase[]);
}

function isFetched(object: ModelBase, relation: Related, name: string): boolean {
  if (name !== relation.name) return Object.hasOwn(object, name);
  if (relation.kind === "forward") {
    const cached = object[STATE].cached(relation.name);
    return cached !== undefined && String(cached.key) === String(valuesOf(object)[relation.field.attname]);
  }
  if (relation.kind === "one") return object[STATE].cached(relation.name) !== undefined;
  return object[STATE].prefetched(relation.name) !== undefined;
}

function relatedOf(object: ModelBase, relation: Related, name: string): ModelBase[] {
  if (name !== relation.name) {
    const value = valuesOf(object)[name] as ModelBase | ModelBase[] | null;
    return value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
  }
  if (relation.kind === "forward" || relation.kind === "one") {
    const value = object[STATE].cached(name)?.value as ModelBase | null | undefined;
    return value === null || value === undefined ? [] : [value];
  }
  return [...((object[STATE].prefetched(name) as QuerySet | undefined)?.cachedRows ?? [])];
}

function assertWhole(given: QuerySet | undefined, toAttr: string | undefined, name: string): void {
  if (given?.query.isSliced === true && toAttr === undefined)
    throw new FieldError(
      `A slice fetched for '${name}' needs an attribute of its own, or it would pass for all rows: give toAttr.`,
    );
}

async function fetchRelation(
  instances: readonly ModelBase[],
  relation: Related,
  name: string,
  toAttr: string | undefined,
  given: QuerySet | undefined,
): Promise<readonly PrefetchLookup[]> {
  assertWhole(given, toAttr, name);
  const { queryset, keyOfInstance, keyOfRow, single, after } = plan(instances, relation, given);
  const inner = queryset.prefetchLookups;
  const inherited = given === undefined && instances[0] !== undefined ? queryset.inFetchModeOf(instances[0]) : queryset;
  const plainQuery = inner.length > 0 ? inherited.prefetchRelated(null) : inherited;
  const rows = await plainQuery;
  const groups = new Map<string, ModelBase[]>();
  for (const row of rows) {
    const key = String(keyOfRow(row));
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  for (const instance of instances) {
    const found = groups.get(String(keyOfInstance(instance))) ?? [];
    if (single) assignSingle(instance, relation, name, toAttr, found[0] ?? null);
    else assignMany(instance, name, toAttr, found, plainQuery);
    after(instance, found);
  }
  return inner;
}

function assignSingle(
  instance: ModelBase,
  relation: Related,
  name: string,
  toAttr: string | undefined,
  row: ModelBase | null,
): void {
  if (toAttr !== undefined) valuesOf(instance)[toAttr] = row;
  else
    instance[STATE].cache(
      name,
      row,
      relation.kind === "forward" ? valuesOf(instance)[relation.field.attname] : undefined,
    );
}

function assignMany(
  instance: ModelBase,
  name: string,
  toAttr: string | undefined,
  rows: readonly ModelBase[],
  source: QuerySet,
): void {
  if (toAttr !== undefined) {
    if (modelOf(instance)._meta.findField(toAttr) !== undefined)
      throw new FieldError(`toAttr '${toAttr}' conflicts with a field of ${modelOf(instance)._meta.label}.`);
    valuesOf(instance)[toAttr] = [...rows];
    return;
  }
  const result = source.all();
  result.setCachedRows(rows);
  instance[STATE].setPrefetched(name, result);
}

interface Plan {
  readonly queryset: QuerySet;
  readonly keyOfInstance: (instance: ModelBase) => unknown;
  readonly keyOfRow: (row: ModelBase) => unknown;
  readonly single: boolean;
  /** Tells the rows which instance they belong to. */
  readonly after: (instance: ModelBase, rows: readonly ModelBase[]) => void;
}

function plan(instances: readonly ModelBase[], relation: Related, given: QuerySet | undefined): Plan {
  const [first] = instances;
  switch (relation.kind) {
    case "forward": {
      const { field } = relation;
      const { targetField } = field;
      const keys = new Set(
        instances
          .map((instance) => valuesOf(instance)[field.attname])
          .filter((key) => key !== null && key !== undefined),
      );
      const base = given ?? field.remoteField.model._meta.baseManager.getQueryset();
      const back = field.oneToOne ? field.remoteField.accessorName : undefined;
      return {
        queryset: narrowed(base.about(first), targetField.name, [...keys]),
        keyOfInstance: (instance) => valuesOf(instance)[field.attname],
        keyOfRow: (row) => targetField.valueFromObject(row) ?? row.pk,
        single: true,
        after: (instance, rows) => {
          if (back !== undefined) for (const row of rows) row[STATE].cache(back, instance, undefined);
        },
      };
    }
    case "one":
    case "many": {
      const { field, relatedModel } = relation.relation;
      const base =
        given ??
        (relation.kind === "one" ? relatedModel._meta.baseManager : relatedModel._meta.defaultManager).getQueryset();
      return {
        queryset: narrowed(base.about(first), field.name, [...instances]),
        keyOfInstance: (instance) => field.targetField.valueFromObject(instance) ?? instance.pk,
        keyOfRow: (row) => valuesOf(row)[field.attname],
        single: relation.kind === "one",
        after: (instance, rows) => {
          for (const row of rows) row[STATE].cache(field.name, instance, valuesOf(row)[field.attname]);
        },
      };
    }
    case "links":
      break;
  }
  return linkPlan(instances, relation.direction, given);
}

const BELONGING = Symbol("belonging");
const LINK = Symbol("link");

// The rows that belong to any of the instances. A slice counts for each of them.
function narrowed(queryset: QuerySet, name: string, values: readonly unknown[]): QuerySet {
  const key = `${name}__in`;
  const tokens: Token[] = [BELONGING, key];
  const given: unknown[] = [];
  const known = addValue(values, tokens, given) && !queryset[RECIPE].specimen.isSliced;
  return chained(queryset, known ? tokens : undefined, given, (query, place) => {
    if (query.isSliced) query.addQ(Q.create([[key, values]]).and(ownSlice(query, name, queryset.db)), true);
    else query.addQ(Q.create([[key, known ? place(values) : values]]), true);
  });
}

// The slice of a query as a condition on the place among the rows of the same instance.
function ownSlice(query: Query, name: string, db: string): Q {
  const { lowMark, highMark } = query;
  const compiler = new SelectCompiler(query.clone(), connections.get(db));
  compiler.setup();
  const number = new Window(new RowNumber(), {
    partitionBy: name,
    orderBy: orderByTerms(compiler).map(({ term }) => term),
  });
  query.clearLimits();
  const after = new Q(new GreaterThan(number, lowMark));
  return highMark === null ? after : after.and(new LessThanOrEqual(number, highMark));
}

/** The attribute that carries the instance's key on a row of a many-to-many relation. */
const LINK_KEY = "_prefetchRelatedValue";

function linkPlan(instances: readonly ModelBase[], direction: Direction, given: QuerySet | undefined): Plan {
  const { model, queryName, source, field } = direction;
  const base = (given ?? model._meta.defaultManager.getQueryset()).about(instances[0]);
  const table = field.remoteField.throughModel._meta.dbTable;
  const queryset = chained(narrowed(base.sticky(), queryName, [...instances]), [LINK, source], [], (query) => {
    const alias =
      [...query.aliases.tables].findLast(
        ([name, joined]) => joined.tableName === table && query.aliases.count(name) > 0,
      )?.[0] ?? table;
    query.annotations = new Map(query.annotations).set(LINK_KEY, new Col(alias, source));
    if (query.annotationMask !== undefined) query.annotationMask = new Set([...query.annotationMask, LINK_KEY]);
  });
  return {
    queryset,
    keyOfInstance: (instance) => source.targetField.valueFromObject(instance) ?? instance.pk,
    keyOfRow: (row) => valuesOf(row)[LINK_KEY],
    single: false,
    after: () => {},
  };
}
