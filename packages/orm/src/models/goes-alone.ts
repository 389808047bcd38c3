// Rows on which nothing depends: one statement deletes them.

import type { Relation } from "../fields/relation.ts";
import { shapeGeneration } from "../query/shapes/shape.ts";
import type { ModelClass } from "./model.ts";
import { postDelete, preDelete } from "./signals.ts";

const known = new WeakMap<ModelClass, { readonly generation: number; readonly free: boolean }>();

/** Whether the rows of a model can be deleted without being read: nothing hangs on them, and nobody listens. */
export function goesAlone(model: ModelClass): boolean {
  return !preDelete.hasListeners(model) && !postDelete.hasListeners(model) && nothingHangsOn(model);
}

function nothingHangsOn(model: ModelClass): boolean {
  const generation = shapeGeneration();
  const found = known.get(model);
  if (found?.generation === generation) return found.free;
  const free =
    model._meta.concreteModel._meta.parents.size === 0 &&
    referringRelations(model).every(
      ({ onDelete }) => onDelete?.name === "DO_NOTHING" || onDelete?.database !== undefined,
    );
  known.set(model, { generation, free });
  return free;
}

/** The relations by which rows of other models refer to a model's. */
export function referringRelations(model: ModelClass): Relation[] {
  return model._meta.allRelatedObjects.filter(
    (relation) => !relation.manyToMany && (relation.oneToOne || relation.oneToMany),
  );
}
