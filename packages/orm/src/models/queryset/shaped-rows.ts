// The methods of querysets that give rows of another form, or the rows of several querysets.

import { FieldError } from "@tsgo/core/exceptions";

import { Expression } from "../../expressions/expression.ts";
import { Q } from "../../expressions/q.ts";
import { F } from "../../expressions/references.ts";
import { DateField, DateTimeField } from "../../fields/dates.ts";
import { describeValue } from "../../fields/field.ts";
import { type TruncOptions, Trunc } from "../../functions/dates.ts";
import { combineQueries } from "../../query/combine.ts";
import { type Combinator, Query } from "../../query/query.ts";
import { setValues } from "../../query/values.ts";
import type { RowKind } from "../iterables.ts";
import type { ModelBase } from "../model.ts";
import type { QuerySet } from "../queryset.ts";
import { chained, withQuery } from "./chain.ts";
import { expressionName } from "./named-expressions.ts";
import { NarrowedRows } from "./narrowed-rows.ts";

const VALUES = Symbol("values");

/** The rows of a model in another form, or together with those of others. */
export class ShapedRows<M extends ModelBase = ModelBase, Row = M> extends NarrowedRows<M, Row> {
  /** Rows as plain objects of the named fields and expressions; without names of all columns. */
  values(
    ...fields: readonly (string | Readonly<Record<string, unknown>> | Expression)[]
  ): QuerySet<M, Record<string, unknown>> {
    return this.#valued("values", fields, "values");
  }

  /** Rows as lists; with `flat` and one field as its values, with `named` as lists with names. */
  valuesList(...fields: readonly unknown[]): QuerySet<M, unknown> {
    const last = fields.at(-1);
    const options = isListOptions(last) ? last : {};
    for (const name of Object.keys(options))
      if (name !== "flat" && name !== "named")
        throw new FieldError(
          `valuesList() has no option ${JSON.stringify(name)}. Give expressions by themselves, or use annotate() first.`,
        );
    const names = (isListOptions(last) ? fields.slice(0, -1) : fields) as (string | Expression)[];
    if (options.flat === true && options.named === true)
      throw new FieldError("valuesList() is flat or named, not both.");
    if (options.flat === true && names.length !== 1)
      throw new FieldError("valuesList() is flat for exactly one field.");
    return this.#valued(
      "valuesList",
      names,
      options.flat === true ? "flat" : options.named === true ? "named" : "list",
    );
  }

  #valued(
    operation: string,
    fields: readonly (string | Readonly<Record<string, unknown>> | Expression)[],
    kind: RowKind,
  ): QuerySet<M, never> {
    const names: string[] = [];
    const expressions: Record<string, unknown> = {};
    for (const field of fields) {
      if (typeof field === "string") names.push(field);
      else if (isExpression(field)) {
        const name = expressionName(field, [...names, ...this.query.meta.fieldNames()]);
        expressions[name] = field;
        names.push(name);
      } else {
        Object.assign(expressions, field);
        names.push(...Object.keys(field));
      }
    }
    const base = Object.keys(expressions).length > 0 ? this.annotate(expressions) : this;
    void operation;
    return chained(
      base,
      [VALUES, kind, ...names],
      [],
      (query) => {
        setValues(query, names);
      },
      { kind },
    ) as unknown as QuerySet<M, never>;
  }

  /** The days, weeks, months or years that occur in a date field. */
  dates(
    field: string,
    kind: "year" | "month" | "week" | "day",
    options: { readonly order?: "ASC" | "DESC" } = {},
  ): QuerySet<M, unknown> {
    if (!["year", "month", "week", "day"].includes(kind))
      throw new FieldError(`dates() takes 'year', 'month', 'week' or 'day', not ${describeValue(kind)}.`);
    return this.#dateList(field, kind, options.order ?? "ASC", { outputField: new DateField() });
  }

  /** The instants, cut down to a part, that occur in a date and time field. */
  datetimes(
    field: string,
    kind: "year" | "month" | "week" | "day" | "hour" | "minute" | "second",
    options: { readonly order?: "ASC" | "DESC"; readonly tzinfo?: string } = {},
  ): QuerySet<M, unknown> {
    if (!["year", "month", "week", "day", "hour", "minute", "second"].includes(kind))
      throw new FieldError(`datetimes() takes a part of a date or time, not ${describeValue(kind)}.`);
    const { order, ...zone } = options;
    return this.#dateList(field, kind, order ?? "ASC", { outputField: new DateTimeField(), ...zone });
  }

  #dateList(
    field: string,
    kind: "year" | "month" | "week" | "day" | "hour" | "minute" | "second",
    order: "ASC" | "DESC",
    options: TruncOptions,
  ): QuerySet<M, unknown> {
    if (order !== "ASC" && order !== "DESC")
      throw new FieldError(`The order is 'ASC' or 'DESC', not ${describeValue(order)}.`);
    return this.annotate({ datefield: new Trunc(field, kind, options), plainField: new F(field) })
      .valuesList("datefield", { flat: true })
      .distinct()
      .filter({ plainField__isnull: false })
      .orderBy(order === "DESC" ? "-datefield" : "datefield");
  }

  /** The rows of this and other querysets, equal ones once (or each time, with `all`). */
  union(...others: readonly unknown[]): this {
    const last = others.at(-1);
    const options = isUnionOptions(last) ? last : {};
    const rest = (isUnionOptions(last) ? others.slice(0, -1) : others) as QuerySet[];
    // What has no rows adds none.
    if (this.query.isEmpty) {
      const full = rest.filter((other) => !other.query.isEmpty);
      const [first, ...more] = full;
      if (first === undefined) return this;
      return (more.length === 0 ? first : first.#combined("union", more, options.all ?? false)) as unknown as this;
    }
    return this.#combined("union", rest, options.all ?? false);
  }

  /** The rows that all of the querysets have. */
  intersection(...others: readonly QuerySet<ModelBase, unknown>[]): this {
    for (const other of [this, ...others]) if (other.query.isEmpty) return other as unknown as this;
    return this.#combined("intersection", others as QuerySet[], false);
  }

  /** The rows that the others do not have. */
  difference(...others: readonly QuerySet<ModelBase, unknown>[]): this {
    if (this.query.isEmpty) return this;
    return this.#combined("difference", others as QuerySet[], false);
  }

  #combined(combinator: Combinator, others: readonly QuerySet[], all: boolean): this {
    const combined = this.query.chain();
    combined.clearOrdering(true);
    combined.clearLimits();
    combined.combinator = combinator;
    combined.combinatorAll = all;
    combined.combinedQueries = [this.query.clone(), ...others.map((other) => other.query.clone())];
    combined.where = new Query(this.model).where;
    combined.orderBy = [];
    combined.defaultOrdering = false;
    return withQuery(this, combined);
  }

  /** The rows that meet the conditions of both. Answers to `&`. */
  and(other: QuerySet<ModelBase, unknown>): this {
    this.query.assertNotCombined("and()");
    if (other.query.isEmpty) return other as unknown as this;
    if (this.query.isEmpty) return this;
    return chained(this, undefined, [], (query) => {
      combineQueries(query, other.query, "AND");
    });
  }

  /** The rows that meet the conditions of one of them. Answers to `|`. */
  or(other: QuerySet<ModelBase, unknown>): this {
    this.query.assertNotCombined("or()");
    if (this.query.isEmpty) return other as unknown as this;
    if (other.query.isEmpty) return this;
    return this.#joined(other, "OR");
  }

  /** The rows that meet the conditions of exactly one of them. Answers to `^`. */
  xor(other: QuerySet<ModelBase, unknown>): this {
    this.query.assertNotCombined("xor()");
    if (this.query.isEmpty) return other as unknown as this;
    if (other.query.isEmpty) return this;
    return this.#joined(other, "XOR");
  }

  #joined(other: QuerySet<ModelBase, unknown>, connector: "OR" | "XOR"): this {
    const left = this.query.canFilter ? this.query : this.#byKey();
    const right = other.query.canFilter ? other.query : other.#byKey();
    const query = left.chain();
    combineQueries(query, right, connector);
    return withQuery(this, query);
  }

  // A slice as a condition on keys.
  #byKey(): Query {
    const query = new Query(this.model);
    query.addQ(Q.create([["pk__in", this.values("pk")]]));
    return query;
  }
}

function isExpression(value: unknown): value is Expression {
  return value instanceof Expression;
}

function isListOptions(value: unknown): value is { readonly flat?: boolean; readonly named?: boolean } {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isUnionOptions(value: unknown): value is { readonly all?: boolean } {
  return isListOptions(value);
}
