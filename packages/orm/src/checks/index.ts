// What `check` says about models.

import { type CheckMessage, type CheckRegistration, type CheckScope, Tags } from "@tsgo/core/checks";

import { connections } from "../db/connections.ts";
import { ManyToManyField } from "../fields/many-to-many.ts";
import { RelationField } from "../fields/relation-field.ts";
import type { ModelClass } from "../models/model.ts";
import { modelRegistry } from "../models/registry.ts";
import { checkModelOn } from "./database-rules.ts";
import { checkField } from "./field-rules.ts";
import { checkManyToMany } from "./many-to-many-rules.ts";
import { checkModel } from "./model-rules.ts";
import { checkSharedNames } from "./registry-rules.ts";
import { checkRelation } from "./relation-rules.ts";

/** Finds what is wrong with models and their fields, as far as that can be told without a database. */
export function checkModels(models: readonly ModelClass[]): CheckMessage[] {
  // Link tables that nobody wrote have nothing that somebody could mend.
  const written = models.filter(({ _meta: meta }) => meta.autoCreated === false);
  return [...written.flatMap(checkOne), ...checkSharedNames(models)];
}

function checkOne(model: ModelClass): CheckMessage[] {
  const meta = model._meta;
  if (meta.swapped !== null) return [];
  const fields = [...meta.localFields, ...meta.localManyToMany];
  return [
    ...checkModel(model),
    ...fields.flatMap((field) => [
      ...(field instanceof RelationField ? checkRelation(field) : []),
      ...(field instanceof ManyToManyField ? checkManyToMany(field) : []),
      ...checkField(field),
    ]),
    ...((model as { check?: () => readonly CheckMessage[] }).check?.() ?? []),
  ];
}

function inScope({ appConfigs }: CheckScope): ModelClass[] {
  if (appConfigs === undefined) return modelRegistry.getModels();
  return appConfigs.flatMap(({ label }) => modelRegistry.getModels(label));
}

function checkRegistered(scope: CheckScope): CheckMessage[] {
  const models = inScope(scope);
  const messages = checkModels(models);
  for (const alias of scope.databases ?? [])
    for (const model of models) messages.push(...checkModelOn(model, connections.get(alias)));
  return messages;
}

const registrations: readonly CheckRegistration[] = [{ check: checkRegistered, tags: [Tags.models] }];

export default registrations;
