// `a | b`, `a & b`, `a ^ b` of two querysets of the same model: one query with both conditions.

import { FieldError } from "@tsgo/core/exceptions";

import type { Connector } from "../expressions/q.ts";
import { JoinPromoter } from "./join-promoter.ts";
import type { Query } from "./query.ts";
import { INNER, Join } from "./tables.ts";

/** Takes the conditions of `right` into `left`, which changes. */
export function combineQueries(left: Query, right: Query, connector: Connector): void {
  if (left.model !== right.model) throw new FieldError("Only querysets of the same model can be combined.");
  if (left.isSliced || right.isSliced) throw new FieldError("A slice cannot be combined with another queryset.");
  if (left.distinct !== right.distinct)
    throw new FieldError("A distinct queryset cannot be combined with one that is not distinct.");
  if (left.distinctFields.join() !== right.distinctFields.join())
    throw new FieldError("Querysets with different distinct fields cannot be combined.");
  const initial = left.initialAlias();
  const other = right.clone();
  other.bumpPrefix(left, new Set([initial]));
  const changes = new Map<string, string>();
  // Under AND, each queryset's relation with many rows keeps a join of its own.
  const reuse = connector === "AND" ? new Set<string>() : new Set(left.aliases.tables.keys());
  const promoter = new JoinPromoter(connector, 2, false);
  promoter.addVotes([...left.aliases.tables].filter(([, table]) => table.joinType === INNER).map(([alias]) => alias));
  const votes = new Set<string>();
  for (const alias of [...other.aliases.tables.keys()].slice(1)) {
    const table = other.aliases.get(alias).relabeled(changes);
    if (!(table instanceof Join)) continue;
    const moved = left.join(table, reuse);
    if (table.joinType === INNER) votes.add(moved);
    reuse.delete(moved);
    if (alias !== moved) changes.set(alias, moved);
    if (other.aliases.count(alias) === 0) left.aliases.unref(moved);
  }
  promoter.addVotes(votes);
  promoter.updateJoinTypes(left.aliases);
  for (const prefix of other.aliases.subqueryPrefixes) left.aliases.subqueryPrefixes.add(prefix);
  left.where = left.where.with(other.where.relabeled(changes), connector);
  if (other.select.length > 0) left.setSelect(other.select.map((column) => column.relabeled(changes)));
  else left.select = [];
  left.orderBy = other.orderBy.length > 0 ? other.orderBy : left.orderBy;
}
