// The order of models in which natural keys find what they refer to.

import { ForeignKey } from "../fields/foreign-key.ts";
import type { ModelClass } from "../models/model.ts";
import { hasNaturalKey, naturalKeyDependencies } from "./natural-keys.ts";

/**
 * Sorts models so that those which others refer to by natural keys come first; models that wait for each other keep their order
 * at the end, since forward references are understood. Answers to `sort_dependencies`.
 */
export function sortDependencies(models: readonly ModelClass[]): ModelClass[] {
  const sorted: ModelClass[] = [];
  let waiting = models.map((model) => ({
    model,
    needs: dependenciesOf(model).filter((need) => models.includes(need)),
  }));
  for (;;) {
    const left: typeof waiting = [];
    for (const entry of waiting)
      if (entry.needs.every((need) => sorted.includes(need))) sorted.push(entry.model);
      else left.push(entry);
    if (left.length === waiting.length) return [...sorted, ...left.map(({ model }) => model)];
    waiting = left;
  }
}

function dependenciesOf(model: ModelClass): ModelClass[] {
  const meta = model._meta;
  const named = naturalKeyDependencies(model).map((label) => meta.registry.getModel(label));
  const keys = meta.fields.filter((field) => field instanceof ForeignKey).map((field) => field.relatedModel);
  const links = meta.manyToMany
    .filter((field) => field.remoteField.throughModel._meta.autoCreated !== false)
    .map((field) => field.relatedModel);
  return [...named, ...[...keys, ...links].filter(hasNaturalKey)].filter((need) => need !== model);
}
