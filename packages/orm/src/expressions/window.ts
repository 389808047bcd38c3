// Values over the rows around a row.

import { FieldError } from "@tsgo/core/exceptions";

import type { DatabaseFeatures } from "../backends/base/features.ts";
import { NotSupportedError } from "../exceptions.ts";
import type { Field } from "../fields/field.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import { type Sql, joinSql } from "../query/sql.ts";
import { Expression, OrderBy } from "./expression.ts";
import { toSource } from "./func.ts";
import { F } from "./references.ts";

/** Which rows a frame leaves out. Answers to `WindowFrameExclusion`. */
export type FrameExclusion = "CURRENT ROW" | "GROUP" | "TIES" | "NO OTHERS";

const EXCLUSIONS: readonly string[] = ["CURRENT ROW", "GROUP", "TIES", "NO OTHERS"];

/** The rows of a frame: null is unbounded, negative preceding, positive following, 0 the current row. */
export interface Frame {
  readonly rows?: readonly [start: number | null, end: number | null];
  readonly range?: readonly [start: number | null, end: number | null];
  /** Rows that are left out; MariaDB and MySQL have no such. */
  readonly exclusion?: FrameExclusion;
}

/** Where a frame begins and ends. */
export interface FrameBounds {
  readonly start?: number | null;
  readonly end?: number | null;
  readonly exclusion?: FrameExclusion;
}

/** A frame of so many rows before and behind. Answers to Django's `RowRange`. */
export function RowRange({ start = null, end = null, ...rest }: FrameBounds = {}): Frame {
  return checkFrame({ rows: [start, end], ...rest });
}

/** A frame of the rows whose value lies so far before and behind. Answers to Django's `ValueRange`. */
export function ValueRange({ start = null, end = null, ...rest }: FrameBounds = {}): Frame {
  return checkFrame({ range: [start, end], ...rest });
}

/** What a window takes beside its expression. */
export interface WindowOptions {
  readonly partitionBy?: string | Expression | readonly (string | Expression)[];
  readonly orderBy?: string | Expression | readonly (string | Expression)[];
  readonly frame?: Frame;
  readonly outputField?: Field;
}

/**
 * An aggregate or window function over the rows that belong with a row.
 *
 * @example new Window(new Rank(), { partitionBy: "publisher", orderBy: "-price" })
 */
export class Window<T = unknown> extends Expression<T> {
  readonly expression: Expression;
  readonly partition: readonly Expression[];
  readonly order: readonly Expression[];
  readonly frame: Frame | undefined;

  constructor(expression: Expression<T>, options: WindowOptions = {}) {
    super(options.outputField);
    if (!expression.windowCompatible) throw new FieldError(`${expression.describe()} cannot stand in a window.`);
    this.expression = expression;
    this.partition = list(options.partitionBy).map(toSource);
    this.order = list(options.orderBy).map(orderTerm);
    this.frame = options.frame === undefined ? undefined : checkFrame(options.frame);
  }

  protected override resolveOutputField(): Field | undefined {
    return this.expression.outputFieldOrUndefined;
  }

  override get containsAggregate(): boolean {
    return false;
  }

  override get containsOverClause(): boolean {
    return true;
  }

  override get isComputed(): boolean {
    return true;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.expression, ...this.partition, ...this.order];
  }

  override withSourceExpressions([expression, ...rest]: readonly (Expression | undefined)[]): this {
    return this.copyWith({
      expression,
      partition: rest.slice(0, this.partition.length),
      order: rest.slice(this.partition.length),
    });
  }

  override getGroupByCols(): readonly Expression[] {
    return [...this.partition, ...this.order].flatMap((source) => source.getGroupByCols());
  }

  override compile(compiler: SqlCompiler): Sql {
    const params: unknown[] = [];
    const over: string[] = [];
    const add = (keyword: string, terms: readonly Expression[]): void => {
      if (terms.length === 0) return;
      const joined = joinSql(
        terms.map((term) => compiler.compile(term)),
        ", ",
      );
      over.push(`${keyword} ${joined.sql}`);
      params.push(...joined.params);
    };
    add("PARTITION BY", this.partition);
    add("ORDER BY", this.order);
    if (this.frame !== undefined) over.push(frameSql(this.frame, compiler.connection.features));
    return this.expression.compileOver(compiler, { sql: over.join(" "), params });
  }

  override describe(): string {
    return `Window(${this.expression.describe()})`;
  }
}

function list<V>(value: V | readonly V[] | undefined): readonly V[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly V[]) : [value as V];
}

function orderTerm(term: string | Expression): Expression {
  if (term instanceof OrderBy) return term;
  if (term instanceof Expression) return term.asc();
  if (typeof term !== "string") throw new FieldError("A window is ordered by names of fields and expressions.");
  return term.startsWith("-") ? new F(term.slice(1)).desc() : new F(term).asc();
}

function checkFrame(frame: Frame): Frame {
  const bounds = frame.rows ?? frame.range;
  if (bounds === undefined || (frame.rows !== undefined && frame.range !== undefined))
    throw new FieldError("A frame has either rows or range.");
  const [start, end] = bounds;
  if (frame.exclusion !== undefined && !EXCLUSIONS.includes(frame.exclusion))
    throw new FieldError(`A frame excludes ${EXCLUSIONS.join(", ")}, not ${JSON.stringify(frame.exclusion)}.`);
  for (const bound of bounds)
    if (bound !== null && !Number.isSafeInteger(bound))
      throw new RangeError("The bounds of a frame are whole numbers or null.");
  if (start !== null && end !== null && start > end)
    throw new RangeError(`A frame cannot end (${end}) before it begins (${start}).`);
  return frame;
}

function frameSql(frame: Frame, { supportsFrameExclusion }: DatabaseFeatures): string {
  if (frame.exclusion !== undefined && !supportsFrameExclusion)
    throw new NotSupportedError("This database cannot leave rows out of a frame.");
  const kind = frame.rows === undefined ? "RANGE" : "ROWS";
  const [start, end] = frame.rows ?? frame.range ?? [null, null];
  return `${kind} BETWEEN ${boundSql(start, "PRECEDING")} AND ${boundSql(end, "FOLLOWING")}${frame.exclusion === undefined ? "" : ` EXCLUDE ${frame.exclusion}`}`;
}

function boundSql(bound: number | null, side: "PRECEDING" | "FOLLOWING"): string {
  if (bound === null) return `UNBOUNDED ${side}`;
  if (bound === 0) return "CURRENT ROW";
  return bound < 0 ? `${-bound} PRECEDING` : `${bound} FOLLOWING`;
}
