// Functions of texts.

import { FieldError } from "@tsgo/core/exceptions";

import type { Field } from "../fields/field.ts";
import { Expression, Value } from "../expressions/expression.ts";
import { Func, type FuncArgument, type FuncForm, toSource } from "../expressions/func.ts";
import { IntegerField } from "../fields/numbers.ts";
import { CharField } from "../fields/text.ts";
import { Transform } from "../lookups/transform.ts";
import type { SqlCompiler } from "../query/compiler/compiler.ts";
import type { Sql } from "../query/sql.ts";
import { Coalesce } from "./comparison.ts";

abstract class TextFunc extends Func<string> {
  protected override resolveOutputField(): Field | undefined {
    return super.resolveOutputField() ?? new CharField();
  }
}

/** The text in small letters. */
export class Lower extends Transform<string> {
  static override readonly lookupName: string = "lower";
  override readonly function = "LOWER";
}

/** The text in capitals. */
export class Upper extends Transform<string> {
  static override readonly lookupName: string = "upper";
  override readonly function = "UPPER";
}

/** The number of characters. */
export class Length extends Transform<number> {
  static override readonly lookupName: string = "length";
  override readonly function = "LENGTH";
  override readonly forms = { mysql: { function: "CHAR_LENGTH" } };
  protected override resolveOutputField(): Field {
    return new IntegerField();
  }
}

/** The text without spaces at both ends. */
export class Trim extends Transform<string> {
  static override readonly lookupName: string = "trim";
  override readonly function = "TRIM";
}

/** The text without spaces at its beginning. */
export class LTrim extends Transform<string> {
  static override readonly lookupName: string = "ltrim";
  override readonly function = "LTRIM";
}

/** The text without spaces at its end. */
export class RTrim extends Transform<string> {
  static override readonly lookupName: string = "rtrim";
  override readonly function = "RTRIM";
}

/** The text from its end to its beginning. */
export class Reverse extends Transform<string> {
  static override readonly lookupName: string = "reverse";
  override readonly function = "REVERSE";
}

/** The character with a code point. */
export class Chr extends Transform<string> {
  static override readonly lookupName: string = "chr";
  override readonly function = "CHR";
  override readonly forms = {
    sqlite: { function: "CHAR" },
    mysql: { template: "CONVERT(CHAR(%(expressions)s USING utf32) USING utf8mb4)" },
  };
  protected override resolveOutputField(): Field {
    return new CharField();
  }
}

/** The code point of the first character. */
export class Ord extends Transform<number> {
  static override readonly lookupName: string = "ord";
  override readonly function = "ASCII";
  override readonly forms = {
    sqlite: { function: "UNICODE" },
    mysql: { template: "ORD(CONVERT(%(expressions)s USING utf32))" },
  };
  protected override resolveOutputField(): Field {
    return new IntegerField();
  }
}

/** The MD5 of the text, in hex. */
export class MD5 extends Transform<string> {
  static override readonly lookupName: string = "md5";
  override readonly function = "MD5";
}

function shaForms(bits: number): Partial<Record<"postgresql" | "mysql", FuncForm>> {
  return {
    postgresql: { template: `ENCODE(SHA${bits}(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')` },
    mysql: { template: `SHA2(%(expressions)s, ${bits})` },
  };
}

/** The SHA-1 of the text, in hex. */
export class SHA1 extends Transform<string> {
  static override readonly lookupName: string = "sha1";
  override readonly function = "SHA1";
  override readonly forms = { postgresql: { template: "ENCODE(DIGEST(%(expressions)s, 'sha1'), 'hex')" } };
}
/** The SHA-224 of the text, in hex. */
export class SHA224 extends Transform<string> {
  static override readonly lookupName: string = "sha224";
  override readonly function = "SHA224";
  override readonly forms = shaForms(224);
}
/** The SHA-256 of the text, in hex. */
export class SHA256 extends Transform<string> {
  static override readonly lookupName: string = "sha256";
  override readonly function = "SHA256";
  override readonly forms = shaForms(256);
}
/** The SHA-384 of the text, in hex. */
export class SHA384 extends Transform<string> {
  static override readonly lookupName: string = "sha384";
  override readonly function = "SHA384";
  override readonly forms = shaForms(384);
}
/** The SHA-512 of the text, in hex. */
export class SHA512 extends Transform<string> {
  static override readonly lookupName: string = "sha512";
  override readonly function = "SHA512";
  override readonly forms = shaForms(512);
}

/** A piece of a text from a position, which counts from 1. */
export class Substr extends TextFunc {
  override readonly function = "SUBSTRING";
  override readonly forms = { sqlite: { function: "SUBSTR" } };

  constructor(expression: FuncArgument, position: number | Expression, length?: number | Expression) {
    if (typeof position === "number" && position < 1) throw new RangeError("The position in a text counts from 1.");
    super(expression, position, ...(length === undefined ? [] : [length]), { outputField: new CharField() });
  }
}

/** The first characters of a text. */
export class Left extends TextFunc {
  override readonly function = "LEFT";

  constructor(expression: FuncArgument, length: number | Expression) {
    if (typeof length === "number" && length < 1) throw new RangeError("Left() takes a length from 1.");
    super(expression, length, { outputField: new CharField() });
  }

  override compile(compiler: SqlCompiler): Sql {
    if (compiler.connection.vendor !== "sqlite") return super.compile(compiler);
    return compiler.compile(new Substr(this.source(0), new Value(1), this.source(1)));
  }
}

/** The last characters of a text. */
export class Right extends TextFunc {
  override readonly function = "RIGHT";

  constructor(expression: FuncArgument, length: number | Expression) {
    if (typeof length === "number" && length < 1) throw new RangeError("Right() takes a length from 1.");
    super(expression, length, { outputField: new CharField() });
  }

  override compile(compiler: SqlCompiler): Sql {
    if (compiler.connection.vendor !== "sqlite") return super.compile(compiler);
    return compiler.compile(new Substr(this.source(0), this.source(1).mul(-1)));
  }
}

/** A text made longer at its beginning. */
export class LPad extends TextFunc {
  override readonly function: string = "LPAD";

  constructor(expression: FuncArgument, length: number | Expression | null, fill: Expression = new Value(" ")) {
    if (typeof length === "number" && length < 0) throw new RangeError("A text cannot be padded to a negative length.");
    super(expression, length, fill, { outputField: new CharField() });
  }
}

/** A text made longer at its end. */
export class RPad extends LPad {
  override readonly function: string = "RPAD";
}

/** A text so many times. */
export class Repeat extends TextFunc {
  override readonly function = "REPEAT";

  constructor(expression: FuncArgument, count: number | Expression | null) {
    if (typeof count === "number" && count < 0)
      throw new RangeError("A text cannot be repeated a negative number of times.");
    super(expression, count, { outputField: new CharField() });
  }
}

/** A text with every occurrence of another replaced. */
export class Replace extends TextFunc {
  override readonly function = "REPLACE";

  constructor(expression: FuncArgument, text: FuncArgument, replacement: FuncArgument = new Value("")) {
    super(expression, text, replacement);
  }
}

/** The place of a text in another, counted from 1; 0 where it is not there. */
export class StrIndex extends Func<number> {
  override readonly function = "INSTR";
  override readonly forms = {
    postgresql: { function: "STRPOS" },
    // The collation of the column might not tell cases apart. The last argument stands before the collation.
    mysql: { template: "INSTR(%(expressions)s COLLATE utf8mb4_bin)" },
  };

  constructor(expression: FuncArgument, text: FuncArgument) {
    super(expression, text, { outputField: new IntegerField() });
  }

  override compile(compiler: SqlCompiler): Sql {
    if (compiler.connection.vendor !== "mysql") return super.compile(compiler);
    return this.compileAs(compiler, this.forms.mysql, [this.source(0), new AsUtf8(this.source(1))]);
  }
}

class ConcatPair extends Func<string> {
  override readonly function = "CONCAT";
  readonly nullAsEmpty: boolean = true;

  override compile(compiler: SqlCompiler): Sql {
    const { vendor } = compiler.connection;
    if (vendor === "sqlite")
      return this.compileAs(
        compiler,
        { template: "(%(expressions)s)", argJoiner: " || " },
        this.sources.map(coalesced),
      );
    if (vendor === "postgresql")
      return this.compileAs(
        compiler,
        { template: "(%(expressions)s)", argJoiner: " || " },
        this.sources.map((source) => coalesced(new AsText(source))),
      );
    return this.compileAs(compiler, { template: "CONCAT_WS('', %(expressions)s)" }, this.sources.map(coalesced));
  }
}

class AsUtf8 extends Func<string> {
  override readonly template = "CONVERT(%(expressions)s USING utf8mb4)";
  constructor(expression: Expression) {
    super(expression, { outputField: new CharField() });
  }
}

class AsText extends Func<string> {
  override readonly template = "(%(expressions)s)::text";
  constructor(expression: Expression) {
    super(expression, { outputField: new CharField() });
  }
}

// SQL makes NULL of a text joined with NULL; people mean the text.
function coalesced(source: Expression): Expression {
  return new Coalesce(source, new Value(""));
}

/** Texts joined to one; null counts as empty. */
export class Concat extends Func<string> {
  override readonly template = "%(expressions)s";

  constructor(first: FuncArgument, second: FuncArgument, ...rest: readonly FuncArgument[]) {
    const options = rest.at(-1);
    const hasOptions =
      typeof options === "object" && options !== null && !(options instanceof Expression) && "outputField" in options;
    const given = [first, second, ...(hasOptions ? rest.slice(0, -1) : rest)];
    const args = given.map((argument) => (argument === undefined ? argument : toSource(argument)));
    if (args.length < 2 || args.includes(undefined as never))
      throw new FieldError("Concat() needs at least two expressions.");
    super(pairOf(args), ...(hasOptions ? [options] : []));
  }
}

function pairOf(args: readonly Expression[]): Expression {
  const [first, ...rest] = args;
  if (first === undefined) return new Value("");
  return rest.length === 0
    ? first
    : rest.length === 1
      ? new ConcatPair(first, rest[0] ?? first)
      : new ConcatPair(first, pairOf(rest));
}
