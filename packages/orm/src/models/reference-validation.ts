// Checking that the row that a foreign key refers to is there.

import { ValidationError } from "@tsgo/core/exceptions";

import { routerDbForRead } from "../db/routing.ts";
import { Q } from "../expressions/q.ts";
import type { ForeignKey } from "../fields/foreign-key.ts";
import { valuesOf } from "./instances.ts";
import type { ModelBase } from "./model.ts";

/** @throws ValidationError where no row has the key, or `limitChoicesTo` leaves it out. */
export async function validateReference(field: ForeignKey, instance: ModelBase): Promise<void> {
  const value = valuesOf(instance)[field.attname];
  const { model, parentLink, limitChoicesTo } = field.remoteField;
  // A parent's row is written together with the child's.
  if (parentLink || value === null || value === undefined) return;
  const limit = typeof limitChoicesTo === "function" ? limitChoicesTo() : (limitChoicesTo ?? {});
  const rows = model._meta.baseManager
    .using(routerDbForRead(model, instance))
    .filter({ [field.targetField.name]: value })
    .complexFilter(new Q(limit));
  if (await rows.exists()) return;
  throw new ValidationError(field.errorMessage("invalid"), {
    code: "invalid",
    params: { model: model._meta.verboseName, pk: value, field: field.targetField.name, value },
  });
}
