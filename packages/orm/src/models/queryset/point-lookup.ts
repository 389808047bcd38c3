// Rows by plain equality, `get({ pk: 1 })`: the commonest query of all, compiled once for each shape.

import type { BaseWrapper } from "../../backends/base/base-wrapper.ts";
import type { Row } from "../../backends/base/wrapper.ts";
import type { Field } from "../../fields/field.ts";
import { type CompiledSelect, convertRows } from "../../query/execute.ts";
import { type RowReader, rowReader } from "../iterables.ts";
import type { ModelBase, ModelClass } from "../model.ts";

/** A statement that finds rows by the values of columns. */
export interface PointLookup {
  readonly fields: readonly Field[];
  readonly compiled: CompiledSelect;
  readonly read: RowReader;
}

const known = new WeakMap<BaseWrapper, WeakMap<ModelClass, Map<string, PointLookup>>>();

const TEXTS: ReadonlySet<string> = new Set(["CharField", "TextField", "SlugField"]);
const INTEGERS = /Integer|Auto/;
const MAX_PLAIN = 2 ** 31 - 1;

/** The fields of a lookup by plain values, or undefined where it needs the whole way. */
export function plainFields(model: ModelClass, lookups: Readonly<Record<string, unknown>>): Field[] | undefined {
  const meta = model._meta;
  if (meta.parents.size > 0) return undefined;
  const fields: Field[] = [];
  for (const name of Object.keys(lookups).sort()) {
    const field = name === "pk" ? meta.pk : meta.findAttribute(name);
    if (field === undefined || field.isRelation || !isPlain(field, lookups[name])) return undefined;
    fields.push(field);
  }
  return fields.length === 0 ? undefined : fields;
}

// Values that are parameters as they stand once the field has checked them, and that every column can hold.
function isPlain(field: Field, value: unknown): boolean {
  const type = field.internalType;
  if (typeof value === "string") return TEXTS.has(type) && field.constructor.name === type;
  return (
    typeof value === "number" &&
    Number.isSafeInteger(value) &&
    value >= 0 &&
    value <= MAX_PLAIN &&
    INTEGERS.test(type) &&
    !type.startsWith("Small") &&
    !type.startsWith("PositiveSmall")
  );
}

/** The statement for lookups by these names, compiled the first time. */
export function pointLookup(
  connection: BaseWrapper,
  model: ModelClass,
  fields: readonly Field[],
  compile: () => CompiledSelect | undefined,
): PointLookup | undefined {
  let models = known.get(connection);
  if (models === undefined) known.set(connection, (models = new WeakMap()));
  let shapes = models.get(model);
  if (shapes === undefined) models.set(model, (shapes = new Map()));
  const key = fields.map((field) => field.attname).join(",");
  const found = shapes.get(key);
  if (found !== undefined) return found;
  const compiled = compile();
  if (compiled === undefined || compiled.params.length !== fields.length) return undefined;
  const lookup = { fields, compiled, read: rowReader(compiled.compiler, "model", connection.alias, []) };
  shapes.set(key, lookup);
  return lookup;
}

/** The rows that have these values. */
export async function fetchPoint(
  connection: BaseWrapper,
  { fields, compiled, read }: PointLookup,
  values: readonly unknown[],
): Promise<ModelBase[]> {
  const params = fields.map((field, index) => field.getDbPrepValue(values[index], connection));
  const { rows } = await connection.execute(compiled.sql, params, compiled.options);
  return convertRows(rows, compiled).map((row: Row) => read(row) as ModelBase);
}
