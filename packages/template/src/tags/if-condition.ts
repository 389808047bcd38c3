// The conditions of `{% if %}`: operators with Python's precedences.

import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";

/** A part of a condition. */
export interface Condition {
  /** The code for its value. */
  value(generator: Generator): string;
  /** The code for whether it counts as true, a boolean. */
  test(generator: Generator): string;
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

  value(generator: Generator): string {
    return generator.valueOrNull(this.#expression);
  }

  test(generator: Generator): string {
    return `T(${this.value(generator)})`;
  }
}

/** An operator with its operands. Its value is a boolean. */
class Operation implements Condition {
  readonly hasFilters: boolean;
  readonly #code: (generator: Generator) => string;

  constructor(operands: readonly Condition[], code: (generator: Generator) => string) {
    this.hasFilters = operands.some((operand) => operand.hasFilters);
    this.#code = code;
  }

  value(generator: Generator): string {
    return this.#code(generator);
  }

  test(generator: Generator): string {
    return this.value(generator);
  }
}

type InfixCode = (generator: Generator, left: Condition, right: Condition) => string;

interface Infix {
  readonly power: number;
  readonly code: InfixCode;
}

const binary =
  (write: (left: string, right: string) => string): InfixCode =>
  (generator, left, right) =>
    `(${write(left.value(generator), right.value(generator))})`;

const INFIX: ReadonlyMap<string, Infix> = new Map([
  ["or", { power: 6, code: (g, a, b) => `(${a.test(g)}||${b.test(g)})` }],
  ["and", { power: 7, code: (g, a, b) => `(${a.test(g)}&&${b.test(g)})` }],
  ["in", { power: 9, code: binary((a, b) => `IN(${a},${b})`) }],
  ["not in", { power: 9, code: binary((a, b) => `!IN(${a},${b})`) }],
  ["is", { power: 10, code: binary((a, b) => `IS(${a},${b})`) }],
  ["is not", { power: 10, code: binary((a, b) => `!IS(${a},${b})`) }],
  ["==", { power: 10, code: binary((a, b) => `EQ(${a},${b})`) }],
  ["!=", { power: 10, code: binary((a, b) => `!EQ(${a},${b})`) }],
  [">", { power: 10, code: binary((a, b) => `CMP(${a},${b})>0`) }],
  [">=", { power: 10, code: binary((a, b) => `CMP(${a},${b})>=0`) }],
  ["<", { power: 10, code: binary((a, b) => `CMP(${a},${b})<0`) }],
  ["<=", { power: 10, code: binary((a, b) => `CMP(${a},${b})<=0`) }],
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

function operation({ code }: Infix, left: Condition, right: Condition): Condition {
  return new Operation([left, right], (generator) => code(generator, left, right));
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
      left = operation(infix, left, this.#expression(infix.power));
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
      const operand = this.#expression(NOT_POWER);
      return new Operation([operand], (generator) => `!${operand.test(generator)}`);
    }
    if (INFIX.has(word)) throw new TemplateSyntaxError(`'${word}' cannot stand where a value is expected.`);
    return new Operand(this.#parser.compileFilter(word));
  }
}
