import type { DatabaseWrapper } from "@tsgo/orm/db";
import { type Field, type Sql, type SqlCompiler, Subquery } from "@tsgo/orm/models";

import { ArrayField } from "./fields/array.ts";

/**
 * The rows of a queryset with one column as a list. Answers to `ArraySubquery`.
 *
 * @example
 * const newest = Book.objects.filter({ publisher: new models.OuterRef("pk") }).orderBy("-pubDate").values("title");
 * Publisher.objects.annotate({ titles: new ArraySubquery(newest) })
 */
export class ArraySubquery<T = unknown> extends Subquery<T[]> {
  protected override resolveOutputField(): Field | undefined {
    const field = super.resolveOutputField()?.targetValueField;
    return field === undefined ? undefined : new ArrayField({ baseField: field });
  }

  override converter(connection: DatabaseWrapper): ((value: unknown) => unknown) | undefined {
    return this.outputFieldOrUndefined?.fromDb(connection);
  }

  override compile(compiler: SqlCompiler): Sql {
    const { sql, params } = super.compile(compiler);
    return { sql: `ARRAY${sql}`, params };
  }
}
