// Lookups of stores of keys.

import { FieldError } from "@tsgo/core/exceptions";
import type { Field } from "@tsgo/orm/models";
import {
  Expression,
  Lookup,
  type LookupEntry,
  type Sql,
  type SqlCompiler,
  TextField,
  Transform,
} from "@tsgo/orm/models";

import { ArrayField } from "../fields/array.ts";
import { arrayText } from "../values/literals.ts";
import { operatorLookup } from "./parts.ts";

/** The text under a key. */
class KeyValue extends Expression<string | null> {
  readonly lhs: Expression;
  readonly name: string;

  constructor(lhs: Expression, name: string) {
    super(new TextField.Class());
    this.lhs = lhs;
    this.name = name;
  }

  override getSourceExpressions(): readonly Expression[] {
    return [this.lhs];
  }

  override withSourceExpressions([lhs]: readonly (Expression | undefined)[]): this {
    return lhs === this.lhs ? this : this.copyWith({ lhs });
  }

  // The key is a parameter like any other.
  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = compiler.compile(this.lhs);
    const key = compiler.parameter(this.name);
    return { sql: `(${sql} -> ${key.sql}::text)`, params: [...params, ...key.params] };
  }
}

/** The text under a key of a store. */
export function valueOfKey(lhs: Expression, name: string): Expression {
  return new KeyValue(lhs, name);
}

abstract class HasKeys extends Lookup {
  // Getters, since the constructor already asks for them.
  protected abstract get operator(): string;
  protected abstract get type(): "text" | "text[]";

  protected override prepare(value: unknown): unknown {
    const good = this.type === "text" ? isKey(value) : Array.isArray(value) && value.every(isKey);
    if (!good)
      throw new FieldError(
        `The lookup '${this.lookupName}' takes ${this.type === "text" ? "a key" : "a list of keys"}.`,
      );
    return this.type === "text" ? String(value) : (value as unknown[]).map(String);
  }

  protected override dbValue(_compiler: SqlCompiler, value: unknown): unknown {
    return Array.isArray(value) ? arrayText(value, String) : value;
  }

  override compile(compiler: SqlCompiler): Sql {
    const { lhs, rhs } = this.sides(compiler);
    return { sql: `${lhs.sql} ${this.operator} ${rhs.sql}::${this.type}`, params: [...lhs.params, ...rhs.params] };
  }
}

function isKey(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

class HasKey extends HasKeys {
  static override readonly lookupName: string = "has_key";
  protected override get operator(): string {
    return "?";
  }
  protected override get type(): "text" {
    return "text";
  }
}

class HasAllKeys extends HasKeys {
  static override readonly lookupName: string = "has_keys";
  protected override get operator(): string {
    return "?&";
  }
  protected override get type(): "text[]" {
    return "text[]";
  }
}

class HasAnyKeys extends HasKeys {
  static override readonly lookupName: string = "has_any_keys";
  protected override get operator(): string {
    return "?|";
  }
  protected override get type(): "text[]" {
    return "text[]";
  }
}

abstract class TextList extends Transform {
  protected override resolveOutputField(): Field {
    return new ArrayField({ baseField: new TextField.Class() });
  }
}

/** `keys`: the keys as an array. */
class Keys extends TextList {
  static override readonly lookupName: string = "keys";
  override readonly function = "akeys";
}

/** `values`: the values as an array. */
class Values extends TextList {
  static override readonly lookupName: string = "values";
  override readonly function = "avals";
}

/** What `HStoreField` has. */
export const hstoreLookups: readonly LookupEntry[] = [
  operatorLookup("exact", "="),
  operatorLookup("contains", "@>"),
  operatorLookup("contained_by", "<@"),
  HasKey,
  HasAllKeys,
  HasAnyKeys,
  Keys,
  Values,
];
