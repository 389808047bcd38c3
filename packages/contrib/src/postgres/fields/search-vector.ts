import type { DatabaseWrapper } from "@tsgo/orm/db";
import { Field } from "@tsgo/orm/models";

import { requirePostgresql } from "./inner.ts";

/**
 * The words of a text as full text search needs them (`tsvector`), kept in a column. It is filled by an update with a
 * `SearchVector`, by a trigger or by a `GeneratedField`; read, it is a text. Answers to `SearchVectorField`.
 */
export class SearchVectorField<T = string, Optional extends boolean = boolean> extends Field<T, Optional> {
  static override readonly reference: string = "tsgo/contrib/postgres:SearchVectorField()";

  override get internalType(): string {
    return "SearchVectorField";
  }

  override dbType(connection: DatabaseWrapper): string {
    requirePostgresql("tsvector", connection);
    return "tsvector";
  }

  override placeholder(parameter: string): string {
    return `${parameter}::tsvector`;
  }
}

/** The type of what is searched for (`tsquery`), as the output of expressions. */
export class SearchQueryField extends Field<string> {
  override get internalType(): string {
    return "SearchQueryField";
  }

  override dbType(): string {
    return "tsquery";
  }
}
