// Random models, and random changes of them, from a seed: what the differential test works on.

import { CombinedExpression, Value } from "../../expressions/expression.ts";
import { Q } from "../../expressions/q.ts";
import { F } from "../../expressions/references.ts";
import * as auto from "../../fields/auto.ts";
import * as binary from "../../fields/binary.ts";
import * as boolean from "../../fields/boolean.ts";
import * as dates from "../../fields/dates.ts";
import type { Field } from "../../fields/field.ts";
import * as foreign from "../../fields/foreign-key.ts";
import { GeneratedField } from "../../fields/generated.ts";
import * as json from "../../fields/json.ts";
import { ManyToManyField } from "../../fields/many-to-many.ts";
import * as numbers from "../../fields/numbers.ts";
import * as text from "../../fields/text.ts";
import * as uuid from "../../fields/uuid.ts";
import { CheckConstraint } from "../../models/constraints/check.ts";
import type { Constraint } from "../../models/constraints/constraint.ts";
import { UniqueConstraint } from "../../models/constraints/unique.ts";
import { defineModel } from "../../models/define.ts";
import { Index } from "../../models/indexes.ts";
import type { MetaOptions } from "../../models/meta.ts";
import * as rules from "../../models/on-delete.ts";
import { ModelRegistry } from "../../models/registry.ts";
import { projectStateOf } from "../state/from-model.ts";
import type { ProjectState } from "../state/project-state.ts";

/** A field as plain data. `id` stays the same when it is renamed or altered. */
export interface FieldPlan {
  readonly id: number;
  readonly type: string;
  /** The `id` of the model that a relation refers to. */
  readonly to?: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A model as plain data. `id` stays the same when it is renamed. */
export interface ModelPlan {
  readonly id: number;
  readonly app: string;
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldPlan>;
  readonly meta: MetaPlan;
}

interface MetaPlan {
  readonly dbTable?: string;
  readonly dbTableComment?: string;
  readonly ordering?: readonly string[];
  readonly orderWithRespectTo?: string;
  readonly uniqueTogether?: readonly (readonly string[])[];
  readonly indexes?: readonly { readonly name: string; readonly fields: readonly string[] }[];
  readonly uniques?: readonly { readonly name: string; readonly fields: readonly string[] }[];
  readonly checks?: readonly { readonly name: string; readonly field: string; readonly above: number }[];
}

/** Models by their `id`. */
export type Plan = ReadonlyMap<number, ModelPlan>;

/** Numbers that look random and are the same for the same seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 1) >>> 0;
  }

  /** From 0 up to, and without, `limit`. */
  below(limit: number): number {
    // Marsaglia's xorshift.
    let x = this.#state || 1;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state % limit;
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  }
}

const CLASSES = {
  ...auto,
  ...binary,
  ...boolean,
  ...dates,
  ...foreign,
  ...json,
  ...numbers,
  ...text,
  ...uuid,
  GeneratedField,
  ManyToManyField,
} as unknown as Readonly<Record<string, new (...args: unknown[]) => Field>>;

const PLAIN_TYPES = [
  "CharField",
  "CharField",
  "TextField",
  "SlugField",
  "IntegerField",
  "IntegerField",
  "SmallIntegerField",
  "BigIntegerField",
  "PositiveIntegerField",
  "BooleanField",
  "DecimalField",
  "FloatField",
  "DateField",
  "DateTimeField",
  "TimeField",
  "DurationField",
  "UUIDField",
  "JSONField",
  "BinaryField",
];
/** Types whose values every database takes over from one to the next. */
const FAMILIES = [
  ["CharField", "TextField", "SlugField"],
  ["SmallIntegerField", "IntegerField", "BigIntegerField", "PositiveIntegerField", "DecimalField", "FloatField"],
];
const KEYS = ["AutoField", "BigAutoField", "SmallAutoField"];
const MODEL_NAMES = ["Author", "Book", "Tag", "Shop", "Order", "Line", "Note"];
const FIELD_NAMES = [
  "title",
  "name",
  "pages",
  "price",
  "born",
  "state",
  "extraInfo",
  "owner",
  "parent",
  "others",
  "links",
];
const ON_DELETE = ["CASCADE", "PROTECT", "DO_NOTHING", "DB_CASCADE"];
const ON_DELETE_NULL = ["SET_NULL", "DB_SET_NULL"];

let ids = 0;
const nextId = (): number => (ids += 1);

/** A few models of two applications. */
export function randomPlan(random: Random): Plan {
  let plan: Plan = new Map();
  for (let count = 2 + random.below(3); count > 0; count -= 1) plan = addModel(random, plan);
  for (let count = 2 + random.below(4); count > 0; count -= 1) plan = addRelation(random, plan);
  for (let count = random.below(4); count > 0; count -= 1) plan = changeMeta(random, plan);
  return plan;
}

const CHANGES: readonly (readonly [percent: number, change: (random: Random, plan: Plan) => Plan])[] = [
  [6, addModel],
  [5, removeModel],
  [8, renameModel],
  [12, addPlainField],
  [8, addRelation],
  [8, removeField],
  [10, renameField],
  [23, alterField],
  [5, alterKey],
  [15, changeMeta],
];

/** The same models after some changes. */
export function changedPlan(random: Random, plan: Plan): Plan {
  let changed = plan;
  for (let count = 1 + random.below(5); count > 0; count -= 1) {
    let at = random.below(100);
    for (const [percent, change] of CHANGES) {
      at -= percent;
      if (at >= 0) continue;
      changed = change(random, changed);
      break;
    }
  }
  return changed;
}

// ---- changes

function put(plan: Plan, model: ModelPlan): Plan {
  return new Map(plan).set(model.id, model);
}

function someModel(random: Random, plan: Plan): ModelPlan {
  return random.pick([...plan.values()]);
}

function freeName(random: Random, names: readonly string[], taken: (name: string) => boolean): string | undefined {
  const free = names.filter((name) => !taken(name));
  return free.length === 0 ? undefined : random.pick(free);
}

function addModel(random: Random, plan: Plan): Plan {
  const app = random.pick(["blog", "shop"]);
  const taken = (name: string): boolean => [...plan.values()].some((model) => model.name === name);
  const name = freeName(random, MODEL_NAMES, taken);
  if (name === undefined) return plan;
  const fields = new Map<string, FieldPlan>();
  if (random.chance(30)) fields.set("code", randomKey(random));
  let model: ModelPlan = { id: nextId(), app, name, fields, meta: {} };
  for (let count = 1 + random.below(3); count > 0; count -= 1) model = withPlainField(random, model);
  return put(plan, model);
}

function randomKey(random: Random): FieldPlan {
  const type = random.pick([...KEYS, "CharField", "UUIDField", "IntegerField"]);
  return { id: nextId(), type, options: { primaryKey: true, ...(type === "CharField" && { maxLength: 20 }) } };
}

function withPlainField(random: Random, model: ModelPlan): ModelPlan {
  const name = freeName(random, FIELD_NAMES, (known) => model.fields.has(known));
  if (name === undefined) return model;
  const number = [...model.fields].find(
    ([, field]) => field.type === "IntegerField" && field.options["primaryKey"] !== true,
  );
  const field: FieldPlan =
    number !== undefined && random.chance(8)
      ? { id: nextId(), type: "GeneratedField", options: { source: number[0], dbPersist: true } }
      : randomField(random);
  return { ...model, fields: new Map(model.fields).set(name, field) };
}

function addPlainField(random: Random, plan: Plan): Plan {
  return put(plan, withPlainField(random, someModel(random, plan)));
}

function randomField(random: Random): FieldPlan {
  const type = random.pick(PLAIN_TYPES);
  return { id: nextId(), type, options: randomOptions(random, type) };
}

function isIndexable(type: string): boolean {
  return !["TextField", "JSONField", "BinaryField"].includes(type);
}

function randomOptions(random: Random, type: string): Record<string, unknown> {
  return {
    ...(random.chance(40) && { null: true }),
    ...(isIndexable(type) && type !== "BooleanField" && random.chance(15) && { unique: true }),
    ...(isIndexable(type) && random.chance(20) && { dbIndex: true }),
    ...(random.chance(15) && { dbColumn: `c_${nextId()}` }),
    ...(random.chance(15) && { dbComment: `a ${type}` }),
    ...(["CharField", "IntegerField"].includes(type) &&
      random.chance(20) && { dbDefault: type === "CharField" ? "7" : 7 }),
    ...(["CharField", "TextField", "SlugField"].includes(type) && random.chance(25) && { default: "8" }),
    ...(/Integer/.test(type) && random.chance(25) && { default: 8 }),
    ...(type === "CharField" && { maxLength: 10 + random.below(50) }),
    ...(type === "SlugField" && random.chance(50) && { maxLength: 20 }),
    ...(type === "DecimalField" && { maxDigits: 8 + random.below(4), decimalPlaces: 2 }),
  };
}

function addRelation(random: Random, plan: Plan): Plan {
  const model = someModel(random, plan);
  const name = freeName(random, FIELD_NAMES, (known) => model.fields.has(known));
  if (name === undefined) return plan;
  const to = someModel(random, plan).id;
  const type = random.pick(["ForeignKey", "ForeignKey", "OneToOneField", "ManyToManyField"]);
  const options =
    type === "ManyToManyField"
      ? { relatedName: "+", ...(random.chance(20) && { dbTable: `links_${nextId()}` }) }
      : keyOptions(random);
  return put(plan, { ...model, fields: new Map(model.fields).set(name, { id: nextId(), type, to, options }) });
}

function keyOptions(random: Random): Record<string, unknown> {
  const nullable = random.chance(60);
  return {
    relatedName: "+",
    ...(nullable && { null: true }),
    onDelete: random.pick(nullable ? [...ON_DELETE, ...ON_DELETE_NULL] : ON_DELETE),
    ...(random.chance(10) && { dbIndex: false }),
    ...(random.chance(10) && { dbColumn: `c_${nextId()}` }),
  };
}

function removeModel(random: Random, plan: Plan): Plan {
  if (plan.size < 3) return plan;
  const gone = someModel(random, plan);
  let left: Plan = new Map([...plan].filter(([id]) => id !== gone.id));
  for (const model of left.values())
    for (const [name, field] of model.fields) if (field.to === gone.id) left = dropField(left, model.id, name);
  return left;
}

function renameModel(random: Random, plan: Plan): Plan {
  const taken = (name: string): boolean => [...plan.values()].some((model) => model.name === name);
  const name = freeName(random, [...MODEL_NAMES, "Writer", "Volume"], taken);
  return name === undefined ? plan : put(plan, { ...someModel(random, plan), name });
}

/** The fields that may go, be renamed or altered: not keys, and none that another column is computed from. */
function freeFields(model: ModelPlan): [string, FieldPlan][] {
  const sources = new Set([...model.fields.values()].map((field) => field.options["source"]));
  return [...model.fields].filter(([name, field]) => field.options["primaryKey"] !== true && !sources.has(name));
}

function someField(random: Random, plan: Plan): [ModelPlan, string, FieldPlan] | undefined {
  const all = [...plan.values()].flatMap((model) =>
    freeFields(model).map(([name, field]): [ModelPlan, string, FieldPlan] => [model, name, field]),
  );
  return all.length === 0 ? undefined : random.pick(all);
}

function removeField(random: Random, plan: Plan): Plan {
  const found = someField(random, plan);
  return found === undefined ? plan : dropField(plan, found[0].id, found[1]);
}

function dropField(plan: Plan, id: number, name: string): Plan {
  const model = plan.get(id);
  if (model === undefined) return plan;
  const fields = new Map([...model.fields].filter(([known]) => known !== name));
  return put(plan, { ...model, fields, meta: metaWithout(model.meta, name) });
}

function metaWithout(meta: MetaPlan, name: string): MetaPlan {
  const speaksOf = (fields: readonly string[]): boolean => fields.some((field) => field.replace("-", "") === name);
  const { orderWithRespectTo, ...rest } = meta;
  return {
    ...rest,
    ...(orderWithRespectTo !== undefined && orderWithRespectTo !== name && { orderWithRespectTo }),
    uniqueTogether: (meta.uniqueTogether ?? []).filter((fields) => !speaksOf(fields)),
    indexes: (meta.indexes ?? []).filter(({ fields }) => !speaksOf(fields)),
    uniques: (meta.uniques ?? []).filter(({ fields }) => !speaksOf(fields)),
    checks: (meta.checks ?? []).filter(({ field }) => field !== name),
  };
}

function renameField(random: Random, plan: Plan): Plan {
  const found = someField(random, plan);
  if (found === undefined) return plan;
  const [model, old] = found;
  const name = freeName(random, [...FIELD_NAMES, "renamedOnce", "again"], (known) => model.fields.has(known));
  if (name === undefined) return plan;
  const other = (field: string): string =>
    field.replace(/^(-?)(.*)$/, (_all, sign: string, rest: string) => sign + (rest === old ? name : rest));
  const { meta } = model;
  return put(plan, {
    ...model,
    fields: new Map([...model.fields].map(([key, field]) => [other(key), field])),
    meta: {
      ...meta,
      ...(meta.orderWithRespectTo !== undefined && { orderWithRespectTo: other(meta.orderWithRespectTo) }),
      uniqueTogether: (meta.uniqueTogether ?? []).map((fields) => fields.map(other)),
      indexes: (meta.indexes ?? []).map((index) => ({ ...index, fields: index.fields.map(other) })),
      uniques: (meta.uniques ?? []).map((rule) => ({ ...rule, fields: rule.fields.map(other) })),
      checks: (meta.checks ?? []).map((check) => ({ ...check, field: other(check.field) })),
    },
  });
}

function alterField(random: Random, plan: Plan): Plan {
  const found = someField(random, plan);
  if (found === undefined) return plan;
  const [model, name, field] = found;
  return put(plan, { ...model, fields: new Map(model.fields).set(name, altered(random, plan, model, name, field)) });
}

function altered(random: Random, plan: Plan, model: ModelPlan, name: string, field: FieldPlan): FieldPlan {
  if (field.type === "GeneratedField") return field;
  if (field.type === "ManyToManyField")
    return { ...field, options: { relatedName: "+", dbTable: `links_${nextId()}` } };
  if (field.to !== undefined) {
    const keepsType = random.chance(70);
    const other = field.type === "ForeignKey" ? "OneToOneField" : "ForeignKey";
    const to = random.chance(15) ? someModel(random, plan).id : field.to;
    return { ...field, to, type: keepsType ? field.type : other, options: keyOptions(random) };
  }
  const family = FAMILIES.find((types) => types.includes(field.type)) ?? [field.type];
  const hasCheck = (model.meta.checks ?? []).some((check) => check.field === name);
  const isIndexed = JSON.stringify(model.meta).includes(`"${name}"`);
  const type = random.pick(hasCheck ? [field.type] : family.filter((other) => !isIndexed || isIndexable(other)));
  return { ...field, type, options: randomOptions(random, type) };
}

/** Another size for an automatic key, whether written down or not. */
function alterKey(random: Random, plan: Plan): Plan {
  const model = someModel(random, plan);
  const [name, key] = [...model.fields].find(([, field]) => field.options["primaryKey"] === true) ?? [];
  if (key === undefined || name === undefined) {
    const made: FieldPlan = { id: nextId(), type: random.pick(KEYS), options: { primaryKey: true } };
    return put(plan, { ...model, fields: new Map([["id", made], ...model.fields]) });
  }
  const options = key.type === "CharField" ? { ...key.options, maxLength: 20 + random.below(30) } : key.options;
  const type = KEYS.includes(key.type) ? random.pick(KEYS) : key.type;
  return put(plan, { ...model, fields: new Map(model.fields).set(name, { ...key, type, options }) });
}

function changeMeta(random: Random, plan: Plan): Plan {
  const model = someModel(random, plan);
  const change = random.pick([
    changeTable,
    changeTogether,
    changeIndexes,
    changeUniques,
    changeChecks,
    changeOrder,
    changeTexts,
  ]);
  return put(plan, { ...model, meta: { ...model.meta, ...change(random, model) } });
}

function indexedFields(model: ModelPlan): string[] {
  return [...model.fields]
    .filter(([, field]) => field.type !== "ManyToManyField" && isIndexable(field.type))
    .map(([name]) => name);
}

function someFields(random: Random, model: ModelPlan): string[] {
  const all = indexedFields(model);
  const from = random.below(Math.max(all.length, 1));
  return all.slice(from, from + 1 + random.below(2));
}

function changeTable(random: Random, model: ModelPlan): MetaPlan {
  if (model.meta.dbTable !== undefined && random.chance(50)) return { dbTable: undefined } as unknown as MetaPlan;
  return { dbTable: `own_${nextId()}` };
}

function changeTogether(random: Random, model: ModelPlan): MetaPlan {
  const fields = someFields(random, model);
  const { uniqueTogether = [] } = model.meta;
  if (uniqueTogether.length > 0 && random.chance(50)) return { uniqueTogether: uniqueTogether.slice(1) };
  const known = uniqueTogether.some((names) => names.join() === fields.join());
  return fields.length < 2 || known ? {} : { uniqueTogether: [...uniqueTogether, fields] };
}

function changeIndexes(random: Random, model: ModelPlan): MetaPlan {
  const fields = someFields(random, model);
  const { indexes = [] } = model.meta;
  if (indexes.length > 0 && random.chance(40)) return { indexes: indexes.slice(1) };
  if (indexes.length > 0 && random.chance(40))
    return { indexes: indexes.map((index) => ({ ...index, name: `decl_${nextId()}` })) };
  if (fields.length === 0) return {};
  const signed = fields.map((field) => (random.chance(30) ? `-${field}` : field));
  return { indexes: [...indexes, { name: `decl_${nextId()}`, fields: signed }] };
}

function changeUniques(random: Random, model: ModelPlan): MetaPlan {
  const fields = someFields(random, model);
  const { uniques = [] } = model.meta;
  if (uniques.length > 0 && random.chance(50)) return { uniques: uniques.slice(1) };
  // PostgreSQL makes one of two rules over the same list of columns, so these are in the other order.
  const known = uniques.some((rule) => rule.fields.join() === fields.toReversed().join());
  return fields.length < 2 || known
    ? {}
    : { uniques: [...uniques, { name: `decl_${nextId()}`, fields: fields.toReversed() }] };
}

function changeChecks(random: Random, model: ModelPlan): MetaPlan {
  const { checks = [] } = model.meta;
  if (checks.length > 0 && random.chance(50)) return { checks: checks.slice(1) };
  const numbersOf = [...model.fields].filter(
    ([, field]) => /Integer/.test(field.type) && field.options["primaryKey"] !== true,
  );
  if (numbersOf.length === 0) return {};
  return { checks: [...checks, { name: `decl_${nextId()}`, field: random.pick(numbersOf)[0], above: -1 }] };
}

function changeOrder(random: Random, model: ModelPlan): MetaPlan {
  if (model.meta.orderWithRespectTo !== undefined) return { orderWithRespectTo: undefined } as unknown as MetaPlan;
  const keys = [...model.fields].filter(([, field]) => field.type === "ForeignKey");
  if (keys.length === 0) return {};
  return { orderWithRespectTo: random.pick(keys)[0], ordering: undefined } as unknown as MetaPlan;
}

function changeTexts(random: Random, model: ModelPlan): MetaPlan {
  if (model.meta.orderWithRespectTo === undefined && random.chance(50)) return { ordering: ["pk"] };
  return { dbTableComment: `table of ${model.name} ${random.below(9)}` };
}

// ---- the models themselves

/** The state that the models are in. */
export function stateOf(plan: Plan): ProjectState {
  const registry = new ModelRegistry();
  for (const model of plan.values())
    defineModel(registry, model.app, model.name, { fields: makeFields(plan, model), meta: makeMeta(model) });
  return projectStateOf(registry);
}

/** `blog.Author` */
export function labelOf(plan: Plan, id: number): string {
  const model = plan.get(id);
  if (model === undefined) throw new Error(`no model ${id}`);
  return `${model.app}.${model.name}`;
}

function makeFields(plan: Plan, model: ModelPlan): Record<string, Field> {
  return Object.fromEntries([...model.fields].map(([name, field]) => [name, makeField(plan, field)]));
}

function makeField(plan: Plan, { type, to, options: { source, onDelete, ...options } }: FieldPlan): Field {
  const FieldOf = CLASSES[type];
  if (FieldOf === undefined) throw new Error(`no field ${type}`);
  if (type === "GeneratedField")
    return new FieldOf({
      ...options,
      expression: new CombinedExpression(new F(String(source)), "+", new Value(1)),
      outputField: new numbers.IntegerField(),
    });
  if (to === undefined) return new FieldOf(options);
  const rule = (rules as unknown as Readonly<Record<string, unknown>>)[String(onDelete)];
  return new FieldOf(labelOf(plan, to), { ...options, ...(rule !== undefined && { onDelete: rule }) });
}

function makeMeta({ meta }: ModelPlan): MetaOptions {
  const { indexes = [], uniques = [], checks = [], ...rest } = meta;
  const constraints: Constraint[] = [
    ...uniques.map((rule) => new UniqueConstraint(rule)),
    ...checks.map(
      ({ name, field, above }) => new CheckConstraint({ name, condition: new Q({ [`${field}__gt`]: above }) }),
    ),
  ];
  const plain = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...plain, indexes: indexes.map((index) => new Index(index)), constraints };
}
