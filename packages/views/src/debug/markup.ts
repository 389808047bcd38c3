// HTML in which every value is escaped unless it was made here.

import { escapeText } from "@tsgo/utils/html";

/** A piece of HTML that was put together by `markup`. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a piece of HTML; lists are joined, and what is nothing prints nothing. */
export type Content = Markup | string | number | false | null | undefined | readonly Content[];

/** Escapes every value that is not itself made by `markup`. */
export function markup(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, string, i) => text + markupOf(values[i - 1]) + string));
}

function markupOf(value: Content): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(markupOf).join("");
  return escapeText(String(value));
}
