// Working model classes made from a project state: what a migration program finds when it asks for a model.

import { settings } from "@tsgo/core/conf";

import { defineModel } from "../../models/define.ts";
import type { ModelClass } from "../../models/model.ts";
import { ModelRegistry, modelRegistry } from "../../models/registry.ts";
import { InvalidBasesError } from "../exceptions.ts";
import { type ModelKey, resolveRelation } from "./model-key.ts";
import type { ModelState } from "./model-state.ts";
import type { ProjectState } from "./project-state.ts";

/**
 * The models of one point of the history, as classes with managers. They have fields and Meta of that point, and none of the
 * methods of today's classes. Answers to `StateApps`.
 */
export class StateApps {
  readonly registry: ModelRegistry;

  /** `only` leaves all other models out. */
  constructor(state: ProjectState, only?: ReadonlySet<ModelKey>) {
    this.registry = new ModelRegistry({ maxNameLength: modelRegistry.maxNameLength });
    this.registry.setSwaps(readSwap);
    const models = [...state.models.values()];
    renderModels(this.registry, only === undefined ? models : models.filter(({ key }) => only.has(key)));
  }

  /**
   * A model by app and name, or by `"polls.Question"`.
   *
   * @throws AppRegistryNotReady with the nearest name.
   */
  getModel(label: string, name?: string): ModelClass {
    return this.registry.getModel(label, name);
  }

  /** All models, those of automatic link tables included. */
  getModels(appLabel?: string): ModelClass[] {
    return this.registry.getModels(appLabel);
  }
}

/** The label that a setting such as AUTH_USER_MODEL holds. */
export function readSwap(setting: string): string | undefined {
  if (!/^[A-Z][A-Z0-9_]*$/.test(setting)) return undefined;
  const label = (settings as unknown as Record<string, unknown>)[setting];
  return typeof label === "string" ? label : undefined;
}

/** Makes a class of every model, parents before their children. */
function renderModels(registry: ModelRegistry, models: readonly ModelState[]): void {
  let waiting = models;
  while (waiting.length > 0) {
    const left: ModelState[] = [];
    for (const model of waiting) {
      const bases = model.bases.map((base) => registry.findModel(resolveRelation(base, model.key)));
      if (bases.some((base) => base === undefined)) left.push(model);
      else renderModel(registry, model, bases[0]);
    }
    if (left.length === waiting.length) throw unknownBases(left);
    waiting = left;
  }
}

function renderModel(registry: ModelRegistry, model: ModelState, base: ModelClass | undefined): void {
  const fields = Object.fromEntries([...model.fields].map(([name, field]) => [name, field.clone()]));
  defineModel(registry, model.appLabel, model.name, {
    fields,
    meta: model.options,
    ...(base !== undefined && { base }),
    ...(model.managers.length > 0 && { managers: Object.fromEntries(model.managers) }),
  });
}

function unknownBases(models: readonly ModelState[]): InvalidBasesError {
  const list = models.map((model) => `${model.label} (${model.bases.join(", ")})`).join("; ");
  return new InvalidBasesError(
    `The parents of these models are not among the models of their migrations: ${list}. ` +
      "Does the migration of the child depend on the one that creates the parent?",
  );
}
