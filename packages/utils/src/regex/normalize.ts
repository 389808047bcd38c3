// From a regular expression to the texts that it stands for, with holes where its groups are.

import { NonReversibleRegexError } from "./errors.ts";
import type { RegexNode, RegexTree } from "./nodes.ts";
import { parseRegex } from "./parse.ts";
import { escapedText } from "./representative.ts";

/** A piece of a form: text, or the name of the group that fills the place. */
export type FormPart = string | { readonly name: string };

/** One way to write a text that may match: its pieces in order, and the groups that have to be given. */
export interface ReverseForm {
  readonly parts: readonly FormPart[];
  /** In order; unnamed groups are called `_0`, `_1`, ... A group that is only referred to again is not among them. */
  readonly params: readonly string[];
}

const EMPTY: ReverseForm = { parts: [], params: [] };
// Each optional group doubles the forms.
const MOST_FORMS = 4096;
const LONGEST_REPEAT = 1000;

/**
 * The ways in which a text that matches could be written: a group becomes a hole, a set its first character, what may
 * be missing is left out unless it holds a group. Alternatives outside of groups cannot be followed and give one empty
 * form. A form may still fail to match; check it.
 *
 * @throws {NonReversibleRegexError} for inline flags and comments.
 */
export function reverseForms(tree: RegexTree): ReverseForm[] {
  return new Normalizer(tree.pattern).run(tree.root) ?? [EMPTY];
}

/**
 * The forms of `reverseForms` as format strings with `%(name)s` for a group and the names of the groups that each
 * needs. Django: `django.utils.regex_helper.normalize`.
 *
 * @example
 * normalize("^polls/(?P<id>\\d+)/$"); // [["polls/%(id)s/", ["id"]]]
 */
export function normalize(pattern: string): [string, string[]][] {
  return reverseForms(parseRegex(pattern)).map(({ parts, params }) => [
    parts.map((part) => (typeof part === "string" ? part : `%(${part.name})s`)).join(""),
    [...params],
  ]);
}

class Normalizer {
  readonly #pattern: string;
  #unnamed = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Undefined where an alternation is met. */
  // oxlint-disable-next-line typescript/consistent-return -- the switch is exhaustive, as the compiler checks
  run(node: RegexNode): ReverseForm[] | undefined {
    switch (node.type) {
      case "literal":
        return [text(node.source)];
      case "any":
        return [text(".")];
      case "category":
        return [text(escapedText(node.category))];
      case "class":
        return [text(node.first)];
      case "anchor":
      case "look":
        return [EMPTY];
      case "backreference":
        return [node.name === undefined ? text(String(node.index)) : { parts: [{ name: node.name }], params: [] }];
      case "capture":
        return [this.#hole(node.name)];
      case "group":
        return this.#group(node.syntax, node.body);
      case "atomic":
        throw new NonReversibleRegexError(this.#pattern, "(?>...)");
      case "sequence":
        return this.#sequence(node.items);
      case "repeat":
        return this.#repeat(node.body, node.min);
      case "alternation":
        return undefined;
    }
  }

  #hole(name: string | undefined): ReverseForm {
    const hole = name ?? `_${this.#unnamed++}`;
    return { parts: [{ name: hole }], params: [hole] };
  }

  #group(syntax: string, body: RegexNode): ReverseForm[] | undefined {
    if (syntax !== ":")
      throw new NonReversibleRegexError(this.#pattern, syntax === "flags" ? "a flag" : `(?${syntax}...)`);
    return this.run(body);
  }

  #sequence(items: readonly RegexNode[]): ReverseForm[] | undefined {
    let forms: ReverseForm[] = [EMPTY];
    for (const item of items) {
      const next = this.run(item);
      if (next === undefined) return undefined;
      forms = this.#combine(forms, next);
    }
    return forms;
  }

  #combine(heads: readonly ReverseForm[], tails: readonly ReverseForm[]): ReverseForm[] {
    if (heads.length * tails.length > MOST_FORMS) {
      throw new NonReversibleRegexError(this.#pattern, "more optional groups than can be tried");
    }
    return heads.flatMap((head) => tails.map((tail) => join(head, tail)));
  }

  #repeat(body: RegexNode, min: number): ReverseForm[] | undefined {
    const forms = this.run(body);
    if (forms === undefined) return undefined;
    if (min === 0) return forms.some(hasHole) ? [EMPTY, ...forms] : [EMPTY];
    if (min > LONGEST_REPEAT) throw new NonReversibleRegexError(this.#pattern, `{${min}}`);
    let repeated = forms;
    for (let count = 1; count < min; count += 1) repeated = this.#combine(repeated, forms);
    return repeated;
  }
}

function text(part: string): ReverseForm {
  return { parts: [part], params: [] };
}

function join(head: ReverseForm, tail: ReverseForm): ReverseForm {
  return { parts: [...head.parts, ...tail.parts], params: [...head.params, ...tail.params] };
}

function hasHole(form: ReverseForm): boolean {
  return form.parts.some((part) => typeof part !== "string");
}
