// Lookups for texts.

import { FieldError, ValidationError } from "@tsgo/core/exceptions";

import { Expression } from "../expressions/expression.ts";
import { describeValue } from "../fields/field.ts";
import { assertStorableText } from "../fields/text.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";
import { escapeLike } from "./escape-like.ts";
import { OperatorLookup } from "./lookup.ts";

// A database without a type for UUIDs keeps their digits only.
function withoutHyphens(text: string, lhs: Expression, compiler: SqlCompiler): string {
  const isUuid = lhs.outputFieldOrUndefined?.targetValueField.internalType === "UUIDField";
  return isUuid && !compiler.connection.features.hasNativeUuid ? text.replaceAll("-", "") : text;
}

abstract class PatternLookup extends OperatorLookup {
  /** The pattern for LIKE around an escaped text. */
  protected abstract pattern(text: string): string;

  // The value is a part of the text form of what is stored, so it need not be a whole value of the field.
  protected override prepareScalar(value: unknown): unknown {
    const text = textOf(value);
    assertStorableText(text);
    return text;
  }

  protected override dbValue(compiler: SqlCompiler, value: unknown): unknown {
    return this.pattern(escapeLike(withoutHyphens(String(value), this.lhs, compiler)));
  }

  override compile(compiler: SqlCompiler): Sql {
    if (!(this.rhs instanceof Expression)) return super.compile(compiler);
    const { operations } = compiler.connection;
    const { lhs, rhs } = this.sides(compiler);
    const cast = operations.lookupCast(this.lookupName, this.lhs.outputFieldOrUndefined?.targetValueField.internalType);
    return {
      sql: `${cast(lhs.sql)} ${operations.patternSql(this.lookupName, rhs.sql)}`,
      params: [...lhs.params, ...rhs.params],
    };
  }
}

/** `contains`: the text has the value in it. */
export class Contains extends PatternLookup {
  static override readonly lookupName: string = "contains";
  static override readonly keepsSql: boolean = true;
  protected pattern(text: string): string {
    return `%${text}%`;
  }
}

/** `icontains`: the text has the value in it, whatever the case. */
export class IContains extends Contains {
  static override readonly lookupName: string = "icontains";
  static override readonly keepsSql: boolean = true;
}

/** `startswith`: the text begins with the value. */
export class StartsWith extends PatternLookup {
  static override readonly lookupName: string = "startswith";
  static override readonly keepsSql: boolean = true;
  protected pattern(text: string): string {
    return `${text}%`;
  }
}

/** `istartswith`: the text begins with the value, whatever the case. */
export class IStartsWith extends StartsWith {
  static override readonly lookupName: string = "istartswith";
  static override readonly keepsSql: boolean = true;
}

/** `endswith`: the text ends with the value. */
export class EndsWith extends PatternLookup {
  static override readonly lookupName: string = "endswith";
  static override readonly keepsSql: boolean = true;
  protected pattern(text: string): string {
    return `%${text}`;
  }
}

/** `iendswith`: the text ends with the value, whatever the case. */
export class IEndsWith extends EndsWith {
  static override readonly lookupName: string = "iendswith";
  static override readonly keepsSql: boolean = true;
}

/** `regex`: the text matches a regular expression, in the database's own language of them. */
export class Regex extends OperatorLookup {
  static override readonly lookupName: string = "regex";

  protected override prepareScalar(value: unknown): unknown {
    const text = textOf(value);
    assertStorableText(text);
    try {
      void new RegExp(text.replace(/^\(\?[a-z]+\)/, ""), "u");
    } catch {
      try {
        void new RegExp(text.replace(/^\(\?[a-z]+\)/, ""));
      } catch (error) {
        throw new ValidationError(`${describeValue(value)} is not a regular expression.`, {
          code: "invalid_regex",
          cause: error,
        });
      }
    }
    return text;
  }

  protected override dbValue(_compiler: SqlCompiler, value: unknown): unknown {
    return value;
  }

  override compile(compiler: SqlCompiler): Sql {
    const { lhs, rhs } = this.sides(compiler);
    const { operations } = compiler.connection;
    const cast = operations.lookupCast(this.lookupName, this.lhs.outputFieldOrUndefined?.targetValueField.internalType);
    return {
      sql: operations.regexSql(cast(lhs.sql), rhs.sql, this.lookupName === "iregex"),
      params: [...lhs.params, ...rhs.params],
    };
  }
}

/** `iregex`: the text matches a regular expression, whatever the case. */
export class IRegex extends Regex {
  static override readonly lookupName: string = "iregex";
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && !("toFixed" in value) && !(Symbol.toStringTag in value))
    throw new FieldError(`${describeValue(value)} is not a text.`);
  return String(value);
}
