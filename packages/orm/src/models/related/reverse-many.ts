// `question.choices`: the rows that refer here by a foreign key.

import { FieldError } from "@tsgo/core/exceptions";

import { routerDbForWrite } from "../../db/routing.ts";
import { atomic } from "../../db/transaction.ts";
import { describeValue } from "../../fields/field.ts";
import type { ForeignKey } from "../../fields/foreign-key.ts";
import type { Relation } from "../../fields/relation.ts";
import type { Lookups } from "../../expressions/q.ts";
import { isInstance } from "../../lookups/related-value.ts";
import { modelOf, valuesOf } from "../instances.ts";
import type { ModelBase } from "../model.ts";
import type { QuerySet } from "../queryset.ts";
import { STATE } from "../state.ts";
import type { UpdateOrCreateOptions } from "../queryset/writes.ts";
import { defaultManagerClass, defineManagerAccessor, forgetPrefetched } from "./managers.ts";

type Values = Readonly<Record<string, unknown>>;

/** Puts the accessor of the far side of a foreign key on its model. */
export function defineReverseMany(relation: Relation, name: string): void {
  let managerClass: ReturnType<typeof reverseManagerClass> | undefined;
  defineManagerAccessor(relation.model, name, (instance) => {
    managerClass ??= reverseManagerClass(relation, name);
    return new managerClass(instance);
  });
}

function reverseManagerClass(relation: Relation, name: string) {
  const field = relation.field as ForeignKey;
  const model = relation.relatedModel;
  return class RelatedManager extends defaultManagerClass(model) {
    readonly #instance: ModelBase;

    constructor(instance: ModelBase) {
      super();
      this.#instance = instance;
      this.contributeToClass(model, name);
    }

    #key(): unknown {
      const key =
        valuesOf(this.#instance)[field.targetField.attname] ??
        (field.targetField.primaryKey ? this.#instance.pk : null);
      if (key === null || key === undefined)
        throw new FieldError(
          `'${modelOf(this.#instance)._meta.objectName}' needs a value for '${field.targetField.name}' before '${name}' can be used.`,
        );
      return key;
    }

    get #db(): string {
      return routerDbForWrite(model, this.#instance);
    }

    override getQueryset(): QuerySet {
      const key = this.#key();
      const prefetched = this.#instance[STATE].prefetched(name) as QuerySet | undefined;
      if (prefetched !== undefined) return prefetched;
      return this.#narrowed(super.getQueryset(), key);
    }

    #narrowed(queryset: QuerySet, key: unknown): QuerySet {
      const instance = this.#instance;
      return queryset
        .inFetchModeOf(instance)
        .filter({ [field.name]: key })
        .withKnownRelated(
          {
            attach: (object) => {
              if (Object.hasOwn(object, field.attname))
                object[STATE].cache(field.name, instance, valuesOf(object)[field.attname]);
            },
          },
          instance,
        );
    }

    #check(object: unknown): ModelBase {
      if (
        isInstance(object) &&
        (modelOf(object)._meta.concreteModel === model._meta.concreteModel ||
          modelOf(object)._meta.getParentList().includes(model))
      )
        return object;
      throw new FieldError(`'${model._meta.objectName}' instance expected, got ${describeValue(object)}.`);
    }

    async add(...args: readonly unknown[]): Promise<void> {
      const { objects, options } = splitOptions(args);
      this.#key();
      forgetPrefetched(this.#instance, name);
      const rows = objects.map((object) => this.#check(object));
      const db = this.#db;
      if (options["bulk"] === false) {
        await atomic(
          async () => {
            for (const row of rows) {
              valuesOf(row)[field.name] = this.#instance;
              await row.save({ using: db });
            }
          },
          { using: db, savepoint: false },
        );
        return;
      }
      const keys = new Set<unknown>();
      for (const row of rows) {
        if (row[STATE].adding || row[STATE].db !== db)
          throw new FieldError(`'${String(row)}' is not saved. Save it first, or give { bulk: false }.`);
        keys.add(row.pk);
      }
      for (const row of rows) valuesOf(row)[field.name] = this.#instance;
      await model._meta.baseManager
        .using(db)
        .filter({ pk__in: [...keys] })
        .update({ [field.name]: this.#instance });
    }

    override async create(values: Values = {}): Promise<ModelBase> {
      this.#key();
      forgetPrefetched(this.#instance, name);
      return super
        .getQueryset()
        .using(this.#db)
        .create({ ...values, [field.name]: this.#instance });
    }

    override async getOrCreate(lookups: Lookups, defaults: Values = {}): Promise<[ModelBase, boolean]> {
      this.#key();
      return super
        .getQueryset()
        .using(this.#db)
        .getOrCreate({ ...lookups, [field.name]: this.#instance }, defaults);
    }

    override async updateOrCreate(lookups: Lookups, values: UpdateOrCreateOptions = {}): Promise<[ModelBase, boolean]> {
      this.#key();
      return super
        .getQueryset()
        .using(this.#db)
        .updateOrCreate({ ...lookups, [field.name]: this.#instance }, values);
    }

    #assertNullable(method: string): void {
      if (!field.null) throw new TypeError(`'${name}' has no ${method}(): '${field.toString()}' cannot be null.`);
    }

    async remove(...args: readonly unknown[]): Promise<void> {
      this.#assertNullable("remove");
      const { objects, options } = splitOptions(args);
      if (objects.length === 0) return;
      const key = this.#key();
      const keys = new Set<unknown>();
      for (const object of objects) {
        const row = this.#check(object);
        if (String(valuesOf(row)[field.attname]) !== String(key))
          throw new relation.model.DoesNotExist(`'${String(row)}' is not related to '${String(this.#instance)}'.`);
        keys.add(row.pk);
      }
      await this.#clear(
        this.#narrowed(super.getQueryset(), key).filter({ pk__in: [...keys] }),
        options["bulk"] !== false,
      );
    }

    async clear(options: { readonly bulk?: boolean } = {}): Promise<void> {
      this.#assertNullable("clear");
      await this.#clear(this.#narrowed(super.getQueryset(), this.#key()), options.bulk !== false);
    }

    async #clear(queryset: QuerySet, bulk: boolean): Promise<void> {
      forgetPrefetched(this.#instance, name);
      const db = this.#db;
      const rows = queryset.using(db);
      if (bulk) {
        await rows.update({ [field.name]: null });
        return;
      }
      await atomic(
        async () => {
          for (const row of await rows) {
            valuesOf(row)[field.name] = null;
            await row.save({ using: db, updateFields: [field.name] });
          }
        },
        { using: db, savepoint: false },
      );
    }

    async set(
      objects: Iterable<unknown> | PromiseLike<Iterable<unknown>>,
      options: { readonly bulk?: boolean; readonly clear?: boolean } = {},
    ): Promise<void> {
      const rows = [...(await objects)];
      const bulk = { bulk: options.bulk ?? true };
      if (!field.null) {
        await this.add(...rows, bulk);
        return;
      }
      const db = this.#db;
      await atomic(
        async () => {
          if (options.clear === true) {
            await this.clear(bulk);
            await this.add(...rows, bulk);
            return;
          }
          let left = await this.#narrowed(super.getQueryset(), this.#key()).using(db);
          const added: unknown[] = [];
          for (const row of rows) {
            const known = isInstance(row) ? left.find((other) => other.equals(row)) : undefined;
            if (known === undefined) added.push(row);
            else left = left.filter((other) => other !== known);
          }
          await this.remove(...left, bulk);
          await this.add(...added, bulk);
        },
        { using: db, savepoint: false },
      );
    }
  };
}

/** Objects, and the options behind them. */
export function splitOptions(args: readonly unknown[]): {
  readonly objects: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
} {
  const last = args.at(-1);
  if (typeof last === "object" && last !== null && Object.getPrototypeOf(last) === Object.prototype)
    return { objects: args.slice(0, -1), options: last as Readonly<Record<string, unknown>> };
  return { objects: args, options: {} };
}
