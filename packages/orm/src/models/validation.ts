// Checking an instance before it is saved.

import { FieldError, NON_FIELD_ERRORS, ValidationError } from "@tsgo/core/exceptions";

import { connections } from "../db/connections.ts";
import { routerDbForRead } from "../db/routing.ts";
import { Q } from "../expressions/q.ts";
import { CompositePrimaryKey } from "../fields/composite.ts";
import { type Field, isEmptyValue } from "../fields/field.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import { queryExists } from "../query/execute.ts";
import { Query } from "../query/query.ts";
import { constraintViolations } from "./constraint-validation.ts";
import { validateReference } from "./reference-validation.ts";
import { capitalized, uniqueError } from "./unique-error.ts";
import { modelOf, valuesOf } from "./instances.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { STATE } from "./state.ts";

type Errors = Record<string, ValidationError[]>;

/** Checks fields, `clean()`, uniqueness and constraints, and tells all errors together. */
export async function fullClean(
  instance: ModelBase,
  options: {
    readonly exclude?: Iterable<string>;
    readonly validateUnique?: boolean;
    readonly validateConstraints?: boolean;
  },
): Promise<void> {
  const errors: Errors = {};
  const exclude = new Set(options.exclude);
  const attempt = async (check: () => void | Promise<void>): Promise<void> => {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      error.updateErrorDict(errors);
    }
  };
  // What is wrong already need not be looked up.
  const excludeWrong = (): void => {
    for (const name of Object.keys(errors)) if (name !== NON_FIELD_ERRORS) exclude.add(name);
  };
  await attempt(() => cleanFields(instance, exclude));
  await attempt(async () => instance.clean());
  if (options.validateUnique ?? true) {
    excludeWrong();
    await attempt(() => validateUnique(instance, exclude));
  }
  if (options.validateConstraints ?? true) {
    excludeWrong();
    await attempt(() => validateConstraints(instance, exclude));
  }
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
}

/** Converts and checks each field. Blank ones that may be blank are left alone. */
export async function cleanFields(instance: ModelBase, exclude: ReadonlySet<string>): Promise<void> {
  const errors: Errors = {};
  const values = valuesOf(instance);
  for (const field of modelOf(instance)._meta.concreteFields) {
    if (exclude.has(field.name) || field.generated || !Object.hasOwn(instance, field.attname)) continue;
    const raw = values[field.attname];
    if ((field.blank && isEmptyValue(raw)) || typeof raw === "symbol") continue;
    try {
      values[field.attname] = field.clean(raw, instance);
      if (field instanceof ForeignKey) await validateReference(field, instance);
    } catch (error) {
      errors[field.name] = [asValidationError(error)];
    }
  }
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
}

function asValidationError(error: unknown): ValidationError {
  if (error instanceof ValidationError) return error;
  if (error instanceof FieldError) return new ValidationError(error.message, { code: "invalid", cause: error });
  throw error;
}

type UniqueCheck = readonly [model: ModelClass, fields: readonly string[]];
interface DateCheck {
  readonly model: ModelClass;
  readonly lookup: "date" | "month" | "year";
  readonly field: Field;
  readonly dateField: string;
}

/** Looks for other rows with the same values where there may be none. */
export async function validateUnique(instance: ModelBase, exclude: ReadonlySet<string>): Promise<void> {
  const errors: Errors = {};
  const { unique, dates } = uniqueChecks(instance, exclude);
  for (const [model, names] of unique) {
    const error = await violated(instance, model, names);
    if (error !== undefined) (errors[names.length === 1 ? (names[0] ?? "") : NON_FIELD_ERRORS] ??= []).push(error);
  }
  for (const check of dates) {
    const error = await dateViolated(instance, check);
    if (error !== undefined) (errors[check.field.name] ??= []).push(error);
  }
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
}

function uniqueChecks(
  instance: ModelBase,
  exclude: ReadonlySet<string>,
): { readonly unique: UniqueCheck[]; readonly dates: DateCheck[] } {
  const { model } = modelOf(instance)._meta;
  const models = [model, ...model._meta.getParentList()];
  const unique: UniqueCheck[] = [];
  const dates: DateCheck[] = [];
  for (const owner of models) {
    for (const names of owner._meta.uniqueTogether)
      if (!names.some((name) => exclude.has(name))) unique.push([owner, names]);
  }
  for (const owner of models) {
    for (const field of owner._meta.localFields) {
      if (exclude.has(field.name) || field.generated) continue;
      if (field instanceof CompositePrimaryKey) {
        const names = field.fields.map(({ name }) => name);
        if (!names.some((name) => exclude.has(name))) unique.push([owner, names]);
      } else if (field.unique) unique.push([owner, [field.name]]);
      const options = [
        ["date", field.options.uniqueForDate],
        ["month", field.options.uniqueForMonth],
        ["year", field.options.uniqueForYear],
      ] as const;
      for (const [lookup, dateField] of options)
        if (dateField !== undefined && !exclude.has(dateField)) dates.push({ model: owner, lookup, field, dateField });
    }
  }
  return { unique, dates };
}

async function violated(
  instance: ModelBase,
  model: ModelClass,
  names: readonly string[],
): Promise<ValidationError | undefined> {
  const lookups: [string, unknown][] = [];
  for (const name of names) {
    const field = model._meta.getField(name) as Field;
    const value = valuesOf(instance)[field.attname];
    // NULL equals nothing, and a new row has no key to be there already.
    if (value === null || value === undefined || typeof value === "symbol") return undefined;
    if (field.primaryKey && !instance[STATE].adding) continue;
    lookups.push([field.name, value]);
  }
  if (lookups.length === 0 || names.length !== lookups.length) return undefined;
  if (!(await otherRowExists(instance, model, lookups))) return undefined;
  return uniqueError(modelOf(instance)._meta, model, names);
}

async function otherRowExists(
  instance: ModelBase,
  model: ModelClass,
  lookups: readonly (readonly [string, unknown])[],
): Promise<boolean> {
  const query = new Query(model);
  query.addQ(Q.create(lookups));
  const key = valuesOf(instance)[model._meta.pk.attname];
  if (!instance[STATE].adding && key !== null && key !== undefined) query.addQ(Q.create([["pk", key]]).not());
  return queryExists(query, connections.get(instance[STATE].db ?? routerDbForRead(model)));
}

async function dateViolated(instance: ModelBase, check: DateCheck): Promise<ValidationError | undefined> {
  const { model, lookup, field, dateField } = check;
  const date = model._meta.getField(dateField) as Field;
  const when = date.toValue(valuesOf(instance)[date.attname]);
  if (when === null || when === undefined) return undefined;
  const day =
    when instanceof Date
      ? { year: when.getUTCFullYear(), month: when.getUTCMonth() + 1, day: when.getUTCDate() }
      : (when as { year: number; month: number; day: number });
  const parts: readonly ("year" | "month" | "day")[] = lookup === "date" ? ["year", "month", "day"] : [lookup];
  const lookups = parts.map((part): readonly [string, unknown] => [`${dateField}__${part}`, day[part]]);
  lookups.push([field.name, valuesOf(instance)[field.attname]]);
  if (!(await otherRowExists(instance, model, lookups))) return undefined;
  return new ValidationError(field.errorMessage("uniqueForDate"), {
    code: "unique_for_date",
    params: {
      field_label: capitalized(field.verboseName),
      date_field_label: capitalized(date.verboseName),
      lookup_type: lookup,
    },
  });
}

/** Checks the constraints of the model and its parents. */
export async function validateConstraints(instance: ModelBase, exclude: ReadonlySet<string>): Promise<void> {
  const errors: Errors = {};
  const { model } = modelOf(instance)._meta;
  for (const owner of [model, ...model._meta.getParentList()]) {
    for (const constraint of owner._meta.constraints) {
      for (const { name, error } of await constraintViolations(instance, owner, constraint, exclude))
        (errors[name] ??= []).push(error);
    }
  }
  if (Object.keys(errors).length > 0) throw new ValidationError(errors);
}
