// Which database the rows of a model are read from and written to: what the routers say, else where the instance at hand is from.

import type { ModelBase, ModelClass } from "../models/model.ts";
import { STATE } from "../models/state.ts";
import { router } from "../router.ts";

/** The database to read a model from. */
export function routerDbForRead(model: ModelClass, instance?: ModelBase): string {
  return router.isTrivial ? (instance?.[STATE].db ?? "default") : router.dbForRead(model, hints(instance));
}

/** The database to write a model to. */
export function routerDbForWrite(model: ModelClass, instance?: ModelBase): string {
  return router.isTrivial ? (instance?.[STATE].db ?? "default") : router.dbForWrite(model, hints(instance));
}

/** Whether two rows may refer to each other: those of one database may, unless a router says otherwise. */
export function allowRelation(a: ModelBase, b: ModelBase): boolean {
  const answer = router.isTrivial ? undefined : router.allowRelation(a, b);
  return answer ?? (a[STATE].db ?? "default") === (b[STATE].db ?? "default");
}

function hints(instance: ModelBase | undefined): Readonly<Record<string, unknown>> {
  return instance === undefined ? {} : { instance };
}
