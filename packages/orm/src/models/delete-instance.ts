// Deleting one row.

import { FieldError } from "@tsgo/core/exceptions";
import { settled, whenThere } from "@tsgo/utils/awaitable";

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import type { Awaitable } from "../backends/base/wrapper.ts";
import { connections } from "../db/connections.ts";
import { routerDbForWrite } from "../db/routing.ts";
import { markForRollbackOnError } from "../db/transaction.ts";
import { rowByKey } from "../query/shapes/by-key.ts";
import { deleteRecipe } from "../query/shapes/writes.ts";
import { Collector } from "./deletion.ts";
import { goesAlone } from "./goes-alone.ts";
import { modelOf, valuesOf } from "./instances.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { readRows } from "./read-rows.ts";

type Deleted = [number, Record<string, number>];

/** Deletes an instance and what hangs on it. */
export function deleteInstance(
  instance: ModelBase,
  options: { readonly using?: string; readonly keepParents?: boolean },
): Promise<Deleted> {
  return settled(() => {
    const model = modelOf(instance);
    if (instance.pk === null || instance.pk === undefined)
      throw new FieldError(`${model._meta.objectName} cannot be deleted: its '${model._meta.pk.attname}' is not set.`);
    const connection = connections.get(options.using ?? routerDbForWrite(model, instance));
    return goesAlone(model)
      ? deleteAlone(instance, model, connection)
      : deleteWithOthers(instance, model, connection, options.keepParents ?? false);
  });
}

function deleteAlone(instance: ModelBase, model: ModelClass, connection: BaseWrapper): Awaitable<Deleted> {
  const row = rowByKey(model._meta.concreteModel, instance.pk);
  return whenThere(
    markForRollbackOnError(connection.alias, () => deleteRecipe(row, connection)),
    (count) => {
      // What is deleted has no key any more.
      valuesOf(instance)[model._meta.pk.attname] = null;
      return [count, { [model._meta.label]: count }];
    },
  );
}

async function deleteWithOthers(
  instance: ModelBase,
  model: ModelClass,
  connection: BaseWrapper,
  keepParents: boolean,
): Promise<Deleted> {
  const collector = new Collector(connection, instance, readRows(connection));
  await collector.collect(model, [instance], { keepParents });
  return collector.delete();
}
