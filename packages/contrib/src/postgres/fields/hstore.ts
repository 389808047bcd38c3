import { ValidationError } from "@tsgo/core/exceptions";
import type { DatabaseWrapper } from "@tsgo/orm/db";
import { type Expression, Field, TextField } from "@tsgo/orm/models";

import { valueOfKey } from "../lookups/hstore.ts";
import { fixtureJson } from "../values/fixture-text.ts";
import { hstoreText, parseHstore } from "../values/literals.ts";
import { requirePostgresql } from "./inner.ts";

const text = new TextField.Class();

/**
 * Texts under keys in a column, some of them null. Needs the extension `hstore` (operation `HStoreExtension`). Answers to
 * `django.contrib.postgres.fields.HStoreField`.
 */
export class HStoreField<T = Record<string, string | null>, Optional extends boolean = boolean> extends Field<
  T,
  Optional
> {
  static override readonly reference: string = "tsgo/contrib/postgres:HStoreField()";

  override get internalType(): string {
    return "HStoreField";
  }

  override get emptyStringsAllowed(): boolean {
    return false;
  }

  override dbType(connection: DatabaseWrapper): string {
    requirePostgresql("hstore", connection);
    return "hstore";
  }

  override placeholder(parameter: string): string {
    return `${parameter}::hstore`;
  }

  override transformFor(name: string): (lhs: Expression) => Expression {
    return (lhs) => valueOfKey(lhs, name);
  }

  /** Takes an object, or its JSON, as fixtures have it. */
  override toValue(value: unknown): unknown {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value) as unknown;
    } catch (error) {
      throw new ValidationError("This is not an object in JSON.", { code: "invalid", params: { value }, cause: error });
    }
  }

  /** Numbers and booleans among the values become texts. */
  override getPrepValue(value: unknown): unknown {
    if (value === null || value === undefined) return null;
    if (typeof value !== "object" || Array.isArray(value)) this.refuse(value, "an object of texts");
    return Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => [text.getPrepValue(key), this.#item(key, item)]),
    );
  }

  #item(key: string, item: unknown): unknown {
    if (item === null || item === undefined) return null;
    if (typeof item === "object" || typeof item === "function" || typeof item === "symbol")
      this.refuse(item, `a text (of the key ${JSON.stringify(key)})`);
    return text.getPrepValue((item as { toString(): string }).toString());
  }

  override getDbPrepValue(value: unknown, _connection: DatabaseWrapper, prepared = false): unknown {
    const pairs = prepared ? value : this.getPrepValue(value);
    return pairs === null ? null : hstoreText(pairs as Record<string, string | null>);
  }

  override fromDb(): (value: unknown) => unknown {
    return (value) => (typeof value === "string" ? parseHstore(value) : value);
  }

  /** The object as JSON. */
  override valueToString(instance: Parameters<Field["valueToString"]>[0]): string {
    return fixtureJson(this.valueFromObject(instance));
  }

  override validate(value: unknown, instance: Parameters<Field["validate"]>[1]): void {
    super.validate(value, instance);
    if (value === null || value === undefined) return;
    for (const [key, item] of Object.entries(value))
      if (item !== null && typeof item !== "string")
        throw new ValidationError("The value of “%(key)s” is not a string or null.", {
          code: "not_a_string",
          params: { key },
        });
  }
}
