// The conditions of `{% if %}`: operators with Python's precedences.

import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { compareValues, contains, equals, isIdentical } from "../runtime/compare.ts";
import { isTruthy } from "../runtime/truth.ts";
import { type Valuing, awaited } from "../walk/resolve.ts";
import type { Walk } from "../walk/walk-nodes.ts";

/** A part of a condition. */
export interface Condition {
  /** The code for its value. */
  value(generator: Generator): string;
  /** The code for whether it counts as true, a boolean. */
  test(generator: Generator): string;
  /** Its value, in a template that is not compiled. */
  walk(walk: Walk): Valuing;
  /** Whether there are filters in it, whose arguments may not exist. */
  readonly hasFilters: boolean;
}

class Operand implements Condition {
  readonly #expression: FilterExpression;

  constructor(expression: FilterExpression) {
    this.#expression = expression;
  }

  get hasFilters(): boolean {
    return !this.#expression.isPlain;
  }

  walk(walk: Walk): Valuing {
    return awaited(this.#expression, walk, true);
  }

  value(generator: Generator): string {
    return generator.valueOrNull(this.#expression);
  }

  test(generator: Generator): string {
    return `T(${this.value(generator)})`;
  }
}

/** An operator at work on its operands. Its value is a boolean. */
interface Operator {
  code(generator: Generator, operands: readonly Condition[]): string;
  walk(walk: Walk, operands: readonly Condition[]): Valuing;
}

class Operation implements Condition {
  readonly hasFilters: boolean;
  readonly #operator: Operator;
  readonly #operands: readonly Condition[];

  constructor(operator: Operator, operands: readonly Condition[]) {
    this.#operator = operator;
    this.#operands = operands;
    this.hasFilters = operands.some((operand) => operand.hasFilters);
  }

  walk(walk: Walk): Valuing {
    return this.#operator.walk(walk, this.#operands);
  }

  value(generator: Generator): string {
    return this.#operator.code(generator, this.#operands);
  }

  test(generator: Generator): string {
    return this.value(generator);
  }
}

interface Infix extends Operator {
  readonly power: number;
}

/** Operators that may leave their second operand alone, as JavaScript's do. */
function lazy(power: number, js: "||" | "&&"): Infix {
  return {
    power,
    code: (generator, operands) => `(${operands.map((operand) => operand.test(generator)).join(js)})`,
    *walk(walk, operands) {
      for (const operand of operands) {
        if (isTruthy(yield* operand.walk(walk)) === (js === "||")) return js === "||";
      }
      return js === "&&";
    },
  };
}

/** An operator that needs both values. */
function binary(
  power: number,
  write: (left: string, right: string) => string,
  apply: (left: unknown, right: unknown) => boolean,
): Infix {
  return {
    power,
    code: (generator, operands) => {
      const [left = "", right = ""] = operands.map((operand) => operand.value(generator));
      return `(${write(left, right)})`;
    },
    *walk(walk, operands) {
      const values: unknown[] = [];
      for (const operand of operands) values.push(yield* operand.walk(walk));
      return apply(values[0], values[1]);
    },
  };
}

const NOT: Operator = {
  code: (generator, [operand]) => `!${operand?.test(generator)}`,
  *walk(walk, [operand]) {
    return operand === undefined || !isTruthy(yield* operand.walk(walk));
  },
};

const INFIX: ReadonlyMap<string, Infix> = new Map([
  ["or", lazy(6, "||")],
  ["and", lazy(7, "&&")],
  [
    "in",
    binary(
      9,
      (a, b) => `IN(${a},${b})`,
      (a, b) => contains(b, a),
    ),
  ],
  [
    "not in",
    binary(
      9,
      (a, b) => `!IN(${a},${b})`,
      (a, b) => !contains(b, a),
    ),
  ],
  ["is", binary(10, (a, b) => `IS(${a},${b})`, isIdentical)],
  [
    "is not",
    binary(
      10,
      (a, b) => `!IS(${a},${b})`,
      (a, b) => !isIdentical(a, b),
    ),
  ],
  ["==", binary(10, (a, b) => `EQ(${a},${b})`, equals)],
  [
    "!=",
    binary(
      10,
      (a, b) => `!EQ(${a},${b})`,
      (a, b) => !equals(a, b),
    ),
  ],
  [
    ">",
    binary(
      10,
      (a, b) => `CMP(${a},${b})>0`,
      (a, b) => compareValues(a, b) > 0,
    ),
  ],
  [
    ">=",
    binary(
      10,
      (a, b) => `CMP(${a},${b})>=0`,
      (a, b) => compareValues(a, b) >= 0,
    ),
  ],
  [
    "<",
    binary(
      10,
      (a, b) => `CMP(${a},${b})<0`,
      (a, b) => compareValues(a, b) < 0,
    ),
  ],
  [
    "<=",
    binary(
      10,
      (a, b) => `CMP(${a},${b})<=0`,
      (a, b) => compareValues(a, b) <= 0,
    ),
  ],
]);

const NOT_POWER = 8;

/**
 * Reads a condition.
 *
 * @throws TemplateSyntaxError where an operator has no operand, or something is left over.
 */
export function parseCondition(parser: Parser, words: readonly string[]): Condition {
  const condition = new ConditionParser(parser, joinOperators(words));
  return condition.parse();
}

function joinOperators(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const previous = joined.at(-1);
    if ((word === "in" && previous === "not") || (word === "not" && previous === "is")) {
      joined[joined.length - 1] = `${previous} ${word}`;
    } else joined.push(word);
  }
  return joined;
}

class ConditionParser {
  readonly #parser: Parser;
  readonly #words: readonly string[];
  #at = 0;

  constructor(parser: Parser, words: readonly string[]) {
    this.#parser = parser;
    this.#words = words;
  }

  parse(): Condition {
    const condition = this.#expression(0);
    const rest = this.#words[this.#at];
    if (rest !== undefined) throw new TemplateSyntaxError(`Unused '${rest}' at the end of the condition.`);
    return condition;
  }

  #expression(power: number): Condition {
    let left = this.#prefix();
    for (let infix = this.#infix(); infix !== undefined && infix.power > power; infix = this.#infix()) {
      this.#at += 1;
      left = new Operation(infix, [left, this.#expression(infix.power)]);
    }
    return left;
  }

  #infix(): Infix | undefined {
    const word = this.#words[this.#at];
    if (word === "not") throw new TemplateSyntaxError("'not' cannot stand between two values of a condition.");
    return word === undefined ? undefined : INFIX.get(word);
  }

  #prefix(): Condition {
    const word = this.#words[this.#at];
    if (word === undefined) throw new TemplateSyntaxError("The condition ends where a value is expected.");
    this.#at += 1;
    if (word === "not") {
      return new Operation(NOT, [this.#expression(NOT_POWER)]);
    }
    if (INFIX.has(word)) throw new TemplateSyntaxError(`'${word}' cannot stand where a value is expected.`);
    return new Operand(this.#parser.compileFilter(word));
  }
}
