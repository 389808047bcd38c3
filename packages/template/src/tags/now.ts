import { dateFormat } from "@tsgo/i18n/formats";
import { getDefaultTimezone, makeNaive, usesTimezones } from "@tsgo/i18n/timezone";

import type { Generator } from "../compiler/generator.ts";
import { TemplateSyntaxError } from "../errors.ts";
import type { Token } from "../lexer/token.ts";
import { Node } from "../nodes/node.ts";
import type { Parser } from "../parser/parser.ts";

/** `{% now "Y-m-d" as today %}`: the date and time of this moment. */
export function now(_parser: Parser, token: Token): Node {
  const words = token.splitContents().slice(1);
  const target = words.length === 3 && words[1] === "as" ? words[2] : undefined;
  if (words.length !== (target === undefined ? 1 : 3)) {
    throw new TemplateSyntaxError("The tag 'now' takes one argument, the format in quotes.");
  }
  return new NowNode((words[0] ?? "").slice(1, -1), target);
}

class NowNode extends Node {
  readonly #format: string;
  readonly #target: string | undefined;

  constructor(format: string, target: string | undefined) {
    super();
    this.#format = format;
    this.#target = target;
  }

  override get assigns(): readonly string[] {
    return this.#target === undefined ? [] : [this.#target];
  }

  override compile(generator: Generator): void {
    const js = `${generator.constant(formatNow)}(${JSON.stringify(this.#format)})`;
    if (this.#target === undefined) generator.write(js);
    else generator.assign(this.#target, js);
  }
}

function formatNow(format: string): string {
  const moment = new Date(Date.now());
  return dateFormat(usesTimezones() ? moment : makeNaive(moment, getDefaultTimezone()), format);
}
