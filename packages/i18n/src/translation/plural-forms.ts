// The rule in the head of a catalogue that picks one of several plural forms. It is an expression of C in `n`; it comes
// from a file, and so it is read by a parser and never run as code.

/** Which form goes with a count. */
export type PluralRule = (count: number) => number;

/** The rule of a catalogue that has none: one form for 1, one for all else. */
export const defaultRule: PluralRule = (count) => (count === 1 ? 0 : 1);

const LONGEST = 1000;
const TOKEN = /\s*(\d+|n|[=!<>]=|&&|\|\||[-+*/%!<>?:()])/y;

/**
 * Reads the value of a `Plural-Forms` header.
 *
 * @throws SyntaxError where the expression is none.
 *
 * @example
 * parsePluralForms("nplurals=2; plural=(n != 1);")(1); // 0
 */
export function parsePluralForms(header: string): PluralRule {
  const expression = /plural\s*=\s*([^;]+)/.exec(header.replace(/nplurals\s*=\s*\d+\s*;?/, ""))?.[1];
  if (expression === undefined) return defaultRule;
  if (expression.length > LONGEST)
    throw new SyntaxError(`A plural rule of ${expression.length} characters is no rule.`);
  const value = new Parser(expression).parse();
  return (count) => Math.trunc(value(Math.abs(Math.trunc(count))));
}

type Value = (n: number) => number;

const BINARY: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { "||": (a, b) => Number(a !== 0 || b !== 0) },
  { "&&": (a, b) => Number(a !== 0 && b !== 0) },
  { "==": (a, b) => Number(a === b), "!=": (a, b) => Number(a !== b) },
  {
    "<": (a, b) => Number(a < b),
    "<=": (a, b) => Number(a <= b),
    ">": (a, b) => Number(a > b),
    ">=": (a, b) => Number(a >= b),
  },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => (b === 0 ? 0 : Math.trunc(a / b)), "%": (a, b) => (b === 0 ? 0 : a % b) },
];

class Parser {
  readonly #text: string;
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = this.#split();
  }

  parse(): Value {
    const value = this.#choice();
    if (this.#at < this.#tokens.length) throw this.#error();
    return value;
  }

  #split(): string[] {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    const text = this.#text.trim();
    while (TOKEN.lastIndex < text.length) {
      const at = TOKEN.lastIndex;
      const token = TOKEN.exec(text)?.[1];
      if (token === undefined) throw this.#error(text.slice(at));
      tokens.push(token);
    }
    return tokens;
  }

  #choice(): Value {
    const condition = this.#binary(0);
    if (!this.#take("?")) return condition;
    const yes = this.#choice();
    if (!this.#take(":")) throw this.#error();
    const no = this.#choice();
    return (n) => (condition(n) === 0 ? no(n) : yes(n));
  }

  #binary(level: number): Value {
    const operators = BINARY[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#tokens[this.#at] ?? "";
      const operate = Object.hasOwn(operators, token) ? operators[token] : undefined;
      if (operate === undefined) return left;
      this.#at += 1;
      const [first, second] = [left, this.#binary(level + 1)];
      left = (n) => operate(first(n), second(n));
    }
  }

  #unary(): Value {
    if (this.#take("!")) {
      const value = this.#unary();
      return (n) => Number(value(n) === 0);
    }
    if (this.#take("(")) {
      const value = this.#choice();
      if (!this.#take(")")) throw this.#error();
      return value;
    }
    return this.#atom();
  }

  #atom(): Value {
    if (this.#take("n")) return (n) => n;
    const token = this.#tokens[this.#at] ?? "";
    if (!/^\d+$/.test(token)) throw this.#error();
    this.#at += 1;
    const number = Number(token);
    return () => number;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #error(rest: string = this.#tokens.slice(this.#at).join(" ")): SyntaxError {
    const place = rest === "" ? "at its end" : `at '${rest.slice(0, 40)}'`;
    return new SyntaxError(`The plural rule '${this.#text}' cannot be read ${place}.`);
  }
}
