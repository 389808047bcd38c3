// What `tsgo/contrib/postgres` among INSTALLED_APPS adds to the lookups of texts, numbers and dates, for the compiler.

import type { Temporal } from "temporal-polyfill";

import type { RangeInput } from "../fields/types.ts";

declare module "@tsgo/orm/models" {
  interface TextLookups {
    /** The words of the text match. A `SearchQuery` may stand in the place of words. */
    search: string;
    unaccent: TextLookups;
    trigram_similar: string;
    trigram_word_similar: string;
    trigram_strict_word_similar: string;
  }
  interface NumberLookups<T = number> {
    contained_by: RangeInput<T>;
  }
  interface DateLookups {
    contained_by: RangeInput<Temporal.PlainDate>;
  }
  interface DateTimeLookups {
    contained_by: RangeInput<Date>;
  }
}

export type { RangeInput };
