import { DateTimeField, type Field, Func, type Sql, UUIDField } from "@tsgo/orm/models";

/** A UUID by chance, made by the database. Answers to `RandomUUID`. */
export class RandomUUID extends Func<string> {
  static override readonly reference: string = "tsgo/contrib/postgres:RandomUUID";
  override readonly function = "GEN_RANDOM_UUID";

  protected override resolveOutputField(): Field {
    return new UUIDField.Class();
  }
}

/** When the transaction began, the same for all its statements. Answers to `TransactionNow`. */
export class TransactionNow extends Func<Date> {
  static override readonly reference: string = "tsgo/contrib/postgres:TransactionNow";

  protected override resolveOutputField(): Field {
    return new DateTimeField.Class();
  }

  override compile(): Sql {
    return { sql: "CURRENT_TIMESTAMP", params: [] };
  }
}
