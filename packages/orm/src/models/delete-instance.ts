// Deleting one row.

import { FieldError } from "@tsgo/core/exceptions";

import { connections } from "../db/connections.ts";
import { routerDbForWrite } from "../db/routing.ts";
import { Collector } from "./deletion.ts";
import { modelOf } from "./instances.ts";
import type { ModelBase } from "./model.ts";
import { readRows } from "./read-rows.ts";

/** Deletes an instance and what hangs on it. */
export async function deleteInstance(
  instance: ModelBase,
  options: { readonly using?: string; readonly keepParents?: boolean },
): Promise<[number, Record<string, number>]> {
  const model = modelOf(instance);
  if (instance.pk === null || instance.pk === undefined)
    throw new FieldError(`${model._meta.objectName} cannot be deleted: its '${model._meta.pk.attname}' is not set.`);
  const connection = connections.get(options.using ?? routerDbForWrite(model, instance));
  const collector = new Collector(connection, instance, readRows(connection));
  await collector.collect(model, [instance], { keepParents: options.keepParents ?? false });
  return collector.delete();
}
