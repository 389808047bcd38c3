// A name with its lookups, or a literal, as it stands in a tag or between braces.

import { type SafeString, isSafe, markSafe } from "@tsgo/utils/safestring";
import { unescapeStringLiteral } from "@tsgo/utils/text";

import { TemplateSyntaxError } from "../errors.ts";

const NUMBER = /^[-+]?(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?$/i;

/** What a literal in a template can be. Strings are safe: who writes the template may write HTML. */
export type Literal = number | bigint | SafeString;

/**
 * A variable such as `article.section.title`, or a literal such as `"text"`, `_("text")` and `1.5`. Django: `Variable`.
 *
 * @throws TemplateSyntaxError for a part that begins with an underscore.
 */
export class Variable {
  /** The variable as it was written. */
  readonly text: string;
  /** The value of a literal; undefined for a name. */
  readonly literal: Literal | undefined;
  /** The name and its lookups, in order; empty for a literal. */
  readonly lookups: readonly string[];
  /** Whether the literal is a text to translate: `_("text")`. */
  readonly translate: boolean;

  constructor(text: string) {
    this.text = text;
    const number = parseNumber(text);
    this.translate = number === undefined && text.startsWith("_(") && text.endsWith(")");
    this.literal = number ?? parseString(this.translate ? text.slice(2, -1) : text);
    this.lookups = this.literal === undefined ? parseLookups(text) : [];
  }
}

/** The text of a literal in which there is nothing to escape or translate: functions get it as a plain string. */
export function plainText({ literal, translate }: Variable): string | undefined {
  return isSafe(literal) && !translate && !/[&<>"']/.test(literal.value) ? literal.value : undefined;
}

function parseNumber(text: string): number | bigint | undefined {
  // As in Python, digits may be put into groups by single underscores.
  if (!NUMBER.test(text) || /__|_$|_\D/.test(text)) return undefined;
  const digits = text.replaceAll("_", "");
  const number = Number(digits);
  const isInteger = !/[.e]/i.test(digits);
  return isInteger && !Number.isSafeInteger(number) ? BigInt(digits) : number;
}

function parseString(text: string): SafeString | undefined {
  const quote = text.charAt(0);
  const isQuoted = text.length >= 2 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return isQuoted ? markSafe(unescapeStringLiteral(text)) : undefined;
}

function parseLookups(text: string): readonly string[] {
  if (text.startsWith("_") || text.includes("._")) {
    throw new TemplateSyntaxError(`Variables and attributes may not begin with underscores: '${text}'`);
  }
  return text.split(".");
}
