// A relation with a condition in the ON of its join.

import { FieldError } from "@tsgo/core/exceptions";

import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Query } from "../query/query.ts";
import type { Sql } from "../query/sql.ts";
import type { WhereNode } from "../query/where.ts";
import type { Relabeling } from "./expression.ts";
import { type Lookups, Q, type QChild } from "./q.ts";
import type { ResolveOptions } from "./resolve-options.ts";

// The condition with the relation under its new name, so that it speaks of the same join.
function renamed(condition: Q, relation: string, alias: string): Q {
  const children = condition.children.map((child): QChild => {
    if (child instanceof Q) return renamed(child, relation, alias);
    if (!Array.isArray(child)) return child;
    const [key, value] = child as readonly [string, unknown];
    return [key === relation || key.startsWith(`${relation}__`) ? `${alias}${key.slice(relation.length)}` : key, value];
  });
  return Q.create(children, condition.connector, condition.negated);
}

/**
 * Gives a name to a relation of which only the rows that meet a condition count.
 *
 * @example
 * Author.objects.annotate({ published: new FilteredRelation("books", { condition: new Q({ books__status: "pub" }) }) })
 */
export class FilteredRelation {
  readonly relationName: string;
  readonly condition: Q;
  readonly alias: string | undefined;
  readonly resolvedCondition: WhereNode | undefined;

  constructor(relationName: string, options: { readonly condition?: Q | Lookups } = {}) {
    if (typeof relationName !== "string" || relationName === "")
      throw new FieldError("A FilteredRelation needs the name of a relation.");
    const condition = options.condition ?? new Q();
    this.relationName = relationName;
    this.condition = condition instanceof Q ? condition : new Q(condition);
    this.alias = undefined;
    this.resolvedCondition = undefined;
  }

  /** The relation under the name that `annotate` gives it. @internal */
  named(alias: string): FilteredRelation {
    return this.#with({ alias, condition: renamed(this.condition, this.relationName, alias) });
  }

  resolve(query: Query, options: ResolveOptions): FilteredRelation {
    return this.#with({ resolvedCondition: query.buildFilteredRelationCondition(this.condition, options) });
  }

  relabeled(changes: Relabeling): FilteredRelation {
    return this.resolvedCondition === undefined
      ? this
      : this.#with({ resolvedCondition: this.resolvedCondition.relabeled(changes) });
  }

  equals(other: FilteredRelation | undefined): boolean {
    return (
      other !== undefined &&
      this.relationName === other.relationName &&
      this.alias === other.alias &&
      this.condition === other.condition
    );
  }

  compile(compiler: SqlCompiler): Sql {
    if (this.resolvedCondition === undefined)
      throw new FieldError(`The FilteredRelation '${this.alias ?? this.relationName}' was not resolved.`);
    return compiler.compile(this.resolvedCondition);
  }

  #with(changes: Partial<FilteredRelation>): FilteredRelation {
    return Object.assign(new FilteredRelation(this.relationName), {
      condition: this.condition,
      alias: this.alias,
      resolvedCondition: this.resolvedCondition,
      ...changes,
    });
  }
}
