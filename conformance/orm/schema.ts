// The models of the recorded cases, made by the ORM's own way of making models by program.

import { Manager } from "../../packages/orm/src/models/manager.ts";
import * as models from "../../packages/orm/src/models/index.ts";
import type { Field } from "../../packages/orm/src/fields/field.ts";
import { defineModel } from "../../packages/orm/src/models/define.ts";
import type { ModelClass } from "../../packages/orm/src/models/model.ts";
import type { QuerySet } from "../../packages/orm/src/models/queryset.ts";
import { ModelRegistry } from "../../packages/orm/src/models/registry.ts";
import { Decoder, outputField } from "./expressions.ts";
import type { Harness } from "./harness.ts";

interface FieldSpec extends Record<string, unknown> {
  readonly name: string;
  readonly type: string;
}

interface ModelSpec {
  readonly app: string;
  readonly name: string;
  readonly fields: readonly FieldSpec[];
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly extends?: readonly string[];
  readonly managers?: readonly { readonly name: string; readonly chain?: unknown[][] }[];
}

/** The models of schema.json by label; abstract ones too. */
export function buildModels(
  specs: readonly ModelSpec[],
  harness: Harness,
): { readonly registry: ModelRegistry; readonly models: Map<string, ModelClass> } {
  const registry = new ModelRegistry();
  const decoder = new Decoder(harness);
  const made = new Map<string, ModelClass>();
  for (const spec of specs) {
    const base = spec.extends?.map((label) => made.get(label)).at(0);
    const model = defineModel(registry, spec.app, spec.name, {
      fields: Object.fromEntries(spec.fields.map((field) => [field.name, makeField(field, decoder)])),
      meta: makeMeta({ ...abstractMeta(base), ...spec.meta }, decoder),
      base,
      managers: Object.fromEntries(
        (spec.managers ?? []).map((manager) => [manager.name, makeManager(manager.chain ?? [], harness, decoder)]),
      ),
    });
    made.set(`${spec.app}.${spec.name}`, model);
  }
  return { registry, models: made };
}

// The recorded models say `class Meta(Base.Meta)` where the base is abstract.
function abstractMeta(base: ModelClass | undefined): Record<string, unknown> {
  const { abstract, ...rest } = (base as { meta?: Record<string, unknown> } | undefined)?.meta ?? {};
  return abstract === true ? rest : {};
}

function makeManager(chain: unknown[][], harness: Harness, decoder: Decoder): Manager {
  if (chain.length === 0) return new Manager();
  class ChainManager extends Manager {
    override getQueryset(): QuerySet {
      return harness.chain(super.getQueryset(), chain, decoder);
    }
  }
  return new ChainManager();
}

function makeField({ name, type, ...given }: FieldSpec, decoder: Decoder): Field {
  void name;
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) options[key] = fieldOption(key, value, decoder);
  const factory = (models as unknown as Record<string, ((...args: unknown[]) => Field) | undefined>)[type];
  if (factory === undefined) throw new Error(`No field ${type}`);
  if (!("to" in options)) return factory(options);
  const { to, ...rest } = options;
  return factory(to, rest);
}

function fieldOption(key: string, value: unknown, decoder: Decoder): unknown {
  if (key === "onDelete") return (models as unknown as Record<string, unknown>)[String(value)];
  if (key === "outputField") return outputField(value);
  if (typeof value === "object" && value !== null && "$callable" in value) return () => ({});
  return decoder.value(value);
}

function makeMeta(meta: Readonly<Record<string, unknown>>, decoder: Decoder): Record<string, unknown> {
  const result: Record<string, unknown> = { ...meta };
  const list = (key: string): Record<string, unknown>[] | undefined =>
    meta[key] as Record<string, unknown>[] | undefined;
  const indexes = list("indexes");
  if (indexes !== undefined)
    result["indexes"] = indexes.map((index) => new models.Index(decoder.value(index) as object));
  const constraints = list("constraints");
  if (constraints !== undefined)
    result["constraints"] = constraints.map(({ type, ...options }) => {
      const decoded = decoder.value(options) as never;
      return type === "CheckConstraint" ? new models.CheckConstraint(decoded) : new models.UniqueConstraint(decoded);
    });
  return result;
}
