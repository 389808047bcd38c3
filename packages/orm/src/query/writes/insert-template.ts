// The statement that inserts rows of nothing but plain values: its text depends on the fields and on how many rows there are.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Field } from "../../fields/field.ts";
import type { ModelBase, ModelClass } from "../../models/model.ts";
import { isPlainValue, parameterOf } from "../shapes/writes.ts";

/** How many texts are kept for the numbers of rows that come up. */
const KEPT_TEXTS = 4;

export class InsertTemplate {
  readonly #connection: BaseWrapper;
  readonly #fields: readonly Field[];
  readonly #head: string;
  readonly #returned: string;
  readonly #texts = new Map<number, string>();

  constructor(connection: BaseWrapper, model: ModelClass, fields: readonly Field[], returning: readonly Field[]) {
    const columns = (list: readonly Field[]): string =>
      list.map((field) => connection.quoteName(field.column ?? "")).join(", ");
    this.#connection = connection;
    this.#fields = fields;
    const statement = connection.operations.insertStatement(null);
    this.#head = `${statement} ${connection.quoteName(model._meta.dbTable)} (${columns(fields)}) VALUES `;
    this.#returned = returning.length === 0 ? "" : ` RETURNING ${columns(returning)}`;
  }

  /** The statement for a number of rows. */
  sql(rows: number): string {
    const known = this.#texts.get(rows);
    if (known !== undefined) return known;
    const { operations } = this.#connection;
    const values: string[] = [];
    let number = 0;
    for (let row = 0; row < rows; row += 1)
      values.push(`(${this.#fields.map(() => operations.placeholder((number += 1))).join(", ")})`);
    const text = this.#head + values.join(", ") + this.#returned;
    if (this.#texts.size >= KEPT_TEXTS) this.#texts.clear();
    this.#texts.set(rows, text);
    return text;
  }

  /** The parameters of rows. Undefined where a value is an expression or left to the database. */
  params(objects: readonly ModelBase[], raw: boolean): unknown[] | undefined {
    const params: unknown[] = [];
    for (const object of objects) {
      for (const field of this.#fields) {
        const value = raw ? field.valueFromObject(object) : field.preSave(object, true);
        if (!isPlainValue(value)) return undefined;
        params.push(parameterOf(field, value, this.#connection));
      }
    }
    return params;
  }
}

const templates = new WeakMap<BaseWrapper, WeakMap<readonly Field[], Map<string, InsertTemplate>>>();

/** The template for a list of fields, which a model has once. */
export function insertTemplate(
  connection: BaseWrapper,
  model: ModelClass,
  fields: readonly Field[],
  returning: readonly Field[],
): InsertTemplate {
  let lists = templates.get(connection);
  if (lists === undefined) templates.set(connection, (lists = new WeakMap()));
  let known = lists.get(fields);
  if (known === undefined) lists.set(fields, (known = new Map()));
  const key = returning.length === 0 ? "" : returning.map(({ column }) => column).join(",");
  let template = known.get(key);
  if (template === undefined) known.set(key, (template = new InsertTemplate(connection, model, fields, returning)));
  return template;
}
