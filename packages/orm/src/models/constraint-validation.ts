// Checking a constraint of the database before the database does.

import { NON_FIELD_ERRORS, ValidationError } from "@tsgo/core/exceptions";

import { connections } from "../db/connections.ts";
import { routerDbForRead } from "../db/routing.ts";
import { Expression, Value } from "../expressions/expression.ts";
import { Q, type QChild } from "../expressions/q.ts";
import { F } from "../expressions/references.ts";
import type { Field } from "../fields/field.ts";
import { Exact } from "../lookups/comparison.ts";
import { finishSql } from "../query/compiler/compiler.ts";
import { PlainCompiler } from "../query/compiler/plain.ts";
import { queryExists } from "../query/execute.ts";
import { Query } from "../query/query.ts";
import { EMPTY, FULL } from "../query/sql.ts";
import { CheckConstraint } from "./constraints/check.ts";
import type { Constraint } from "./constraints/constraint.ts";
import { UniqueConstraint } from "./constraints/unique.ts";
import { modelOf, valuesOf } from "./instances.ts";
import type { ModelBase, ModelClass } from "./model.ts";
import { STATE } from "./state.ts";
import { uniqueError } from "./unique-error.ts";

/** A violated constraint, under the name of its field or of the whole. */
export interface Violation {
  readonly name: string;
  readonly error: ValidationError;
}

/** What an instance would violate of a constraint. Constraints over excluded fields are passed over. */
export async function constraintViolations(
  instance: ModelBase,
  model: ModelClass,
  constraint: Constraint,
  exclude: ReadonlySet<string>,
): Promise<Violation[]> {
  if (constraint instanceof CheckConstraint) return checkViolations(instance, model, constraint, exclude);
  if (constraint instanceof UniqueConstraint) return uniqueViolations(instance, model, constraint, exclude);
  return foreignViolations(instance, model, constraint, exclude);
}

// Of a constraint that another package brought.
async function foreignViolations(
  instance: ModelBase,
  model: ModelClass,
  constraint: Constraint,
  exclude: ReadonlySet<string>,
): Promise<Violation[]> {
  const conflicts = constraint.conflicts((expression) => withValues(expression, instance, model));
  if (conflicts === undefined || conflicts.fields.some((name) => exclude.has(name))) return [];
  const { condition, rows } = conflicts;
  if (condition !== undefined && !(await conditionHolds(instance, model, condition))) return [];
  return (await otherRowExists(instance, model, rows, condition)) ? [violation(constraint)] : [];
}

// Whether a row beside the instance itself meets the conditions.
async function otherRowExists(
  instance: ModelBase,
  model: ModelClass,
  rows: Q,
  condition: Q | undefined,
): Promise<boolean> {
  const query = new Query(model);
  query.addQ(rows);
  if (condition !== undefined) query.addQ(condition);
  const key = valuesOf(instance)[model._meta.pk.attname];
  if (!instance[STATE].adding && key !== null && key !== undefined) query.addQ(Q.create([["pk", key]]).not());
  return queryExists(query, connections.get(instance[STATE].db ?? routerDbForRead(model)));
}

function violation(constraint: Constraint): Violation {
  const error = new ValidationError(constraint.violationErrorMessage, {
    ...(constraint.violationErrorCode === undefined ? {} : { code: constraint.violationErrorCode }),
    params: { name: constraint.name },
  });
  return { name: NON_FIELD_ERRORS, error };
}

async function checkViolations(
  instance: ModelBase,
  model: ModelClass,
  constraint: CheckConstraint,
  exclude: ReadonlySet<string>,
): Promise<Violation[]> {
  if (namesIn(constraint.condition).some((name) => exclude.has(name))) return [];
  return (await conditionHolds(instance, model, constraint.condition)) ? [] : [violation(constraint)];
}

async function uniqueViolations(
  instance: ModelBase,
  model: ModelClass,
  constraint: UniqueConstraint,
  exclude: ReadonlySet<string>,
): Promise<Violation[]> {
  const lookups: QChild[] = [];
  for (const name of constraint.fields) {
    if (exclude.has(name)) return [];
    const field = model._meta.getField(name) as Field;
    const value = valuesOf(instance)[field.attname];
    if (value === null || value === undefined) {
      if (constraint.nullsDistinct !== false) return [];
      lookups.push([`${name}__isnull`, true]);
    } else lookups.push([name, value]);
  }
  for (const given of constraint.expressions) {
    const expression = typeof given === "string" ? new F(given) : given;
    if (namesIn(expression).some((name) => exclude.has(name))) return [];
    lookups.push(new Exact(expression, withValues(expression, instance, model)));
  }
  const { condition } = constraint;
  if (condition !== undefined) {
    if (namesIn(condition).some((name) => exclude.has(name))) return [];
    if (!(await conditionHolds(instance, model, condition))) return [];
  }
  if (!(await otherRowExists(instance, model, Q.create(lookups), condition))) return [];
  if (
    condition !== undefined ||
    constraint.expressions.length > 0 ||
    constraint.options.violationErrorMessage !== undefined
  )
    return [violation(constraint)];
  const [only = NON_FIELD_ERRORS, ...more] = constraint.fields;
  return [
    {
      name: more.length === 0 ? only : NON_FIELD_ERRORS,
      error: uniqueError(modelOf(instance)._meta, model, constraint.fields),
    },
  ];
}

function namesIn(source: Q | Expression): string[] {
  if (source instanceof Q) {
    return source.children.flatMap((child) => {
      if (child instanceof Q || child instanceof Expression) return namesIn(child);
      const [key, value] = child;
      return [key.split("__")[0] ?? "", ...(value instanceof Expression ? namesIn(value) : [])];
    });
  }
  return [...source.flatten()].flatMap((part) => (part instanceof F ? [part.name.split("__")[0] ?? ""] : []));
}

// The expression with the instance's values in the place of its columns.
function withValues(expression: Expression, instance: ModelBase, model: ModelClass): Expression {
  if (expression instanceof F) {
    const field = model._meta.getField(expression.name) as Field;
    return new Value(valuesOf(instance)[field.attname], { outputField: field });
  }
  return expression.withSourceExpressions(
    expression
      .getSourceExpressions()
      .map((source) => (source === undefined ? undefined : withValues(source, instance, model))),
  );
}

// Asks the database whether the values of an instance meet a condition; NULL counts as yes, as in a CHECK.
async function conditionHolds(instance: ModelBase, model: ModelClass, condition: Q): Promise<boolean> {
  const connection = connections.get(instance[STATE].db ?? routerDbForRead(model));
  const query = new Query(model);
  for (const field of model._meta.localConcreteFields) {
    const value = field.generated
      ? withValues((field as Field & { readonly expression: Expression }).expression, instance, model)
      : new Value(valuesOf(instance)[field.attname], { outputField: field });
    const resolved = value.resolve(query, { allowJoins: false });
    query.annotations = new Map(query.annotations).set(field.name, resolved).set(field.attname, resolved);
    if (field === model._meta.pk) query.annotations = new Map(query.annotations).set("pk", resolved);
  }
  const where = query.buildCondition(condition, {});
  try {
    const compiled = new PlainCompiler(query, connection).compile(where);
    const statement = finishSql(
      {
        sql: `SELECT CASE WHEN ${compiled.sql} THEN 1 WHEN NOT (${compiled.sql}) THEN 0 ELSE 2 END`,
        params: [...compiled.params, ...compiled.params],
      },
      connection,
    );
    const { rows } = await connection.execute(statement.sql, statement.params);
    return Number(rows[0]?.[0]) !== 0;
  } catch (error) {
    if (error === FULL) return true;
    if (error === EMPTY) return false;
    throw error;
  }
}
