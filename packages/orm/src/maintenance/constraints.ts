// Foreign keys that are checked at the end of a piece of work and not row by row.

import type { BaseWrapper } from "../backends/base/base-wrapper.ts";
import { atomic } from "../db/transaction.ts";
import { IntegrityError } from "../exceptions.ts";
import { ForeignKey } from "../fields/foreign-key.ts";
import type { ModelClass } from "../models/model.ts";

/** Runs a function in a transaction in which rows may refer to rows that come later. */
export async function withDeferredConstraints<T>(connection: BaseWrapper, fn: () => Promise<T>): Promise<T> {
  const { scope, begin, end } = connection.operations.deferConstraintsSql;
  const using = connection.alias;
  if (scope === "transaction")
    return atomic(
      async () => {
        await connection.execute(begin);
        const result = await fn();
        if (end !== null) await connection.execute(end);
        return result;
      },
      { using },
    );
  // A broken transaction takes no statement, so a switch of the session is turned back outside of it.
  return connection.withConnection(async () => {
    await connection.execute(begin);
    try {
      return await atomic(fn, { using });
    } finally {
      await connection.execute(end);
    }
  });
}

/**
 * Looks for rows that refer to rows which are not there.
 *
 * @throws IntegrityError that names the row, its column and what it refers to.
 */
export async function checkForeignKeys(connection: BaseWrapper, models: Iterable<ModelClass>): Promise<void> {
  for (const model of models)
    for (const field of model._meta.localFields)
      if (field instanceof ForeignKey && field.dbConstraint) await checkForeignKey(connection, model, field);
}

async function checkForeignKey(connection: BaseWrapper, model: ModelClass, field: ForeignKey): Promise<void> {
  const { _meta: meta } = model;
  const target = field.remoteField.model._meta;
  const quote = (name: string | null): string => connection.quoteName(name ?? "");
  const [own, other] = [`r.${quote(field.column)}`, `t.${quote(field.targetField.column)}`];
  // A target inherited from a parent is a column of the parent's table.
  const table = quote(field.targetField.model._meta.dbTable);
  const keys = meta.pkFields.map((key) => `r.${quote(key.column)}`);
  const { rows } = await connection.execute(
    `SELECT ${keys.join(", ")}, ${own} FROM ${quote(meta.dbTable)} r LEFT JOIN ${table} t ON ${own} = ${other} ` +
      `WHERE ${own} IS NOT NULL AND ${other} IS NULL ORDER BY ${keys.join(", ")} LIMIT 1`,
  );
  const [row] = rows;
  if (row === undefined) return;
  throw new IntegrityError(
    `${meta.label}(pk=${row.slice(0, -1).map(String).join(", ")}): ${field.name} refers to ` +
      `${target.label}(${field.targetField.name}=${String(row.at(-1))}), which is not there.`,
  );
}
