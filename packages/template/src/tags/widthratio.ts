import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { FilterExpression } from "../parser/filter-expression.ts";
import type { Parser } from "../parser/parser.ts";
import { toNumber } from "../runtime/number.ts";

/** `{% widthratio value max width as name %}`: how much of a width a value takes, as a whole number. */
export function widthratio(parser: Parser, token: Token): Node {
  const [, value, max, width, as, target, ...more] = token.splitContents();
  if (value === undefined || max === undefined || width === undefined || more.length > 0) {
    throw new TemplateSyntaxError("The tag 'widthratio' takes at least three arguments: value, maximum and width.");
  }
  if (as !== undefined && (as !== "as" || target === undefined)) {
    throw new TemplateSyntaxError("The tag 'widthratio' expects 'as' and a name behind its three arguments.");
  }
  return new WidthRatioNode(
    [value, max, width].map((word) => parser.compileFilter(word)),
    target,
  );
}

class WidthRatioNode extends Node {
  readonly #operands: readonly FilterExpression[];
  readonly #target: string | undefined;

  constructor(operands: readonly FilterExpression[], target: string | undefined) {
    super();
    this.#operands = operands;
    this.#target = target;
  }

  override get assigns(): readonly string[] {
    return this.#target === undefined ? [] : [this.#target];
  }

  override compile(generator: Generator): void {
    const operands = this.#operands.map((expression) => generator.value(expression)).join(",");
    const js = `${generator.constant(ratio)}(${operands})`;
    if (this.#target === undefined) generator.write(js);
    else generator.assign(this.#target, js);
  }
}

function ratio(value: unknown, max: unknown, width: unknown): string {
  const most = Math.trunc(toNumber(width));
  if (Number.isNaN(most)) throw new TemplateSyntaxError("The last argument of 'widthratio' must be a number.");
  const share = toNumber(value);
  const whole = toNumber(max);
  if (Number.isNaN(share) || Number.isNaN(whole)) return "";
  if (whole === 0) return "0";
  const result = (share / whole) * most;
  return Number.isFinite(result) ? roundHalfEven(result) : "";
}

function roundHalfEven(value: number): string {
  const floor = Math.floor(value);
  const rest = value - floor;
  const rounded = rest === 0.5 ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(value);
  return String(Object.is(rounded, -0) ? 0 : rounded);
}
