// Keys that the database counts up.

import type { DatabaseWrapper } from "../backends/base/wrapper.ts";
import type { FieldOptions } from "./field.ts";
import { BigIntegerField, IntegerField, SmallIntegerField } from "./numbers.ts";

/** A key of 32 bits that the database counts up. */
export class AutoField<T = number, Optional extends boolean = true> extends IntegerField<T, Optional> {
  static override readonly description: string = "Integer";

  constructor(options: FieldOptions = {}) {
    super({ ...options, primaryKey: true, blank: true });
  }

  override get internalType(): string {
    return "AutoField";
  }

  override relDbType(connection: DatabaseWrapper): string | null {
    return new IntegerField().dbType(connection);
  }

  override validate(): void {
    // The database makes the value.
  }
}

/** A key of 64 bits that the database counts up: the default. A value beyond 2^53 is an error, not a wrong number. */
export class BigAutoField<T = number, Optional extends boolean = true> extends AutoField<T, Optional> {
  static override readonly description: string = "Big (8 byte) integer";

  override get internalType(): string {
    return "BigAutoField";
  }

  override relDbType(connection: DatabaseWrapper): string | null {
    return new BigIntegerField().dbType(connection);
  }
}

/** A key of 16 bits that the database counts up. */
export class SmallAutoField<T = number, Optional extends boolean = true> extends AutoField<T, Optional> {
  static override readonly description: string = "Small integer";

  override get internalType(): string {
    return "SmallAutoField";
  }

  override relDbType(connection: DatabaseWrapper): string | null {
    return new SmallIntegerField().dbType(connection);
  }
}
