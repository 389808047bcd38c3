// UUIDs made by the database.

import type { Temporal } from "temporal-polyfill";

import { FieldError } from "@tsgo/core/exceptions";

import { Func, type FuncForm } from "../expressions/func.ts";
import { Value } from "../expressions/expression.ts";
import type { Field } from "../fields/field.ts";
import { BigIntegerField } from "../fields/numbers.ts";
import { UUIDField } from "../fields/uuid.ts";
import { describeValue } from "../fields/field.ts";

// Bits that say "made as RFC 9562 has it", and random ones around them.
const VARIANT = "ELT(1 + (ASCII(RANDOM_BYTES(1)) & 3), '8', '9', 'a', 'b')";
const TWELVE_BITS = "SUBSTR(HEX(RANDOM_BYTES(2)), 2)";

/**
 * A random UUID, a new one for each row: `dbDefault: new UUID4()`, `update({ token: new UUID4() })`. Answers to Django's `UUID4`.
 */
export class UUID4 extends Func<string> {
  override readonly function = "UUIDV4";
  override readonly forms = {
    postgresql: { function: "GEN_RANDOM_UUID" },
    mysql: {
      template: `LOWER(CONCAT(HEX(RANDOM_BYTES(6)), '4', ${TWELVE_BITS}, ${VARIANT}, ${TWELVE_BITS}, HEX(RANDOM_BYTES(6))))`,
    },
  };

  protected override resolveOutputField(): Field {
    return new UUIDField();
  }
}

const NOW = {
  postgresql: "(EXTRACT(EPOCH FROM CLOCK_TIMESTAMP()) * 1000)::bigint",
  mysql: "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)",
};

function forms(shifted: boolean): Readonly<Record<"postgresql" | "mysql", FuncForm>> {
  const plus = { postgresql: shifted ? " + %(expressions)s::bigint" : "", mysql: shifted ? " + %(expressions)s" : "" };
  const time = `SUBSTRING(INT8SEND(${NOW.postgresql}${plus.postgresql}) FROM 3)`;
  // A random UUID with the time in its first six bytes, and the version changed from 4 to 7.
  const bytes = `OVERLAY(UUID_SEND(GEN_RANDOM_UUID()) PLACING ${time} FROM 1 FOR 6)`;
  return {
    postgresql: { template: `ENCODE(SET_BIT(SET_BIT(${bytes}, 52, 1), 53, 1), 'hex')::uuid` },
    mysql: {
      template: `LOWER(CONCAT(LPAD(HEX(${NOW.mysql}${plus.mysql}), 12, '0'), '7', ${TWELVE_BITS}, ${VARIANT}, ${TWELVE_BITS}, HEX(RANDOM_BYTES(6))))`,
    },
  };
}

/**
 * A UUID that begins with the time, so that later ones sort behind earlier ones; `shift` moves that time. Answers to Django's `UUID7`.
 */
export class UUID7 extends Func<string> {
  override readonly function = "UUIDV7";
  override readonly forms: Readonly<Record<"postgresql" | "mysql", FuncForm>>;

  constructor(options: { readonly shift?: Temporal.Duration } = {}) {
    const { shift } = options;
    super(...(shift === undefined ? [] : [new Value(milliseconds(shift), { outputField: new BigIntegerField() })]));
    this.forms = forms(shift !== undefined);
  }

  protected override resolveOutputField(): Field {
    return new UUIDField();
  }
}

function milliseconds(shift: Temporal.Duration): bigint {
  if (typeof shift !== "object" || typeof shift.total !== "function")
    throw new FieldError(`UUID7() is shifted by a Temporal.Duration, not by ${describeValue(shift)}.`);
  return BigInt(Math.round(shift.total("milliseconds")));
}
