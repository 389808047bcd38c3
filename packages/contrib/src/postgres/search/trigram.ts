// How alike texts are, by the groups of three letters that they share. Needs the extension `pg_trgm` (operation `TrigramExtension`).

import { Expression, type Field, FloatField, Func, type LookupEntry, Value } from "@tsgo/orm/models";

import { operatorLookup } from "../lookups/parts.ts";

abstract class TrigramFunc extends Func<number> {
  protected override resolveOutputField(): Field {
    return new FloatField.Class();
  }
}

function asText(text: string | Expression): Expression {
  return text instanceof Expression ? text : new Value(text);
}

/** How alike a text is to another, from 0 to 1. */
export class TrigramSimilarity extends TrigramFunc {
  override readonly function = "SIMILARITY";
  constructor(expression: string | Expression, text: string | Expression) {
    super(expression, asText(text));
  }
}

/** How alike a text is to the most similar run of words in another, from 0 to 1. */
export class TrigramWordSimilarity extends TrigramFunc {
  override readonly function: string = "WORD_SIMILARITY";
  constructor(text: string | Expression, expression: string | Expression) {
    super(asText(text), expression);
  }
}

/** As `TrigramWordSimilarity`, with runs that begin and end with whole words. */
export class TrigramStrictWordSimilarity extends TrigramWordSimilarity {
  override readonly function = "STRICT_WORD_SIMILARITY";
}

abstract class TrigramOperator extends TrigramFunc {
  override readonly template = "(%(expressions)s)";
}

/** One less the similarity: the smaller, the more alike. */
export class TrigramDistance extends TrigramOperator {
  override readonly argJoiner = " <-> ";
  constructor(expression: string | Expression, text: string | Expression) {
    super(expression, asText(text));
  }
}

/** One less the word similarity. */
export class TrigramWordDistance extends TrigramOperator {
  override readonly argJoiner: string = " <<-> ";
  constructor(text: string | Expression, expression: string | Expression) {
    super(asText(text), expression);
  }
}

/** One less the strict word similarity. */
export class TrigramStrictWordDistance extends TrigramWordDistance {
  override readonly argJoiner = " <<<-> ";
}

/** Lookups of texts that are alike by more than the database's threshold. */
export const trigramLookups: readonly LookupEntry[] = [
  operatorLookup("trigram_similar", "%"),
  operatorLookup("trigram_word_similar", "%>"),
  operatorLookup("trigram_strict_word_similar", "%>>"),
];
