// `book.tags`: the rows on the other side of a many-to-many relation.

import { FieldError } from "@tsgo/core/exceptions";

import { connections } from "../../db/connections.ts";
import { allowRelation, routerDbForWrite } from "../../db/routing.ts";
import { atomic } from "../../db/transaction.ts";
import { Q, type Lookups } from "../../expressions/q.ts";
import { describeValue } from "../../fields/field.ts";
import type { ForeignKey } from "../../fields/foreign-key.ts";
import { isInstance } from "../../lookups/related-value.ts";
import { modelOf, valuesOf } from "../instances.ts";
import type { ModelBase, ModelClass } from "../model.ts";
import type { QuerySet } from "../queryset.ts";
import type { UpdateOrCreateOptions } from "../queryset/writes.ts";
import { type M2mAction, m2mChanged } from "../signals.ts";
import { STATE } from "../state.ts";
import type { Direction } from "./directions.ts";
import { defaultManagerClass, defineManagerAccessor, forgetPrefetched } from "./managers.ts";
import { splitOptions } from "./reverse-many.ts";

type Values = Readonly<Record<string, unknown>>;

/** Puts the accessor of one direction on its model. */
export function defineManyToMany(owner: ModelClass, name: string, direction: () => Direction): void {
  let managerClass: ReturnType<typeof linkManagerClass> | undefined;
  defineManagerAccessor(owner, name, (instance) => {
    managerClass ??= linkManagerClass(direction());
    return new managerClass(instance);
  });
}

function linkManagerClass({ field, reverse, name, model, source, target, queryName }: Direction) {
  const through = field.remoteField.throughModel;
  const symmetrical = field.remoteField.symmetrical;
  const automatic = through._meta.autoCreated !== false;
  return class ManyRelatedManager extends defaultManagerClass(model) {
    readonly #instance: ModelBase;

    constructor(instance: ModelBase) {
      super();
      this.#instance = instance;
      this.contributeToClass(model, name);
      if (this.#keyOrNull() === null)
        throw new FieldError(
          `'${modelOf(instance)._meta.objectName}' needs a value for '${source.targetField.name}' before '${name}' can be used.`,
        );
    }

    #keyOrNull(): unknown {
      return (
        valuesOf(this.#instance)[source.targetField.attname] ??
        (source.targetField.primaryKey ? (this.#instance.pk ?? null) : null)
      );
    }

    get #key(): unknown {
      return this.#keyOrNull();
    }

    get #db(): string {
      return routerDbForWrite(through, this.#instance);
    }

    override getQueryset(): QuerySet {
      const prefetched = this.#instance[STATE].prefetched(name) as QuerySet | undefined;
      return prefetched ?? this.#narrowed();
    }

    #narrowed(): QuerySet {
      return super
        .getQueryset()
        .about(this.#instance)
        .inFetchModeOf(this.#instance)
        .sticky()
        .filter({ [`${queryName}__${source.targetField.attname}`]: this.#key });
    }

    async add(...args: readonly unknown[]): Promise<void> {
      const { objects, options } = splitOptions(args);
      forgetPrefetched(this.#instance, name);
      const defaults = (options["throughDefaults"] ?? {}) as Values;
      await atomic(
        async () => {
          await this.#addLinks(source, target, objects, defaults);
          if (symmetrical) await this.#addLinks(target, source, objects, defaults);
        },
        { using: this.#db, savepoint: false },
      );
    }

    async #addLinks(from: ForeignKey, to: ForeignKey, objects: readonly unknown[], defaults: Values): Promise<void> {
      if (objects.length === 0) return;
      const keys = this.#targetKeys(to, objects);
      const db = this.#db;
      const links = through._meta.baseManager.using(db);
      const ignore = automatic && connections.get(db).features.supportsIgnoreConflicts;
      const signals = from === source && m2mChanged.hasListeners(through);
      const link = (key: unknown): ModelBase =>
        new through({ ...plain(defaults), [from.attname]: this.#key, [to.attname]: key });
      if (ignore && !signals) {
        await links.bulkCreate([...keys].map(link), { ignoreConflicts: true });
        return;
      }
      const present = new Set(
        (
          await links
            .filter({ [from.name]: this.#key, [`${to.name}__in`]: [...keys] })
            .valuesList(to.attname, { flat: true })
        ).map(String),
      );
      const missing = new Set([...keys].filter((key) => !present.has(String(key))));
      await atomic(
        async () => {
          if (signals) await this.#notify("preAdd", missing);
          await links.bulkCreate([...missing].map(link), ignore ? { ignoreConflicts: true } : {});
          if (signals) await this.#notify("postAdd", missing);
        },
        { using: db, savepoint: false },
      );
    }

    #targetKeys(to: ForeignKey, objects: readonly unknown[]): Set<unknown> {
      const keys = new Set<unknown>();
      for (const object of objects) {
        if (!isInstance(object)) {
          if ((typeof object === "object" && object !== null) || typeof object === "function" || object === undefined)
            throw new FieldError(`'${model._meta.objectName}' instance or key expected, got ${describeValue(object)}.`);
          keys.add(to.targetField.getPrepValue(object));
          continue;
        }
        const meta = modelOf(object)._meta;
        if (meta.concreteModel !== model._meta.concreteModel && !meta.getParentList().includes(model))
          throw new FieldError(`'${model._meta.objectName}' instance expected, got ${describeValue(object)}.`);
        if (!allowRelation(object, this.#instance))
          throw new FieldError(
            `Cannot add '${String(object)}' to '${name}': it is in the database '${object[STATE].db}', and '${String(this.#instance)}' in '${this.#instance[STATE].db}'.`,
          );
        const key = to.targetField.valueFromObject(object) ?? object.pk;
        if (key === null || key === undefined)
          throw new FieldError(
            `Cannot add '${String(object)}' to '${name}': it has no value for '${to.targetField.name}'.`,
          );
        keys.add(key);
      }
      return keys;
    }

    #notify(action: M2mAction, pkSet: ReadonlySet<unknown> | undefined): Promise<unknown> {
      return m2mChanged.asend({
        sender: through,
        action,
        instance: this.#instance,
        reverse,
        model,
        pkSet,
        using: this.#db,
      });
    }

    // The links of this instance, to some rows or to all; in both directions where the relation is symmetrical.
    #linkCondition(keys: unknown): Q {
      const one = (from: ForeignKey, to: ForeignKey): Q => {
        const q = Q.create([[from.name, this.#key]]);
        return keys === undefined ? q : q.and(Q.create([[`${to.name}__in`, keys]]));
      };
      return symmetrical ? one(source, target).or(one(target, source)) : one(source, target);
    }

    async remove(...objects: readonly unknown[]): Promise<void> {
      forgetPrefetched(this.#instance, name);
      if (objects.length === 0) return;
      const keys = new Set(
        objects.map((object) =>
          isInstance(object) ? (target.targetField.valueFromObject(object) ?? object.pk) : object,
        ),
      );
      const db = this.#db;
      const signals = m2mChanged.hasListeners(through);
      await atomic(
        async () => {
          if (signals) await this.#notify("preRemove", keys);
          const base = super.getQueryset();
          const narrowed = base.query.where.isEmpty
            ? [...keys]
            : base.using(db).filter({ [`${target.targetField.attname}__in`]: [...keys] });
          await through._meta.baseManager.using(db).filter(this.#linkCondition(narrowed)).delete();
          if (signals) await this.#notify("postRemove", keys);
        },
        { using: db, savepoint: false },
      );
    }

    async clear(): Promise<void> {
      const db = this.#db;
      const signals = m2mChanged.hasListeners(through);
      await atomic(
        async () => {
          if (signals) await this.#notify("preClear", undefined);
          forgetPrefetched(this.#instance, name);
          const base = super.getQueryset();
          await through._meta.baseManager
            .using(db)
            .filter(this.#linkCondition(base.query.where.isEmpty ? undefined : base.using(db)))
            .delete();
          if (signals) await this.#notify("postClear", undefined);
        },
        { using: db, savepoint: false },
      );
    }

    async set(
      objects: Iterable<unknown> | PromiseLike<Iterable<unknown>>,
      options: { readonly clear?: boolean; readonly throughDefaults?: Values } = {},
    ): Promise<void> {
      const rows = [...(await objects)];
      const defaults = { throughDefaults: options.throughDefaults ?? {} };
      await atomic(
        async () => {
          forgetPrefetched(this.#instance, name);
          if (options.clear === true) {
            await this.clear();
            await this.add(...rows, defaults);
            return;
          }
          const keyField = target.targetField;
          const old = new Map(
            (await this.#narrowed().using(this.#db).valuesList(keyField.attname, { flat: true })).map((key) => [
              String(key),
              key,
            ]),
          );
          const added: unknown[] = [];
          for (const row of rows) {
            const key = isInstance(row) ? (keyField.valueFromObject(row) ?? row.pk) : keyField.getPrepValue(row);
            if (!old.delete(String(key))) added.push(row);
          }
          await this.remove(...old.values());
          await this.add(...added, defaults);
        },
        { using: this.#db, savepoint: false },
      );
    }

    override async create(
      values: Values = {},
      options: { readonly throughDefaults?: Values } = {},
    ): Promise<ModelBase> {
      const row = await super.getQueryset().using(this.#db).create(values);
      await this.add(row, { throughDefaults: options.throughDefaults ?? {} });
      return row;
    }

    override async getOrCreate(
      lookups: Lookups,
      defaults: Values = {},
      options: { readonly throughDefaults?: Values } = {},
    ): Promise<[ModelBase, boolean]> {
      const [row, created] = await this.#narrowed().using(this.#db).getOrCreate(lookups, defaults);
      if (created) await this.add(row, { throughDefaults: options.throughDefaults ?? {} });
      return [row, created];
    }

    override async updateOrCreate(
      lookups: Lookups,
      values: UpdateOrCreateOptions = {},
      options: { readonly throughDefaults?: Values } = {},
    ): Promise<[ModelBase, boolean]> {
      const [row, created] = await this.#narrowed().using(this.#db).updateOrCreate(lookups, values);
      if (created) await this.add(row, { throughDefaults: options.throughDefaults ?? {} });
      return [row, created];
    }
  };
}

function plain(defaults: Values): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(defaults).map(([key, value]) => [key, typeof value === "function" ? (value() as unknown) : value]),
  );
}
