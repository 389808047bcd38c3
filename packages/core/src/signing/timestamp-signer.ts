import type { Temporal } from "temporal-polyfill";

import { b62Decode, b62Encode } from "./encoding.ts";
import { BadSignature, SignatureExpired } from "./errors.ts";
import { type ObjectOptions, unpackObject } from "./objects.ts";
import { Signer, type SignerOptions } from "./signer.ts";

/** How old a signature may be. */
export interface MaxAge {
  /** In seconds, or a Temporal.Duration of days and less; null for any age. */
  readonly maxAge?: number | Temporal.Duration | null | undefined;
}

/** Signs texts together with the time. Django: `TimestampSigner`. */
export class TimestampSigner extends Signer {
  protected static override readonly djangoName = "TimestampSigner";

  /** The time of this moment as it stands in a signed value. */
  timestamp(): string {
    return b62Encode(Math.floor(Date.now() / 1000));
  }

  override sign(value: string): string {
    return super.sign(value + this.sep + this.timestamp());
  }

  /**
   * The value that was signed.
   *
   * @throws BadSignature, and SignatureExpired where it was signed too long ago.
   */
  override unsign(signed: string, { maxAge }: MaxAge = {}): string {
    const stamped = super.unsign(signed);
    const at = stamped.lastIndexOf(this.sep);
    if (at === -1) throw new BadSignature(`No "${this.sep}" found in value`);
    if (maxAge !== null && maxAge !== undefined) checkAge(stamped.slice(at + this.sep.length), maxAge);
    return stamped.slice(0, at);
  }

  override unsignObject(signed: string, options?: MaxAge): unknown {
    return unpackObject(this.unsign(signed, options));
  }
}

function checkAge(timestamp: string, maxAge: number | Temporal.Duration): void {
  const seconds = typeof maxAge === "number" ? maxAge : maxAge.total("seconds");
  const age = Date.now() / 1000 - Number(b62Decode(timestamp));
  if (age > seconds) throw new SignatureExpired(`Signature age ${age} > ${seconds} seconds`);
}

/** What `dumps` signs with. */
export type DumpsOptions = ObjectOptions & Pick<SignerOptions, "key" | "salt">;
/** What `loads` accepts. */
export type LoadsOptions = MaxAge & Pick<SignerOptions, "key" | "salt" | "fallbackKeys">;

const DEFAULT_SALT = "django.core.signing";

/**
 * A value as text that fits into a URL, signed together with the time. Django: `dumps`.
 *
 * @example
 * loads(dumps({ user: 5 }), { maxAge: 3600 }); // { user: 5 }
 */
export function dumps(value: unknown, { compress, key, salt }: DumpsOptions = {}): string {
  return new TimestampSigner({ key, salt: salt ?? DEFAULT_SALT }).signObject(value, { compress });
}

/**
 * The value that `dumps` signed.
 *
 * @throws BadSignature, SignatureExpired, SignedValueTooLarge
 */
export function loads(signed: string, { maxAge, key, salt, fallbackKeys }: LoadsOptions = {}): unknown {
  const signer = new TimestampSigner({ key, salt: salt ?? DEFAULT_SALT, fallbackKeys });
  return signer.unsignObject(signed, { maxAge });
}
