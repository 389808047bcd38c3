// Finds all rows that a deletion concerns, then deletes and changes them in the right order. Answers to `Collector`.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { atomic } from "../db/transaction.ts";
import { Q } from "../expressions/q.ts";
import type { Field } from "../fields/field.ts";
import type { ForeignKey } from "../fields/foreign-key.ts";
import type { Relation } from "../fields/relation.ts";
import { Query } from "../query/query.ts";
import { deleteRows } from "../query/writes/delete.ts";
import { updateRows } from "../query/writes/update.ts";
import { referringRelations } from "./goes-alone.ts";
import { valuesOf } from "./instances.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { ProtectedError, RestrictedError } from "./on-delete.ts";
import { postDelete, preDelete } from "./signals.ts";
import { STATE } from "./state.ts";
import { comparableKey } from "../values/comparable.ts";

/** How many keys one statement of a deletion has at most. */
const GET_ITERATOR_CHUNK_SIZE = 100;
/** How many rows one search for referring rows is made for. */
const COLLECT_BATCH = 500;

interface CollectOptions {
  readonly source?: ModelClass;
  readonly nullable?: boolean;
  readonly collectRelated?: boolean;
  readonly reverseDependency?: boolean;
  readonly keepParents?: boolean;
  readonly failOnRestricted?: boolean;
}

/** Rows that need not be fetched: one statement deletes them. */
interface FastDelete {
  readonly model: ModelClass;
  readonly query: Query;
}

interface FieldUpdate {
  readonly field: Field;
  readonly value: unknown;
  readonly objects: ModelBase[];
  /** The rows by condition, where they were not fetched. */
  readonly queries: Query[];
}

/** Reads the rows of a query as instances. */
export type ReadRows = (model: ModelClass, query: Query, only: readonly string[] | undefined) => Promise<ModelBase[]>;

export class Collector {
  readonly #connection: BaseWrapper;
  readonly #origin: unknown;
  readonly #read: ReadRows;
  readonly #data = new Map<ModelClass, Map<unknown, ModelBase>>();
  readonly #fieldUpdates: FieldUpdate[] = [];
  readonly #fastDeletes: FastDelete[] = [];
  readonly #nullableLinks: (readonly [Field, readonly ModelBase[]])[] = [];
  /** What the rows of a table hold in foreign keys to the table itself, by their keys. */
  readonly #ownLinks = new Map<ForeignKey, Map<unknown, unknown>>();
  readonly #dependencies = new Map<ModelClass, Set<ModelClass>>();
  readonly #restricted = new Map<ModelClass, Map<Field, Set<ModelBase>>>();

  constructor(connection: BaseWrapper, origin: unknown, read: ReadRows) {
    this.#connection = connection;
    this.#origin = origin;
    this.#read = read;
  }

  /** Collects rows and everything that depends on them. */
  async collect(model: ModelClass, objects: readonly ModelBase[], options: CollectOptions = {}): Promise<void> {
    const {
      source,
      nullable = false,
      collectRelated = true,
      reverseDependency = false,
      keepParents = false,
      failOnRestricted = true,
    } = options;
    const added = this.#add(model, objects, source, nullable, reverseDependency);
    if (added.length === 0) return;
    if (!keepParents) await this.#collectParents(model, added);
    if (!collectRelated) return;
    const protectedBy = new Map<string, ModelBase[]>();
    const kept = keepParents ? new Set(model._meta.getParentList()) : new Set<ModelClass>();
    const fast = new Map<ModelClass, ForeignKey[]>();
    for (const relation of referringRelations(model)) {
      if (keepParents && kept.has(relation.model._meta.concreteModel)) continue;
      const { onDelete, relatedModel } = relation;
      if (onDelete === undefined || onDelete.name === "DO_NOTHING" || onDelete.database !== undefined) continue;
      const field = relation.field as ForeignKey;
      if (this.canFastDelete(relatedModel, field)) fast.set(relatedModel, [...(fast.get(relatedModel) ?? []), field]);
      else await this.#collectRelation(model, relation, added, protectedBy);
    }
    for (const [related, fields] of fast)
      for (const batch of batches(added, COLLECT_BATCH)) this.addFastDelete(related, referring(related, fields, batch));
    if (protectedBy.size > 0) {
      const names = [...protectedBy.keys()].map((name) => `'${name}'`).join(", ");
      throw new ProtectedError(
        `Cannot delete some instances of '${model._meta.objectName}': they are referenced by the protected foreign keys ${names}.`,
        [...protectedBy.values()].flat(),
      );
    }
    if (failOnRestricted) await this.#checkRestricted(model);
  }

  /** Rows by condition, when nothing hangs on them and nobody listens. */
  canFastDelete(model: ModelClass, fromField?: Field): boolean {
    if (fromField?.remoteField !== undefined && fromField.remoteField.onDelete?.name !== "CASCADE") return false;
    if (preDelete.hasListeners(model) || postDelete.hasListeners(model)) return false;
    const links = [...model._meta.concreteModel._meta.parents.values()];
    return (
      links.every((link) => link === fromField) &&
      referringRelations(model).every(
        (relation) => relation.onDelete?.name === "DO_NOTHING" || relation.onDelete?.database !== undefined,
      )
    );
  }

  addFastDelete(model: ModelClass, query: Query): void {
    this.#fastDeletes.push({ model, query });
  }

  #add(
    model: ModelClass,
    objects: readonly ModelBase[],
    source: ModelClass | undefined,
    nullable: boolean,
    reverse: boolean,
  ): ModelBase[] {
    let known = this.#data.get(model);
    if (known === undefined) this.#data.set(model, (known = new Map()));
    const added: ModelBase[] = [];
    for (const object of objects) {
      const key = comparableKey(object.pk);
      if (known.has(key)) continue;
      known.set(key, object);
      added.push(object);
    }
    // A nullable link needs no order, and rows of one table have an order of their own.
    if (source !== undefined && !nullable && source._meta.concreteModel !== model._meta.concreteModel)
      this.#depend(source, model, reverse);
    return added;
  }

  #depend(model: ModelClass, on: ModelClass, reverse: boolean): void {
    const [first, second] = reverse ? [on, model] : [model, on];
    const a = first._meta.concreteModel;
    const set = this.#dependencies.get(a) ?? new Set();
    set.add(second._meta.concreteModel);
    this.#dependencies.set(a, set);
  }

  async #collectParents(model: ModelClass, added: readonly ModelBase[]): Promise<void> {
    for (const [parent, link] of model._meta.concreteModel._meta.parents) {
      if (link === null) continue;
      const rows: ModelBase[] = [];
      for (const object of added) rows.push(await this.#parentOf(object, parent, link));
      await this.collect(parent, rows, {
        source: model,
        collectRelated: false,
        reverseDependency: true,
        failOnRestricted: false,
      });
    }
  }

  // A child that was loaded whole has all values of its parent; otherwise the parent's row is read.
  async #parentOf(child: ModelBase, parent: ModelClass, link: ForeignKey): Promise<ModelBase> {
    const key = valuesOf(child)[link.attname];
    if (parent._meta.concreteFields.every((field) => Object.hasOwn(child, field.attname)))
      return parentInstance(child, parent, key);
    const query = new Query(parent);
    query.addQ(Q.create([["pk", key]]));
    const [row] = await this.#read(parent, query, undefined);
    return row ?? parentInstance(child, parent, key);
  }

  async #collectRelation(
    model: ModelClass,
    relation: Relation,
    objects: readonly ModelBase[],
    protectedBy: Map<string, ModelBase[]>,
  ): Promise<void> {
    const field = relation.field as ForeignKey;
    const related = relation.relatedModel;
    for (const batch of batches(objects, COLLECT_BATCH)) {
      const query = referring(related, [field], batch);
      if (relation.onDelete?.lazy === true) {
        await this.#applyLazy(relation, field, query);
        continue;
      }
      const rows = await this.#read(related, query, this.#neededColumns(related));
      if (rows.length > 0) await this.#apply(model, relation, field, rows, protectedBy);
    }
  }

  // Without listeners only what the collector itself reads is fetched.
  #neededColumns(model: ModelClass): readonly string[] | undefined {
    if (preDelete.hasListeners(model) || postDelete.hasListeners(model)) return undefined;
    const names = new Set(
      referringRelations(model)
        .map((relation) => relation.field.targetField)
        // The key of a parent is known from the link to it.
        .filter((target) => !target.primaryKey)
        .map((target) => target.attname),
    );
    for (const key of model._meta.pkFields) names.add(key.attname);
    for (const link of model._meta.parents.values()) if (link !== null) names.add(link.attname);
    if (!this.#connection.features.canDeferConstraintChecks)
      for (const field of selfReferences(model)) names.add(field.attname);
    return [...names];
  }

  async #applyLazy(relation: Relation, field: ForeignKey, query: Query): Promise<void> {
    await relation.onDelete?.apply(
      {
        cascade: () => {},
        protect: () => {},
        restrict: () => {},
        setTo: (value) => {
          this.#update(field, value).queries.push(query);
        },
      },
      () => field.getDefault(),
    );
  }

  async #apply(
    model: ModelClass,
    relation: Relation,
    field: ForeignKey,
    rows: ModelBase[],
    protectedBy: Map<string, ModelBase[]>,
  ): Promise<void> {
    const name = field.toString();
    await relation.onDelete?.apply(
      {
        cascade: async () => {
          await this.collect(relation.relatedModel, rows, {
            source: model,
            nullable: field.null && this.#connection.features.canDeferConstraintChecks,
            failOnRestricted: false,
          });
          if (field.null) this.#nullableLinks.push([field, rows]);
          if (relation.relatedModel._meta.concreteModel === model._meta.concreteModel) this.#noteLinks(field, rows);
        },
        setTo: (value) => {
          this.#update(field, value).objects.push(...rows);
        },
        protect: () => {
          protectedBy.set(name, [...(protectedBy.get(name) ?? []), ...rows]);
        },
        restrict: () => {
          const fields = this.#restricted.get(relation.relatedModel) ?? new Map<Field, Set<ModelBase>>();
          fields.set(field, new Set([...(fields.get(field) ?? []), ...rows]));
          this.#restricted.set(relation.relatedModel, fields);
        },
      },
      () => field.getDefault(),
    );
  }

  #noteLinks(field: ForeignKey, rows: readonly ModelBase[]): void {
    // Elsewhere the column was not even read.
    if (this.#connection.features.canDeferConstraintChecks) return;
    const known = this.#ownLinks.get(field) ?? new Map<unknown, unknown>();
    for (const row of rows) known.set(comparableKey(row.pk), comparableKey(valuesOf(row)[field.attname]));
    this.#ownLinks.set(field, known);
  }

  // Each row before those that it refers to, if there is such an order.
  #referringFirst(model: ModelClass, rows: readonly ModelBase[]): readonly ModelBase[] | undefined {
    const { concreteModel } = model._meta;
    const links = [...this.#ownLinks].filter(([field]) => field.model._meta.concreteModel === concreteModel);
    const targets = links.map(([field, held]) => {
      const byValue = new Map(rows.map((row) => [comparableKey(field.targetField.valueFromObject(row)), row]));
      return (row: ModelBase): ModelBase | undefined => byValue.get(held.get(comparableKey(row.pk)));
    });
    return links.length === 0 ? rows : sortedByTargets(rows, targets);
  }

  #update(field: Field, value: unknown): FieldUpdate {
    const known = this.#fieldUpdates.find((update) => update.field === field && update.value === value);
    if (known !== undefined) return known;
    const update: FieldUpdate = { field, value, objects: [], queries: [] };
    this.#fieldUpdates.push(update);
    return update;
  }

  // Rows that restrict the deletion are fine where they go too.
  async #checkRestricted(model: ModelClass): Promise<void> {
    for (const { model: related, query } of this.#fastDeletes) await this.#clearRestricted(related, query);
    const left = new Map<string, ModelBase[]>();
    for (const [related, fields] of this.#restricted) {
      const going = this.#data.get(related);
      for (const [field, rows] of fields) {
        const staying = [...rows].filter((row) => going?.has(comparableKey(row.pk)) !== true);
        if (staying.length > 0) left.set(field.toString(), staying);
      }
    }
    if (left.size === 0) return;
    const names = [...left.keys()].map((name) => `'${name}'`).join(", ");
    throw new RestrictedError(
      `Cannot delete some instances of '${model._meta.objectName}': they are referenced by the restricted foreign keys ${names}.`,
      [...left.values()].flat(),
    );
  }

  async #clearRestricted(related: ModelClass, query: Query): Promise<void> {
    const fields = this.#restricted.get(related);
    if (fields === undefined) return;
    const keys = [...fields.values()].flatMap((rows) => [...rows].map((row) => row.pk));
    const narrowed = query.clone();
    narrowed.addQ(Q.create([["pk__in", keys]]));
    const going = new Set((await this.#read(related, narrowed, undefined)).map((row) => comparableKey(row.pk)));
    for (const [field, rows] of fields)
      fields.set(field, new Set([...rows].filter((row) => !going.has(comparableKey(row.pk)))));
  }

  // Where foreign keys are checked at once, a ring of rows that refer to each other is opened at its nullable links.
  #openRings(): void {
    if (this.#connection.features.canDeferConstraintChecks) return;
    const ownRing = [...this.#data].some(
      ([model, rows]) => this.#referringFirst(model, [...rows.values()]) === undefined,
    );
    if (!ownRing && this.#sorted() !== undefined) return;
    for (const [field, rows] of this.#nullableLinks) this.#update(field, null).objects.push(...rows);
  }

  // Models in an order in which no row refers to one that is gone, if there is one.
  #sorted(): ModelClass[] | undefined {
    const models = [...this.#data.keys()];
    const done = new Set<ModelClass>();
    const sorted: ModelClass[] = [];
    while (sorted.length < models.length) {
      const ready = models.filter((model) => {
        if (sorted.includes(model)) return false;
        const dependencies = this.#dependencies.get(model._meta.concreteModel);
        return dependencies === undefined || ![...dependencies].some((dependency) => !done.has(dependency));
      });
      if (ready.length === 0) return undefined;
      for (const model of ready) {
        sorted.push(model);
        done.add(model._meta.concreteModel);
      }
    }
    return sorted;
  }

  /** Deletes. Gives how many rows went, in all and by model. */
  async delete(): Promise<[number, Record<string, number>]> {
    const single = this.#singleObject();
    if (single !== undefined) return single();
    const counts = new Map<string, number>();
    const count = (model: ModelClass, rows: number): void => {
      if (rows === 0) return;
      const { label } = model._meta;
      counts.set(label, (counts.get(label) ?? 0) + rows);
    };
    this.#openRings();
    const order = this.#sorted() ?? [...this.#data.keys()];
    await atomic(
      async () => {
        for (const [model, object] of this.#instances())
          if (model._meta.autoCreated === false && preDelete.hasListeners(model))
            await preDelete.asend(this.#payload(model, object));
        for (const { model, query } of this.#fastDeletes) count(model, await deleteRows(query, this.#connection));
        for (const update of this.#fieldUpdates) await this.#sendUpdate(update);
        for (const model of order) {
          const rows = [...(this.#data.get(model)?.values() ?? [])].reverse();
          count(model, await this.#deleteByKey(model, rows));
          if (model._meta.autoCreated === false && postDelete.hasListeners(model))
            for (const object of rows) await postDelete.asend(this.#payload(model, object));
        }
      },
      { using: this.#connection.alias, savepoint: false },
    );
    this.#finish();
    return [[...counts.values()].reduce((sum, rows) => sum + rows, 0), Object.fromEntries(counts)];
  }

  #payload(model: ModelClass, instance: ModelBase) {
    return { sender: model, instance, using: this.#connection.alias, origin: this.#origin };
  }

  *#instances(): Generator<readonly [ModelClass, ModelBase]> {
    for (const [model, objects] of this.#data) for (const object of objects.values()) yield [model, object];
  }

  // One row that nothing hangs on needs no transaction of several statements.
  #singleObject(): (() => Promise<[number, Record<string, number>]>) | undefined {
    const [entry, second] = this.#data;
    if (entry === undefined || second !== undefined || entry[1].size !== 1) return undefined;
    const [model, objects] = entry;
    if (this.#fastDeletes.length > 0 || this.#fieldUpdates.length > 0 || !this.canFastDelete(model)) return undefined;
    return async () => {
      const rows = [...objects.values()];
      const removed = await this.#deleteByKey(model, rows);
      this.#finish();
      return [removed, { [model._meta.label]: removed }];
    };
  }

  async #sendUpdate({ field, value, objects, queries }: FieldUpdate): Promise<void> {
    const merged = mergeQueries(queries);
    if (merged !== undefined) await updateRows(merged, [[field, value]], this.#connection);
    for (let at = 0; at < objects.length; at += GET_ITERATOR_CHUNK_SIZE) {
      const query = new Query(field.model);
      query.addQ(Q.create([["pk__in", objects.slice(at, at + GET_ITERATOR_CHUNK_SIZE).map((object) => object.pk)]]));
      await updateRows(query, [[field, value]], this.#connection);
    }
  }

  async #deleteByKey(model: ModelClass, rows: readonly ModelBase[]): Promise<number> {
    let removed = 0;
    const { pk } = model._meta.concreteModel._meta;
    const inOrder = !this.#connection.features.canDeferConstraintChecks && this.#ownLinks.size > 0;
    const sorted = (inOrder ? this.#referringFirst(model, rows) : undefined) ?? rows;
    for (let at = 0; at < sorted.length; at += GET_ITERATOR_CHUNK_SIZE) {
      const query = new Query(model._meta.concreteModel);
      const keys = sorted
        .slice(at, at + GET_ITERATOR_CHUNK_SIZE)
        .map((object) => valuesOf(object)[pk.attname] ?? object.pk);
      query.addQ(Q.create([[`${pk.attname}__in`, keys]]));
      removed += await deleteRows(query, this.#connection, inOrder ? keys : undefined);
    }
    return removed;
  }

  // Deleted instances have no key any more; those that referred to them have the new value.
  #finish(): void {
    for (const { field, value, objects } of this.#fieldUpdates)
      for (const object of objects) valuesOf(object)[field.attname] = value;
    for (const [model, object] of this.#instances()) valuesOf(object)[model._meta.pk.attname] = null;
  }
}

// The rows of a model that refer to some others by any of the fields.
function referring(model: ModelClass, fields: readonly ForeignKey[], objects: readonly ModelBase[]): Query {
  const query = new Query(model);
  const lookups = fields.map((field): readonly [string, unknown] => [
    `${field.name}__in`,
    // A part of a row has no key of its own where the link to it has it.
    objects.map(
      (object) => field.targetField.valueFromObject(object) ?? (field.targetField.primaryKey ? object.pk : null),
    ),
  ]);
  query.addQ(Q.create(lookups, "OR"));
  return query;
}

// The foreign keys of a table to itself.
function selfReferences(model: ModelClass): ForeignKey[] {
  const { concreteModel } = model._meta;
  return concreteModel._meta.localConcreteFields.filter(
    (field): field is ForeignKey =>
      field.remoteField !== undefined && field.remoteField.model._meta.concreteModel === concreteModel,
  );
}

// Each row before those that it refers to, if there is such an order.
function sortedByTargets(
  rows: readonly ModelBase[],
  targets: readonly ((row: ModelBase) => ModelBase | undefined)[],
): ModelBase[] | undefined {
  const begun = new Set<ModelBase>();
  const done = new Set<ModelBase>();
  const visit = (row: ModelBase): boolean => {
    if (begun.has(row)) return done.has(row);
    begun.add(row);
    for (const targetOf of targets) {
      const target = targetOf(row);
      if (target !== undefined && target !== row && !visit(target)) return false;
    }
    done.add(row);
    return true;
  };
  return rows.every(visit) ? [...done].reverse() : undefined;
}

function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

// Conditions on the same model joined by OR, so that one statement does.
function mergeQueries(queries: readonly Query[]): Query | undefined {
  const [first, ...rest] = queries;
  if (first === undefined) return undefined;
  const merged = first.clone();
  for (const query of rest) merged.where = merged.where.with(query.where, "OR");
  return merged;
}

function parentInstance(child: ModelBase, parent: ModelClass, key: unknown): ModelBase {
  // The child has all values of its parent, under the same names.
  const object = Object.create(parent.prototype) as ModelBase;
  object[STATE] = child[STATE];
  for (const field of parent._meta.concreteFields)
    if (Object.hasOwn(child, field.attname)) valuesOf(object)[field.attname] = valuesOf(child)[field.attname];
  valuesOf(object)[parent._meta.pk.attname] = key;
  return object;
}
