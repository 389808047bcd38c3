import { AppConfig } from "@tsgo/core/apps";
import { CharField, TextField, registerLookup } from "@tsgo/orm/models";

import { ValueContainedBy, rangedFields } from "./lookups/ranges.ts";
import { SearchLookup } from "./lookups/search.ts";
import { trigramLookups } from "./search/trigram.ts";
import { Unaccent } from "./search/unaccent.ts";

/**
 * The application `tsgo/contrib/postgres`: it gives texts the lookups `search`, `unaccent` and `trigram_similar`, and numbers and
 * dates `contained_by`. Fields, indexes and the rest work without it.
 */
export class PostgresConfig extends AppConfig {
  override verboseName = "PostgreSQL extensions";

  override register(): void {
    for (const field of [CharField.Class, TextField.Class])
      for (const entry of [SearchLookup, Unaccent, ...trigramLookups]) registerLookup(field, entry);
    for (const field of rangedFields) registerLookup(field, ValueContainedBy);
  }
}
