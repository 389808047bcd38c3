// Conditions that can be combined.

import { FieldError } from "@tsgo/core/exceptions";

import type { Query } from "../query/query.ts";
import type { WhereNode } from "../query/where.ts";
import type { Expression } from "./expression.ts";
import type { Reuse, ResolveOptions } from "./resolve-options.ts";

/** How conditions are joined. Nothing else ever reaches SQL. */
export type Connector = "AND" | "OR" | "XOR";

/** Lookups by key, as `filter` takes them: `{ pubDate__year: 2024 }`. */
export type Lookups = Readonly<Record<string, unknown>>;

/** What a condition is made of: a lookup with its value, another condition, or an expression that is true or false. */
export type QChild = readonly [key: string, value: unknown] | Q | Expression;

const CONNECTORS: ReadonlySet<string> = new Set(["AND", "OR", "XOR"]);

/**
 * A condition. Lookups in one object hold together; `and`, `or`, `xor` and `not` combine conditions into new ones.
 *
 * @example new Q({ votes__gt: 3 }).or({ choiceText__startswith: "N" }).not()
 */
export class Q {
  readonly children: readonly QChild[];
  readonly connector: Connector;
  readonly negated: boolean;
  readonly conditional = true;

  constructor(...conditions: readonly (Lookups | Q | Expression)[]) {
    this.children = conditions.flatMap(childrenOf);
    this.connector = "AND";
    this.negated = false;
  }

  /** Builds a condition from its parts. @internal */
  static create(children: readonly QChild[], connector: Connector = "AND", negated = false): Q {
    if (!CONNECTORS.has(connector))
      throw new FieldError(`Conditions are joined by AND, OR or XOR, not by '${connector as string}'.`);
    return Object.assign(new Q(), { children, connector, negated });
  }

  /** Both hold. Answers to `&`. */
  and(other: Q | Lookups | Expression): Q {
    return this.#combine(other, "AND");
  }

  /** At least one holds. Answers to `|`. */
  or(other: Q | Lookups | Expression): Q {
    return this.#combine(other, "OR");
  }

  /** Exactly one of two holds. Answers to `^`. */
  xor(other: Q | Lookups | Expression): Q {
    return this.#combine(other, "XOR");
  }

  /** The condition does not hold. Answers to `~`. */
  not(): Q {
    return Q.create([this], "AND", true);
  }

  get isEmpty(): boolean {
    return this.children.length === 0;
  }

  /** The condition as part of a query's tree, for annotations, `When` and filters of aggregates. @internal */
  resolve(query: Query, options: ResolveOptions = {}): WhereNode {
    return query.buildCondition(this, options);
  }

  /** The fields that the condition names, for constraints. */
  *flatten(): Generator<readonly [string, unknown]> {
    for (const child of this.children) {
      if (child instanceof Q) yield* child.flatten();
      else if (Array.isArray(child)) yield child as readonly [string, unknown];
    }
  }

  deconstruct(): { readonly type: string; readonly options: Readonly<Record<string, unknown>> } {
    return { type: "Q", options: { children: this.children, connector: this.connector, negated: this.negated } };
  }

  #combine(other: Q | Lookups | Expression, connector: Connector): Q {
    const right = other instanceof Q ? other : new Q(other);
    if (this.isEmpty) return right;
    if (right.isEmpty) return this;
    return Q.create([...spread(this, connector), ...spread(right, connector)], connector);
  }
}

// Conditions with the same connector need no nesting.
function spread(q: Q, connector: Connector): readonly QChild[] {
  if (!q.negated && (q.connector === connector || q.children.length === 1)) return q.children;
  return [q];
}

function childrenOf(condition: Lookups | Q | Expression): QChild[] {
  if (condition instanceof Q) return [condition];
  if (typeof condition !== "object" || condition === null)
    throw new FieldError("A condition is an object of lookups, a Q or an expression.");
  if ("resolve" in condition && typeof condition.resolve === "function") return [condition as Expression];
  // Sorted as Django sorts keyword arguments, so that the same condition always makes the same SQL.
  return Object.entries(condition).sort(byKey);
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}

export type { Reuse };
