// Rows that are ordered by hand, within the row that they belong to.

import { IntegerField } from "../fields/numbers.ts";
import type { FieldOptions } from "../fields/field.ts";
import type { ForeignKey } from "../fields/foreign-key.ts";
import { routerDbForWrite } from "../db/routing.ts";
import { bareInstance, modelOf, valuesOf } from "./instances.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import type { Options } from "./options.ts";
import { STATE } from "./state.ts";

/** The place of a row among those that it is ordered with. Answers to `OrderWrt`. */
export class OrderWrt extends IntegerField {
  constructor(options: FieldOptions = {}) {
    super({ ...options, editable: false });
  }
}

/** Gives a model with `orderWithRespectTo` its `_order`. */
export function addOrderField(options: Options): void {
  if (options.orderWithRespectToName === undefined || options.localFields.some((field) => field.name === "_order"))
    return;
  const field = new OrderWrt({ dbColumn: "_order" });
  field.contributeToClass(options.model, "_order");
  addRowMethods(options);
}

type Method = (this: ModelBase) => Promise<ModelBase>;

function addRowMethods(options: Options): void {
  const neighbour = (next: boolean): Method =>
    async function neighbourInOrder(this: ModelBase) {
      const field = options.orderWithRespectTo as ForeignKey;
      const [row] = await options.defaultManager
        .using(this[STATE].db)
        .filter({
          [field.name]: valuesOf(this)[field.attname],
          [`_order__${next ? "gt" : "lt"}`]: valuesOf(this)["_order"],
        })
        .orderBy(next ? "_order" : "-_order")
        .slice(0, 1);
      if (row === undefined)
        throw new options.model.DoesNotExist(`${options.objectName} matching query does not exist.`);
      return row;
    };
  define(options.model, "getNextInOrder", neighbour(true));
  define(options.model, "getPreviousInOrder", neighbour(false));
}

/** Gives the model that rows are ordered with respect to `get…Order` and `set…Order`. */
export function addOrderMethods(options: Options, target: ModelClass): void {
  const name = options.objectName;
  define(target, `get${name}Order`, async function getOrder(this: ModelBase) {
    const field = options.orderWithRespectTo as ForeignKey;
    return options.defaultManager
      .using(this[STATE].db)
      .filter({ [field.name]: this.pk })
      .orderBy("_order")
      .valuesList("pk", { flat: true });
  });
  define(target, `set${name}Order`, async function setOrder(this: ModelBase, keys: readonly unknown[]) {
    const field = options.orderWithRespectTo as ForeignKey;
    const using = routerDbForWrite(modelOf(this), this);
    const rows = keys.map((key, place) => {
      const row = bareInstance(options.model);
      valuesOf(row)[options.pk.attname] = key;
      valuesOf(row)["_order"] = place;
      return row;
    });
    await options.defaultManager
      .dbManager(using)
      .filter({ [field.name]: this.pk })
      .bulkUpdate(rows, ["_order"]);
  });
}

function define(model: ModelClass, name: string, value: unknown): void {
  if (!Object.hasOwn(model.prototype, name))
    Object.defineProperty(model.prototype, name, { value, configurable: true, writable: true });
}
