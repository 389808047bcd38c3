import type { Connector } from "../expressions/q.ts";
import type { Aliases } from "./aliases.ts";

/**
 * Decides which joins of a condition must keep rows without a partner: under OR a join that not every branch needs is outer,
 * under AND a join that some branch needs is inner.
 */
export class JoinPromoter {
  readonly #connector: Connector;
  readonly #children: number;
  readonly #votes = new Map<string, number>();

  constructor(connector: Connector, children: number, negated: boolean) {
    this.#connector = negated ? (connector === "AND" ? "OR" : "AND") : connector;
    this.#children = children;
  }

  /** One branch tells which joins it needs as inner ones. */
  addVotes(aliases: Iterable<string>): void {
    for (const alias of aliases) this.#votes.set(alias, (this.#votes.get(alias) ?? 0) + 1);
  }

  /** Changes the joins, and gives those that became inner. */
  updateJoinTypes(aliases: Aliases): Set<string> {
    const promote = new Set<string>();
    const demote = new Set<string>();
    for (const [alias, votes] of this.#votes) {
      if (this.#connector === "OR" && votes < this.#children) promote.add(alias);
      if (this.#connector === "AND" || (this.#connector === "OR" && votes === this.#children)) demote.add(alias);
    }
    aliases.promote(promote);
    aliases.demote(demote);
    return demote;
  }
}
