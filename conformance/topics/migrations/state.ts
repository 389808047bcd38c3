// Recorded model definitions as models, and the state that these are in.

import * as auto from "../../../packages/orm/src/fields/auto.ts";
import * as binary from "../../../packages/orm/src/fields/binary.ts";
import * as boolean from "../../../packages/orm/src/fields/boolean.ts";
import * as dates from "../../../packages/orm/src/fields/dates.ts";
import type { Field } from "../../../packages/orm/src/fields/field.ts";
import * as keys from "../../../packages/orm/src/fields/foreign-key.ts";
import * as filePath from "../../../packages/orm/src/fields/file-path.ts";
import * as files from "../../../packages/orm/src/fields/files.ts";
import * as generated from "../../../packages/orm/src/fields/generated.ts";
import * as images from "../../../packages/orm/src/fields/images.ts";
import * as json from "../../../packages/orm/src/fields/json.ts";
import * as links from "../../../packages/orm/src/fields/many-to-many.ts";
import * as numbers from "../../../packages/orm/src/fields/numbers.ts";
import * as text from "../../../packages/orm/src/fields/text.ts";
import * as uuid from "../../../packages/orm/src/fields/uuid.ts";
import { projectStateOf } from "../../../packages/orm/src/migrations/state/from-model.ts";
import type { ProjectState } from "../../../packages/orm/src/migrations/state/project-state.ts";
import { CheckConstraint } from "../../../packages/orm/src/models/constraints/check.ts";
import type { Constraint } from "../../../packages/orm/src/models/constraints/constraint.ts";
import { UniqueConstraint } from "../../../packages/orm/src/models/constraints/unique.ts";
import { defineModel } from "../../../packages/orm/src/models/define.ts";
import { Index } from "../../../packages/orm/src/models/indexes.ts";
import type { MetaOptions } from "../../../packages/orm/src/models/meta.ts";
import type { ModelClass } from "../../../packages/orm/src/models/model.ts";
import * as onDelete from "../../../packages/orm/src/models/on-delete.ts";
import { ModelRegistry } from "../../../packages/orm/src/models/registry.ts";
import { decode } from "../../values.ts";
import { makeCondition, makeExpression } from "./expressions.ts";

type Recorded = Readonly<Record<string, unknown>>;

interface RecordedField extends Recorded {
  readonly name: string;
  readonly type: string;
}

interface RecordedModel {
  readonly name: string;
  readonly fields: readonly RecordedField[];
  readonly meta?: Recorded;
  readonly extends?: readonly string[];
}

/** The models by app, as the cases write them. */
export type RecordedState = Readonly<Record<string, readonly RecordedModel[]>>;

type FieldClass = new (...args: unknown[]) => Field;
const classes = {
  ...auto,
  ...binary,
  ...boolean,
  ...dates,
  ...keys,
  ...generated,
  ...json,
  ...links,
  ...numbers,
  ...text,
  ...files,
  ...images,
  ...filePath,
  ...uuid,
};

/** The state of the recorded models. */
export function makeState(recorded: RecordedState): ProjectState {
  const registry = new ModelRegistry();
  const waiting = new Map<string, [app: string, model: RecordedModel]>();
  for (const [app, models] of Object.entries(recorded))
    for (const model of models) waiting.set(`${app}.${model.name}`, [app, model]);
  const all = new Map(waiting);
  // Parents are made before their children.
  while (waiting.size > 0)
    for (const [label, [app, model]] of waiting) {
      if (model.meta?.["abstract"] === true) waiting.delete(label);
      else if (concreteBases(model, all).every((base) => registry.findModel(base) !== undefined)) {
        define(registry, app, model, all);
        waiting.delete(label);
      }
    }
  return projectStateOf(registry);
}

type Models = ReadonlyMap<string, [app: string, model: RecordedModel]>;

function concreteBases(model: RecordedModel, all: Models): string[] {
  return (model.extends ?? []).filter((base) => all.get(base)?.[1].meta?.["abstract"] !== true);
}

function abstractBases(model: RecordedModel, all: Models): RecordedModel[] {
  return (model.extends ?? []).flatMap((base) => {
    const found = all.get(base)?.[1];
    return found?.meta?.["abstract"] === true ? [found] : [];
  });
}

function define(registry: ModelRegistry, app: string, model: RecordedModel, all: Models): void {
  const abstract = abstractBases(model, all);
  const base: ModelClass | undefined = registry.findModel(concreteBases(model, all)[0] ?? "");
  const listed = [...abstract.flatMap((parent) => parent.fields), ...model.fields];
  const fields: Record<string, Field> = {};
  for (const field of listed) fields[field.name] = makeField(field);
  // What a class does not say of itself it has from its abstract parent.
  const inherited =
    model.meta === undefined && abstract[0] !== undefined ? { ...abstract[0].meta, abstract: false } : {};
  defineModel(registry, app, model.name, {
    fields,
    meta: makeMeta({ ...inherited, ...model.meta }),
    ...(base !== undefined && { base }),
  });
}

function makeField({ name: _name, type, to, ...options }: RecordedField): Field {
  const made = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, makeOption(key, value)]));
  const FieldOf = (classes as unknown as Record<string, FieldClass | undefined>)[type];
  if (FieldOf === undefined) throw new Error(`no field ${type}`);
  return to === undefined ? new FieldOf(made) : new FieldOf(to, made);
}

const emptyObject = (): object => ({});

function makeOption(key: string, value: unknown): unknown {
  if (key === "onDelete") return (onDelete as unknown as Record<string, unknown>)[String(value)];
  if (key === "outputField") return makeField({ name: "", ...(value as { type: string }) });
  if (key === "expression") return makeExpression(value as Recorded);
  if (typeof value === "object" && value !== null && "$callable" in value) return emptyObject;
  return decode(value);
}

function makeMeta(meta: Recorded): MetaOptions {
  const { indexes, constraints, ...rest } = meta;
  return {
    ...rest,
    ...(indexes !== undefined && { indexes: (indexes as Recorded[]).map(makeIndex) }),
    ...(constraints !== undefined && { constraints: (constraints as Recorded[]).map(makeConstraint) }),
  };
}

function makeIndex({ condition, expressions, ...rest }: Recorded): Index {
  return new Index({
    ...rest,
    ...(condition !== undefined && { condition: makeCondition(condition as Recorded) }),
    ...(expressions !== undefined && {
      expressions: (expressions as unknown[]).map((item) =>
        typeof item === "string" ? item : makeExpression(item as Recorded),
      ),
    }),
  });
}

function makeConstraint({ type, condition, name, ...rest }: Recorded): Constraint {
  const made = condition === undefined ? undefined : makeCondition(condition as Recorded);
  if (type === "CheckConstraint" && made !== undefined)
    return new CheckConstraint({ name: String(name), condition: made });
  return new UniqueConstraint({ ...rest, name: String(name), ...(made !== undefined && { condition: made }) });
}
