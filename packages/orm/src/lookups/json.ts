// Keys of JSON values, and lookups on JSON.

import { FieldError } from "@tsgo/core/exceptions";

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import { type Converter, Expression } from "../expressions/expression.ts";
import { F } from "../expressions/references.ts";
import { describeValue } from "../fields/field.ts";
import { JSONField } from "../fields/json.ts";
import { TextField } from "../fields/text.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import { EMPTY, type Sql } from "../query/sql.ts";
import { Exact, GreaterThan, GreaterThanOrEqual, IExact, In, LessThan, LessThanOrEqual } from "./comparison.ts";
import { IsNull } from "./is-null.ts";
import { Lookup, type LookupClass } from "./lookup.ts";
import { EndsWith, IContains, IEndsWith, IRegex, IStartsWith, Regex, StartsWith } from "./text.ts";

/** A key of an object, or an index of a list. */
export type JsonStep = string | number;

/** What stands behind a key in a JSON value. */
export class KeyTransform extends Expression {
  readonly lhs: Expression;
  readonly keyName: string;

  constructor(keyName: string, lhs: Expression | string) {
    super();
    this.keyName = keyName;
    this.lhs = typeof lhs === "string" ? new F(lhs) : lhs;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.lhs];
  }

  override withSourceExpressions([lhs]: readonly (Expression | undefined)[]): this {
    return lhs === this.lhs ? this : this.copyWith({ lhs });
  }

  protected override resolveOutputField(): JSONField | TextField {
    return new JSONField();
  }

  /** The JSON value at the bottom, and the steps from it. */
  trail(): { readonly base: Expression; readonly path: readonly JsonStep[] } {
    const inner = trailOf(this.lhs);
    return { base: inner.base, path: [...inner.path, stepOf(this.keyName)] };
  }

  override compile(compiler: SqlCompiler): Sql {
    const { base, path } = this.trail();
    return compiler.connection.operations.jsonKeySql(compiler.compile(base), path);
  }

  override converter(_connection: DatabaseWrapper): Converter | undefined {
    return (value) => {
      if (typeof value !== "string") return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        return value;
      }
    };
  }

  /** The lookup of a name on what stands behind a key. */
  getLookup(name: string): LookupClass | undefined {
    return KEY_LOOKUPS.get(name);
  }
}

/** What stands behind a key, as text. */
export class KeyTextTransform extends KeyTransform {
  protected override resolveOutputField(): TextField {
    return new TextField();
  }

  override compile(compiler: SqlCompiler): Sql {
    const { base, path } = this.trail();
    return compiler.connection.operations.jsonKeyTextSql(compiler.compile(base), path);
  }

  override converter(): undefined {
    return undefined;
  }

  override compileOperand(compiler: SqlCompiler): Sql {
    return compiler.connection.operations.jsonTextOperand(compiler.compile(this));
  }

  override getLookup(): LookupClass | undefined {
    return undefined;
  }
}

/** What stands behind keys of a JSON field, as text: `KT("data__author__name")`. */
export function KT(lookup: string): KeyTextTransform {
  const [path = "", ...keys] = lookup.split("__");
  if (keys.length === 0) throw new FieldError("KT() takes the name of a field and at least one key: 'data__key'.");
  const expression = keys.reduce<Expression>((lhs, key) => new KeyTextTransform(key, lhs), new F(path));
  return expression as KeyTextTransform;
}

/** The transform of a key in a lookup. */
export function keyTransform(name: string, lhs: Expression): KeyTransform {
  return new KeyTransform(name, lhs);
}

function stepOf(name: string): JsonStep {
  return /^-?(?:0|[1-9]\d{0,14})$/.test(name) ? Number(name) : name;
}

function trailOf(lhs: Expression): { readonly base: Expression; readonly path: readonly JsonStep[] } {
  return lhs instanceof KeyTransform ? lhs.trail() : { base: lhs, path: [] };
}

/** JSON's own null, which is not the NULL of the database: save it with `new Value(null, { outputField: new JSONField() })` or this. */
export class JSONNull extends Expression<null> {
  constructor() {
    super(new JSONField());
  }

  override compile(compiler: SqlCompiler): Sql {
    return compiler.typedParameter(compiler.connection.operations.adaptJson("null"), this.outputField);
  }
}

/** `exact` on a JSON field. */
class JSONExact extends Lookup {
  static override readonly lookupName: string = "exact";

  override get canUseNull(): boolean {
    return true;
  }

  protected override prepare(value: unknown): unknown {
    return value ?? null;
  }

  override compile(compiler: SqlCompiler): Sql {
    return compiler.connection.operations.jsonExactSql(this.compileLhs(compiler), this.compileRhs(compiler));
  }
}

class KeyExact extends JSONExact {
  override compile(compiler: SqlCompiler): Sql {
    if (this.rhs instanceof Expression) {
      const { lhs, rhs } = this.sides(compiler);
      return { sql: `${lhs.sql} = ${rhs.sql}`, params: [...lhs.params, ...rhs.params] };
    }
    const { base, path } = trailOf(this.lhs);
    return compiler.connection.operations.jsonKeyExactSql(compiler.compile(base), path, this.rhs);
  }
}

class KeyIn extends In {
  protected override prepareScalar(value: unknown): unknown {
    return value;
  }

  protected override prepare(value: unknown): unknown {
    if (!Array.isArray(value)) throw new FieldError(`The lookup 'in' takes a list, not ${describeValue(value)}.`);
    return value;
  }

  override compile(compiler: SqlCompiler): Sql {
    if (this.rhs instanceof Expression || (this.rhs as unknown[]).some((item) => item instanceof Expression))
      return super.compile(compiler);
    const items = (this.rhs as unknown[]).filter((item) => item !== null && item !== undefined);
    if (items.length === 0) throw EMPTY;
    const { base, path } = trailOf(this.lhs);
    return compiler.connection.operations.jsonKeyInSql(compiler.compile(base), path, items);
  }
}

class KeyIsNull extends IsNull {
  override compile(compiler: SqlCompiler): Sql {
    const { base, path } = trailOf(this.lhs);
    return compiler.connection.operations.jsonKeyIsNullSql(compiler.compile(base), path, this.rhs === true);
  }
}

// Numbers and texts behind a key compare as themselves.
function ordering(base: LookupClass): LookupClass {
  return class extends (base as unknown as typeof GreaterThan) {
    static override readonly lookupName: string = base.lookupName;
    protected override prepareScalar(value: unknown): unknown {
      return value;
    }
    protected override dbValue(compiler: SqlCompiler, value: unknown): unknown {
      return compiler.connection.operations.adaptJsonScalar(value);
    }
  };
}

function onText(base: LookupClass): LookupClass {
  return class extends (base as unknown as typeof IExact) {
    static override readonly lookupName: string = base.lookupName;
    constructor(lhs: Expression, rhs: unknown) {
      super(
        lhs instanceof KeyTransform && !(lhs instanceof KeyTextTransform)
          ? new KeyTextTransform(lhs.keyName, lhs.lhs)
          : lhs,
        rhs,
      );
    }
  };
}

abstract class HasKeyLookup extends Lookup {
  protected abstract get joiner(): " AND " | " OR ";

  protected override prepare(value: unknown): unknown {
    const keys = Array.isArray(value) ? value : [value];
    if (keys.length === 0 || !keys.every((key) => typeof key === "string" || typeof key === "number"))
      throw new FieldError(`The lookup '${this.lookupName}' takes keys, not ${describeValue(value)}.`);
    return keys.map(String);
  }

  override compile(compiler: SqlCompiler): Sql {
    const { base, path } = trailOf(this.lhs);
    const parts = (this.rhs as string[]).map((key) =>
      compiler.connection.operations.jsonHasKeySql(compiler.compile(base), [...path, key]),
    );
    const sql = parts.map((part) => part.sql).join(this.joiner);
    return { sql: parts.length > 1 ? `(${sql})` : sql, params: parts.flatMap((part) => part.params) };
  }
}

/** `has_key`: the object has a key. */
class HasKey extends HasKeyLookup {
  static override readonly lookupName: string = "has_key";
  protected get joiner(): " AND " {
    return " AND ";
  }
  protected override prepare(value: unknown): unknown {
    if (typeof value !== "string" && typeof value !== "number")
      throw new FieldError(`The lookup 'has_key' takes one key, not ${describeValue(value)}.`);
    return super.prepare(value);
  }
}

/** `has_keys`: the object has all of the keys. */
class HasKeys extends HasKeyLookup {
  static override readonly lookupName: string = "has_keys";
  protected get joiner(): " AND " {
    return " AND ";
  }
}

/** `has_any_keys`: the object has one of the keys. */
class HasAnyKeys extends HasKeyLookup {
  static override readonly lookupName: string = "has_any_keys";
  protected get joiner(): " OR " {
    return " OR ";
  }
}

abstract class Containment extends Lookup {
  protected override prepare(value: unknown): unknown {
    return value ?? null;
  }
}

/** `contains`: the JSON value has these pairs or items. */
class DataContains extends Containment {
  static override readonly lookupName: string = "contains";
  override compile(compiler: SqlCompiler): Sql {
    return compiler.connection.operations.jsonContainsSql(this.compileLhs(compiler), this.compileRhs(compiler));
  }
}

/** `contained_by`: these pairs or items have the JSON value among them. */
class ContainedBy extends Containment {
  static override readonly lookupName: string = "contained_by";
  override compile(compiler: SqlCompiler): Sql {
    return compiler.connection.operations.jsonContainedBySql(this.compileLhs(compiler), this.compileRhs(compiler));
  }
}

function byName(lookups: readonly LookupClass[]): ReadonlyMap<string, LookupClass> {
  return new Map(lookups.map((lookup) => [lookup.lookupName, lookup]));
}

/** The lookups of JSON fields. */
export const jsonLookups: ReadonlyMap<string, LookupClass> = byName([
  JSONExact,
  HasKey,
  HasKeys,
  HasAnyKeys,
  DataContains,
  ContainedBy,
]);

const KEY_LOOKUPS: ReadonlyMap<string, LookupClass> = byName([
  KeyExact,
  KeyIn,
  KeyIsNull,
  HasKey,
  HasKeys,
  HasAnyKeys,
  DataContains,
  ContainedBy,
  ...[GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual].map(ordering),
  ...[IExact, IContains, StartsWith, IStartsWith, EndsWith, IEndsWith, Regex, IRegex].map(onText),
]);

export { Exact };
